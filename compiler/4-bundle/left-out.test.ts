// What an artifact leaves out is missed by nobody: not by a journal that an earlier version has left, not by hosts, not by what was built
// before into the same folder.
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, it } from "vitest";
import { memoryJournal } from "../../runtime-lib/journal/memory.js";
import type { SystemDomain } from "../../runtime-lib/system.js";
import { quiet, TestClock } from "../../runtime-lib/testing/clock.js";
import { type AnyDomain, programOf, scratchFolder } from "../testing/load.js";
import { bundle } from "./bundle.js";

/** Builds sources, by the names of their modules, into a folder. */
async function build(folder: string, sources: Readonly<Record<string, string>>): Promise<void> {
  const inputs = Object.entries(sources).map(([name, text]) => ({ program: programOf(text), path: `/${name}.ved`, name }));
  for (const { path, text } of await bundle(inputs, { minify: false, typescript: false, folder })) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text.replace(/^\/\/# sourceMappingURL=.*$/m, ""));
  }
}

async function built(text: string): Promise<AnyDomain> {
  const folder = scratchFolder();
  await build(folder, { one: text });
  writeFileSync(join(folder, "package.json"), '{"type":"module"}');
  // The module exports its domain.
  return ((await import(pathToFileURL(join(folder, "one.js")).href)) as { readonly A: AnyDomain }).A;
}

const head = "domain A { state { down: bool, n: int } goal G { predicate !down || n > 5 }";
const emitting = `${head} transition T { step { if down && n == 0 { emit E.Do(n) n = 9 } } } }`;
const silent = `${head} transition T { step { if down && n == 1 { n = 9 } } } }`;

/** A journal in which the first version has one activation: its attempt failed, or nobody knows what came of it. */
async function journalAfter(isUnderWay: boolean) {
  const journal = memoryJournal();
  const adapter = () => (isUnderWay ? new Promise(() => {}) : Promise.reject(new Error("no")));
  const first = await (await built(emitting)).start({ effects: { E: { Do: adapter } }, journal, clock: new TestClock() });
  await first.observe({ down: true });
  await quiet();
  await first.stop();
  return journal;
}

describe("an artifact without effects", () => {
  it("gives up what an earlier version has not begun yet", async () => {
    const journal = await journalAfter(false);
    const second = await (await built(silent)).start({ effects: {}, journal, clock: new TestClock() });
    expect(second.status).toMatchObject({ phase: "stuck", activations: [] });
    await second.observe({ down: false });
    await second.settled();
  });

  it("does not take over what may have happened: it says so, and leaves the journal as it is", async () => {
    const journal = await journalAfter(true);
    const second = await built(silent);
    const clock = new TestClock();
    const start = (domain: AnyDomain) => domain.start({ effects: { E: { Do: () => Promise.resolve() } }, journal, clock });
    await expect(start(second)).rejects.toThrow(
      "A/default has effects or messages pending, and this version knows of none: let the one before finish them first",
    );
    const again = await start(await built(emitting));
    await clock.advance(10_000);
    expect(again.state).toMatchObject({ n: 9 });
  });

  it("reads options as every host does", async () => {
    const domain = await built(silent);
    await expect(domain.start({ effects: {}, retry: { initial: -1 } })).rejects.toThrow(TypeError);
    await expect(domain.start({ effects: {}, concurrency: { "X.Y": 2 } as never })).rejects.toThrow(TypeError);
  });
});

it("what a host sends to domains that do not talk is tried again when it fails", async () => {
  const folder = scratchFolder();
  writeFileSync(join(folder, "package.json"), '{"type":"module"}');
  await build(folder, {
    one: `domain A { state { n: int, up: bool } goal G { predicate up } transition Poke { step { emit E.Do(n) n += 1 } } }
          domain B { state { b: bool } goal G { predicate !b } }`,
  });
  const { start } = (await import(pathToFileURL(join(folder, "one.js")).href)) as { readonly start: StartAny };
  let attempts = 0;
  const clock = new TestClock();
  const Do = async () => {
    attempts += 1;
    if (attempts === 1) throw new Error("no");
  };
  const { domains } = await start({ effects: { E: { Do } }, clock });
  const instance = domains.A?.instance();
  await instance?.observe({ up: true });
  await instance?.send("Poke");
  await clock.advance(10_000);
  expect([attempts, instance?.status.phase]).toEqual([2, "resting"]);
});

type StartAny = (
  options: object,
) => Promise<{ readonly domains: Readonly<Record<string, SystemDomain<object, { readonly Poke: [] }>>> }>;

it("a second build into a folder takes nothing from what was built before", async () => {
  const folder = scratchFolder();
  writeFileSync(join(folder, "package.json"), '{"type":"module"}');
  const guarded = (name: string) => `domain ${name} {
    state { on: bool, n: int, safe: bool }
    invariant Few { n < 2 || safe }
    goal G { predicate !on }
    transition T { step { if on { n += 1 } } }
  }`;
  const plain = (name: string) =>
    `domain ${name} { state { on: bool, n: int } goal G { predicate !on || n > 5 } transition T { step { if on { n += 1 } } } }`;
  await build(folder, { a: guarded("A"), b: guarded("B") });
  await build(folder, { c: plain("C"), d: plain("D") });
  const { A } = (await import(pathToFileURL(join(folder, "a.js")).href)) as { readonly A: AnyDomain };
  const running = await A.start({ effects: {}, clock: new TestClock() });
  await running.observe({ on: true });
  expect(running.state).toMatchObject({ n: 1 });
  expect(running.status.faults).toHaveLength(1);
});
