import type { State } from "../../../runtime-lib/kernel/value.js";
import { assignments, wordsFor } from "../../../runtime-lib/words.js";
import type { Domain } from "../../2-check/program.js";
import { Findings, type Source } from "../../diagnostics/diagnostic.js";
import type { Report, Rest, Story, Verdict, VerifyFinding } from "../report/report.js";
import type { StoryStep } from "../report/story.js";
import { listed, restriction, type Scope, summaryOf } from "../report/summary.js";
import { componentsOf } from "../search/components.js";
import { type Situations, stateText } from "./situations.js";
import type { MemberDomain, Outside, Played, SystemMove } from "./system-model.js";
import type { Member } from "./system-turn.js";

/** More consequences of one step than this are not shown. */
const maxConsequences = 12;

/** What was explored, and how. */
export interface Explored {
  readonly domains: readonly Domain[];
  readonly members: readonly MemberDomain[];
  readonly source: Source;
  /** How many messages were followed in a mailbox. */
  readonly mailbox: number;
  readonly outside: Outside;
}

/** What a search says. */
export class SystemReport {
  readonly #search: Situations;
  readonly #explored: Explored;

  constructor(search: Situations, explored: Explored) {
    this.#search = search;
    this.#explored = explored;
  }

  report(): Report {
    const search = this.#search;
    const resting = indices(search.size).filter((node) => this.#isAtRest(node));
    const leaves = indices(search.size).filter((node) => this.#isLeaf(node));
    const stuck = leaves.filter((node) => !search.awaiting.has(node) && !this.#isFull(node));
    const circles = componentsOf(search).circular.filter(({ nodes }) => this.#staysIn(nodes));
    const isHopeful = this.#hopeOf(resting);
    const livelock = circles.find(({ nodes }) => this.#changesIn(nodes) || !nodes.some(isHopeful));
    const waiting = circles.filter(({ nodes }) => !this.#changesIn(nodes) && nodes.some(isHopeful));
    const [endless] = search.endless;
    const findings = [
      ...(stuck[0] === undefined ? [] : [this.#deadEnd(stuck[0], stuck.length)]),
      ...(livelock?.nodes[0] === undefined ? [] : [this.#livelock(livelock.nodes[0], livelock.nodes)]),
      ...(endless === undefined ? [] : [this.#endless(endless)]),
    ];
    const { isAlone } = this.#explored.outside;
    const isBounded = search.beyond.size > 0 || search.hasWaited || this.#boundedFields().length > 0 || isAlone;
    const verdict = findings.length > 0 ? "refuted" : isBounded ? "proved up to a bound" : "proved";
    const scope = this.#scope(leaves, waiting.length > 0);
    return {
      ...emptyReport(this.#explored.domains, verdict, search),
      summary: summaryOf(verdict, scope),
      assumes: verdict === "refuted" ? [] : scope.assumes,
      unobserved: scope.unobserved,
      assumptions: this.#assumptions(),
      rests: this.#rests(resting),
      findings,
    };
  }

  #isAtRest(node: number): boolean {
    return (this.#search.situations[node] ?? []).every((member) => this.#search.model.isAtRest(member));
  }

  #isLeaf(node: number): boolean {
    const search = this.#search;
    return !search.beyond.has(node) && search.firstEdge(node) === search.firstEdge(node + 1) && !this.#isAtRest(node);
  }

  /** A mailbox is full, so that what follows was not seen. */
  #isFull(node: number): boolean {
    return (this.#search.situations[node] ?? []).some(({ instance }) => instance.post.outgoing.length > 0);
  }

  /** Whether nothing that is possible all the way round leads out whenever it happens (weak fairness). */
  #staysIn(nodes: readonly number[]): boolean {
    const search = this.#search;
    const inside = new Set(nodes);
    const staying = new Set<string>();
    let throughout: Set<string> | null = null;
    for (const node of nodes) {
      const here = new Set<string>();
      for (let edge = search.firstEdge(node); edge < search.firstEdge(node + 1); edge += 1) {
        const label = search.labels[edge] ?? "";
        here.add(label);
        if (inside.has(search.target(edge))) staying.add(label);
      }
      const before: Set<string> = throughout ?? here;
      throughout = new Set([...before].filter((label) => here.has(label)));
    }
    return [...(throughout ?? [])].every((label) => staying.has(label));
  }

  /**
   * Whether what is observed in a situation may lead to a rest. What changes nothing, and asks the world again and again, merely
   * waits for that.
   */
  #hopeOf(resting: readonly number[]): (node: number) => boolean {
    const search = this.#search;
    const before = new Map<number, number[]>();
    for (let node = 0; node < search.size; node += 1) {
      for (let edge = search.firstEdge(node); edge < search.firstEdge(node + 1); edge += 1) {
        const target = search.target(edge);
        before.set(target, [...(before.get(target) ?? []), node]);
      }
    }
    const canRest = new Set(resting);
    for (const node of canRest) for (const earlier of before.get(node) ?? []) canRest.add(earlier);
    const hopeful = new Set(search.news.flatMap(([from, to]) => (canRest.has(to) ? [from] : [])));
    return (node) => hopeful.has(node);
  }

  #changesIn(nodes: readonly number[]): boolean {
    const search = this.#search;
    const inside = new Set(nodes);
    return nodes.some((node) =>
      range(search.firstEdge(node), search.firstEdge(node + 1)).some(
        (edge) => search.changes[edge] && inside.has(search.target(edge)),
      ),
    );
  }

  #deadEnd(node: number, count: number): VerifyFinding {
    const { model } = this.#search;
    const members = this.#search.situations[node] ?? [];
    const unmet = members.flatMap((member) =>
      model.realitiesOf(member).flatMap(([goal, reality]) => (reality === null ? [`\`${goal}\` of ${member.name}`] : [])),
    );
    const values = {
      domain: this.#name(),
      goals: unmet.join(" and "),
      verb: unmet.length === 1 ? "does" : "do",
      state: `\`${members.map(({ name, instance }) => `${name}: ${assignments(instance.state)}`).join("; ")}\``,
    };
    const notes = count === 1 ? [] : [`There are ${count - 1} more such situations.`];
    const end = members.map(({ name, instance }) => `${name}: ${assignments(instance.state)}`);
    return this.#finding("VED5001", values, notes, { steps: this.#storyTo(node), repeatsFrom: null, end });
  }

  #livelock(node: number, nodes: readonly number[]): VerifyFinding {
    const before = this.#storyTo(node);
    const round = this.#wayRound(node, new Set(nodes));
    const steps = [...before, ...this.#story(this.#search.situations[node] ?? [], round)];
    return this.#finding("VED5002", { domain: this.#name() }, [], { steps, repeatsFrom: before.length, end: [] });
  }

  /** Deliveries that never end: they answer each other for ever. */
  #endless(node: number): VerifyFinding {
    const steps = this.#storyTo(node);
    return this.#finding("VED5002", { domain: this.#name() }, ["They answer each other for ever."], {
      steps,
      repeatsFrom: steps.length - 1,
      end: [],
    });
  }

  #finding(code: "VED5001" | "VED5002", values: Record<string, string>, notes: readonly string[], story: Story): VerifyFinding {
    const findings = new Findings(this.#explored.source);
    const span = this.#explored.domains[0]?.span ?? { start: 0, end: 1 };
    // Both take what is given here.
    findings.report(code, span, values as { domain: string; goals: string; verb: string; state: string }, { notes });
    const [diagnostic] = findings.all();
    if (diagnostic === undefined) throw new Error("what was reported is there");
    return { diagnostic, story };
  }

  #storyTo(node: number): StoryStep[] {
    const moves: SystemMove[] = [];
    for (let at: number | undefined = node; at !== undefined; ) {
      const parent: readonly [number, SystemMove] | null = this.#search.parents[at] ?? null;
      if (parent !== null) moves.unshift(parent[1]);
      at = parent?.[0];
    }
    const first = this.#search.model.start(this.#search.starts, true);
    const begins = this.#step("it starts", first.events, first.members);
    return [begins, ...this.#story(first.members, moves)];
  }

  #story(from: readonly Member[], moves: readonly SystemMove[]): StoryStep[] {
    let members = from;
    return moves.map((move) => {
      const played = this.#search.model.play(members, move, true);
      members = played.members;
      return this.#step(move.text, played.events, members);
    });
  }

  #step(text: string, events: Played["events"], members: readonly Member[]): StoryStep {
    const shown = events.filter(({ type }) => ["committed", "sent", "received", "started", "rested"].includes(type));
    const consequences = shown
      .slice(0, maxConsequences)
      .map((event) => ({ text: `${event.domain}/${wordsFor(event)}`, line: null }))
      .concat(shown.length > maxConsequences ? [{ text: "and so on", line: null }] : []);
    // A system is not replayed by cues.
    return { text, cue: { kind: "resume" }, consequences, state: fieldsOf(members) };
  }

  /** The shortest way from a situation back to itself, inside a set of them. */
  #wayRound(start: number, inside: ReadonlySet<number>): SystemMove[] {
    const search = this.#search;
    const reached = new Map<number, readonly [from: number, edge: number]>();
    const queue = [start];
    for (const node of queue) {
      for (let edge = search.firstEdge(node); edge < search.firstEdge(node + 1); edge += 1) {
        const target = search.target(edge);
        if (!inside.has(target) || reached.has(target)) continue;
        reached.set(target, [node, edge]);
        queue.push(target);
      }
    }
    const way: SystemMove[] = [];
    for (let at = start; way.length === 0 || at !== start; ) {
      const [from, edge] = reached.get(at) ?? [start, -1];
      const move = search.moves[edge];
      if (move === undefined) break;
      way.unshift(move);
      at = from;
    }
    return way;
  }

  #assumptions(): string[] {
    const { domains, mailbox, outside, members } = this.#explored;
    const how = outside.isAlone
      ? "It was explored alone, against others that may send it anything that it takes, at any time."
      : `${domains.length === 1 ? "Its instances were" : "Its domains were"} explored together, with mailboxes of ${mailbox} messages.`;
    const unborn = outside.unborn.map(
      (domain) => `One instance of ${domain} comes to life when it is observed or sent something.`,
    );
    return [
      how,
      ...unborn,
      ...members.flatMap(({ domain }) =>
        domain.effects.flatMap(({ name, contract }) => (contract === null ? [] : [`What ${name} promises was not relied on.`])),
      ),
    ];
  }

  /** What the verdict holds for. */
  #scope(leaves: readonly number[], isWaiting: boolean): Scope {
    const { members, outside, mailbox } = this.#explored;
    const search = this.#search;
    const fields = members.flatMap(({ domain, inputs }) =>
      domain.fields.map(({ name }) => ({
        name: `${domain.name}.${name}`,
        isObserved: inputs.fields.some(({ field }) => field === name),
      })),
    );
    const isAwaiting = leaves.some((node) => search.awaiting.has(node));
    const bounded = search.beyond.size > 0 || this.#boundedFields().length > 0;
    const bound = Math.max(...members.map(({ inputs }) => inputs.intBound));
    const { atOnce } = search.model;
    return {
      observed: fields.flatMap(({ name, isObserved }) => (isObserved ? [name] : [])),
      unobserved: fields.flatMap(({ name, isObserved }) => (isObserved ? [] : [name])),
      assumes: [
        ...(isAwaiting ? ["the messages that it waits for come"] : outside.isAlone ? ["others do what they do in time"] : []),
        ...(outside.isAlone ? [] : this.#sentInside()),
        ...(isWaiting ? ["the world shows some day what effects ask for"] : []),
        ...(bounded ? [`ints stay within ${-bound} and ${bound}`] : []),
        ...(search.hasWaited ? [`no mailbox holds more than ${mailbox} messages`] : []),
        ...(atOnce === null ? [] : [restriction(atOnce)]),
      ],
    };
  }

  /** Messages that nobody outside was let send: one domain sends them to another, or goals run what they ask for. */
  #sentInside(): string[] {
    const { members, outside } = this.#explored;
    const inside = members.flatMap(({ domain }) => {
      const free = new Set(outside.messages.get(domain.name)?.map(({ name }) => name));
      const taken = [...domain.receivers.filter(({ kind }) => kind === "message"), ...domain.transitions].map(({ name }) => name);
      return taken.filter((name) => !free.has(name));
    });
    return inside.length === 0 ? [] : [`nobody outside sends ${listed(inside)}`];
  }

  #boundedFields(): string[] {
    return this.#explored.members.flatMap(({ inputs }) => inputs.bounded);
  }

  #rests(resting: readonly number[]): Rest[] {
    const groups = new Map<string, Rest & { readonly states: State[] }>();
    for (const node of resting) {
      const members = this.#search.situations[node] ?? [];
      const realities = Object.fromEntries(
        members.flatMap((member) =>
          this.#search.model.realitiesOf(member).map(([goal, reality]) => [`${member.name} ${goal}`, reality ?? ""] as const),
        ),
      );
      const key = JSON.stringify(realities);
      const group = groups.get(key) ?? { realities, states: [] };
      group.states.push(fieldsOf(members));
      groups.set(key, group);
    }
    return [...groups.values()];
  }

  #name(): string {
    return this.#explored.domains.map(({ name }) => name).join(", ");
  }
}

/** The fields of all instances, each behind the name of its instance. */
function fieldsOf(members: readonly Member[]): State {
  return Object.fromEntries(
    members.flatMap(({ name, instance }) =>
      Object.entries(instance.state).map(([field, value]) => [`${name}.${field}`, value] as const),
    ),
  );
}

function emptyReport(domains: readonly Domain[], verdict: Verdict, search: Situations): Report {
  const states = new Set(search.situations.map(stateText)).size;
  return {
    domain: domains.map(({ name }) => name).join(", "),
    verdict,
    summary: "",
    assumes: [],
    unobserved: [],
    extent: { nodes: search.size, states, steps: search.steps, bytes: 0, frontier: 0 },
    assumptions: [],
    rests: [],
    effort: null,
    turns: null,
    independent: [],
    waitsFor: [],
    outages: [],
    waits: [],
    findings: [],
    reductions: [],
    inputs: {},
  };
}

/** The report on what could not be explored. */
export function systemGaveUp(domains: readonly Domain[], reason: string, search: Situations): Report {
  return { ...emptyReport(domains, "gave up", search), summary: `nothing is known of it: ${reason}` };
}

function indices(length: number): number[] {
  return range(0, length);
}

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from }, (_, index) => from + index);
}
