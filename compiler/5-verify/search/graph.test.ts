import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import type { Reaction } from "../../../runtime-lib/kernel/react.js";
import { definitionsOf, programOf } from "../../testing/load.js";
import { DomainGraph } from "../domain/domain-graph.js";
import { DomainModel } from "../domain/domain-model.js";
import type { Node } from "../domain/node.js";
import type { Promises } from "../domain/promises.js";
import { Walker } from "../domain/walker.js";
import { inputsOf } from "../environment/inputs.js";
import { explored as exploring } from "./graph.js";
import { atOnce } from "./steps.js";

/** A kernel with a bug: what a reaction comes to is changed before anybody sees it. */
class Planted extends Walker {
  bug: (reaction: Reaction, isDone: boolean, before: Node) => Reaction = (reaction) => reaction;

  override step(node: Node, move: number): Reaction {
    const isDone = move >= this.moves.done(0) && move < this.moves.failed(0);
    return this.bug(super.step(node, move), isDone, node);
  }
}

/** What the kernel broke. */
async function broken(bug: Planted["bug"]): Promise<Promises["broken"]> {
  const program = programOf(readFileSync("fixtures/failover.ved", "utf8"));
  const [domain] = program.domains;
  const definition = (await definitionsOf(program)).DatabaseRouting;
  if (domain === undefined || definition === undefined) throw new Error("no domain");
  const walker = new Planted(domain, definition, inputsOf(domain), false);
  walker.bug = bug;
  const source = { path: "failover.ved", text: "" };
  const { graph } = atOnce(exploring(() => new DomainGraph(new DomainModel(walker, source, new Set()))));
  return graph.space.promises.broken;
}

it("finds nothing half-finished with the kernel as it is", async () => {
  expect(await broken((reaction) => reaction)).toEqual([]);
});

it("finds a kernel that forgets the writes of what is done", async () => {
  const found = await broken((reaction, isDone, { plain }) =>
    isDone && reaction.commits.length === 1 ? { ...reaction, instance: { ...reaction.instance, state: plain.state } } : reaction,
  );
  expect(found.length).toBeGreaterThan(0);
});

it("finds a kernel that drops what is in flight when something is observed", async () => {
  // What was in flight has the number of its transition, and what starts a higher one.
  const found = await broken((reaction, _isDone, { about }) => {
    const { activations } = reaction.instance;
    const left = reaction.facts === null ? activations : activations.filter(({ number }) => number > about.length);
    return { ...reaction, instance: { ...reaction.instance, activations: left } };
  });
  expect(found.length).toBeGreaterThan(0);
});
