import type { Definition, State, Value } from "../../runtime-lib/kernel/definition.js";
import { assignments, wordsFor } from "../../runtime-lib/words.js";
import type { Domain, Parameter } from "../2-check/program.js";
import { Findings, type Source } from "../diagnostics/diagnostic.js";
import { componentsOf, type Edges } from "./components.js";
import { Ensemble, type EnsembleMove, type Letter, type Member, type Played, type Player } from "./ensemble.js";
import type { Progress } from "./graph.js";
import { type InputOptions, inputsOf } from "./inputs.js";
import type { Report, Rest, Story, Verdict, VerifyFinding } from "./report.js";
import type { Step } from "./story.js";

/** So many messages are followed in a mailbox. */
const mailbox = 3;

/** More situations than this are not explored together. */
const maxTogether = 50_000;

/** A system: its domains, with their definitions, and what it starts with. */
export interface Cast {
  readonly domains: readonly Domain[];
  readonly definitions: Readonly<Record<string, Definition>>;
  readonly starts: readonly { readonly domain: string; readonly key: string; readonly state: Partial<State> }[];
  readonly source: Source;
}

/**
 * Explores the domains of a system together, with a bound on mailboxes; or, where that is too large, each alone against others
 * that may send it anything it takes. Pauses and gives up as `verifying` does.
 * @param options with `limit`, how many situations are explored together at most
 */
export function* verifyingTogether(
  cast: Cast,
  options: InputOptions & { readonly limit?: number } = {},
): Generator<Progress, Report[], string | null> {
  const players = cast.domains.map((domain) => playerOf(domain, cast, options));
  const obstacle = players.map(({ inputs }) => inputs.obstacle).find((each) => each !== null) ?? null;
  if (obstacle === null) {
    const search = new Search(new Ensemble(players, mailbox, null), cast.starts);
    const stopped = yield* search.explore(options.limit ?? maxTogether);
    if (stopped === null) return [new Verdicts(search, cast, players, null).report()];
    if (stopped !== "too large") return [gaveUp(cast.domains, stopped, search)];
  }
  const reports: Report[] = [];
  for (const player of players) {
    const { domain, inputs } = player;
    const letters = lettersTo(player);
    const starts = cast.starts.filter((start) => start.domain === domain.name).slice(0, 1);
    const first = starts.length > 0 ? starts : [{ domain: domain.name, key: "default", state: {} }];
    const search = new Search(new Ensemble([player], mailbox, letters), first);
    const stopped = inputs.obstacle ?? (yield* search.explore(maxTogether));
    reports.push(
      stopped === null
        ? new Verdicts(search, { ...cast, domains: [domain] }, [player], letters).report()
        : gaveUp([domain], stopped === "too large" ? "it gets into too many situations" : stopped, search),
    );
  }
  return reports;
}

function playerOf(domain: Domain, { definitions }: Cast, options: InputOptions): Player {
  const definition = definitions[domain.name];
  if (definition === undefined) throw new Error(`${domain.name} was not loaded`);
  return { domain, definition, inputs: inputsOf(domain, options) };
}

/** Everything that a domain may be sent: each message with each choice of values that it may tell apart. */
function lettersTo({ domain, inputs }: Player): Letter[] {
  const constants = [...new Set(inputs.fields.flatMap(({ values }) => values))];
  const messages = [
    ...domain.receivers.map(({ name, parameters, kind }) => ({ name, parameters, isEvent: kind === "event" })),
    ...domain.transitions.map(({ name, parameters }) => ({ name, parameters: parameters ?? [], isEvent: false })),
  ];
  return messages.flatMap(({ name, parameters, isEvent }) =>
    parameters
      .reduce<Value[][]>((all, one) => all.flatMap((args) => valuesOf(one, constants).map((value) => [...args, value])), [[]])
      .map((args) => ({ name, args, isEvent })),
  );
}

function valuesOf({ type, members }: Parameter, constants: readonly Value[]): Value[] {
  if (members !== undefined) return [...members];
  if (type === "bool") return [false, true];
  const known = constants.filter((value) => typeof value === (type === "int" ? "number" : "string"));
  return [...new Set<Value>(type === "int" ? [-1, 0, 1, 2, ...known] : ["", "other", ...known])];
}

/** The situations that were found, and the moves between them that remain when the world is quiet. */
class Search implements Edges {
  readonly ensemble: Ensemble;
  readonly situations: (readonly Member[])[] = [];
  readonly parents: (readonly [from: number, move: EnsembleMove] | null)[] = [];
  readonly labels: string[] = [];
  readonly changes: boolean[] = [];
  readonly moves: EnsembleMove[] = [];
  readonly beyond = new Set<number>();
  /** Those that a message of others leads out of. */
  readonly awaiting = new Set<number>();
  steps = 0;
  readonly starts: Cast["starts"];
  readonly #numbers = new Map<string, number>();
  readonly #members = new Map<Member, number>();
  readonly #firstEdges: number[] = [];
  readonly #targets: number[] = [];

  constructor(ensemble: Ensemble, starts: Cast["starts"]) {
    this.ensemble = ensemble;
    this.starts = starts;
  }

  get size(): number {
    return this.situations.length;
  }

  firstEdge(node: number): number {
    return this.#firstEdges[node] ?? this.#targets.length;
  }

  target(edge: number): number {
    return this.#targets[edge] ?? 0;
  }

  /** Looks at every situation. Gives why it did not, or null. */
  *explore(limit: number): Generator<Progress, string | null, string | null> {
    this.#add(this.ensemble.start(this.starts).members, null);
    for (let at = 0; at < this.size; at += 1) {
      this.#firstEdges.push(this.#targets.length);
      const members = this.situations[at] ?? [];
      if (members.some((member) => this.ensemble.isBeyond(member))) this.beyond.add(at);
      else this.#expand(at, members);
      if (this.size > limit) return "too large";
      if (at % 512 !== 511) continue;
      const reason = yield { nodes: this.size, frontier: this.size - at - 1 };
      if (reason !== null) return reason;
    }
    return null;
  }

  #expand(at: number, members: readonly Member[]): void {
    for (const move of this.ensemble.movesOf(members)) {
      this.steps += 1;
      const played = this.ensemble.play(members, move);
      const target = this.#add(played.members, [at, move]);
      if (move.isLetter && target !== at) this.awaiting.add(at);
      if (!move.isQuiet) continue;
      this.#targets.push(target);
      this.labels.push(move.label);
      this.moves.push(move);
      this.changes.push(played.commits > 1 || played.members.some((member, index) => hasOtherState(member, members[index])));
    }
  }

  #add(members: readonly Member[], parent: readonly [number, EnsembleMove] | null): number {
    const text = members.map((member) => this.#numberOf(member)).join();
    const known = this.#numbers.get(text);
    if (known !== undefined) return known;
    const number = this.size;
    this.#numbers.set(text, number);
    this.situations.push(members);
    this.parents.push(parent);
    return number;
  }

  /** There is one object for all that are alike. */
  #numberOf(member: Member): number {
    const number = this.#members.get(member) ?? this.#members.size;
    this.#members.set(member, number);
    return number;
  }
}

function hasOtherState(member: Member, before: Member | undefined): boolean {
  return member !== before && JSON.stringify(member.instance.state) !== JSON.stringify(before?.instance.state);
}

function stateText(members: readonly Member[]): string {
  return JSON.stringify(members.map(({ name, instance }) => [name, instance.state]));
}

/** What a search says. */
class Verdicts {
  readonly #search: Search;
  readonly #cast: Cast;
  readonly #players: readonly Player[];
  readonly #letters: readonly Letter[] | null;

  constructor(search: Search, cast: Cast, players: readonly Player[], letters: readonly Letter[] | null) {
    this.#search = search;
    this.#cast = cast;
    this.#players = players;
    this.#letters = letters;
  }

  report(): Report {
    const search = this.#search;
    const resting = indices(search.size).filter((node) => this.#isAtRest(node));
    const leaves = indices(search.size).filter((node) => this.#isLeaf(node));
    const stuck = leaves.filter((node) => !search.awaiting.has(node) && !this.#isFull(node));
    const circles = componentsOf(search).circular.filter(({ nodes }) => this.#staysIn(nodes));
    const livelock = circles.find(({ nodes }) => this.#changesIn(nodes));
    const findings = [
      ...(stuck[0] === undefined ? [] : [this.#deadEnd(stuck[0], stuck.length)]),
      ...(livelock?.nodes[0] === undefined ? [] : [this.#livelock(livelock.nodes[0], livelock.nodes)]),
    ];
    const isBounded = search.beyond.size > 0 || leaves.some((node) => this.#isFull(node)) || this.#boundedFields().length > 0;
    const verdict = findings.length > 0 ? "refuted" : isBounded ? "proved up to a bound" : "proved";
    return {
      ...emptyReport(this.#cast.domains, verdict, search),
      summary: this.#summary(verdict),
      assumptions: this.#assumptions(leaves),
      rests: this.#rests(resting),
      findings,
    };
  }

  #isAtRest(node: number): boolean {
    return (this.#search.situations[node] ?? []).every((member) => this.#search.ensemble.isAtRest(member));
  }

  #isLeaf(node: number): boolean {
    const search = this.#search;
    return !search.beyond.has(node) && search.firstEdge(node) === search.firstEdge(node + 1) && !this.#isAtRest(node);
  }

  /** A mailbox is full, so that what follows was not seen. */
  #isFull(node: number): boolean {
    return (this.#search.situations[node] ?? []).some(({ instance }) => instance.outgoing.length > 0);
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
    const { ensemble } = this.#search;
    const members = this.#search.situations[node] ?? [];
    const unmet = members.flatMap((member) =>
      ensemble.realitiesOf(member).flatMap(([goal, reality]) => (reality === null ? [`\`${goal}\` of ${member.name}`] : [])),
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
    const steps = [...before, ...this.#told(this.#search.situations[node] ?? [], round)];
    return this.#finding("VED5002", { domain: this.#name() }, [], { steps, repeatsFrom: before.length, end: [] });
  }

  #finding(code: "VED5001" | "VED5002", values: Record<string, string>, notes: readonly string[], story: Story): VerifyFinding {
    const findings = new Findings(this.#cast.source);
    const span = this.#cast.domains[0]?.span ?? { start: 0, end: 1 };
    // Both take what is given here.
    findings.report(code, span, values as { domain: string; goals: string; verb: string; state: string }, { notes });
    const [diagnostic] = findings.all();
    if (diagnostic === undefined) throw new Error("what was reported is there");
    return { diagnostic, story };
  }

  #storyTo(node: number): Step[] {
    const moves: EnsembleMove[] = [];
    for (let at: number | undefined = node; at !== undefined; ) {
      const parent: readonly [number, EnsembleMove] | null = this.#search.parents[at] ?? null;
      if (parent !== null) moves.unshift(parent[1]);
      at = parent?.[0];
    }
    const first = this.#search.ensemble.start(this.#search.starts, true);
    const begins = this.#step("it starts", first.events, first.members);
    return [begins, ...this.#told(first.members, moves)];
  }

  #told(from: readonly Member[], moves: readonly EnsembleMove[]): Step[] {
    let members = from;
    return moves.map((move) => {
      const played = this.#search.ensemble.play(members, move, true);
      members = played.members;
      return this.#step(move.text, played.events, members);
    });
  }

  #step(text: string, events: Played["events"], members: readonly Member[]): Step {
    const told = events.filter(({ type }) => ["committed", "sent", "received", "started", "rested"].includes(type));
    const consequences = told.map((event) => ({ text: `${event.domain}/${wordsFor(event)}`, line: null }));
    // A system is not replayed by cues.
    return { text, cue: { kind: "resume" }, consequences, state: fieldsOf(members) };
  }

  /** The shortest way from a situation back to itself, inside a set of them. */
  #wayRound(start: number, inside: ReadonlySet<number>): EnsembleMove[] {
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
    const way: EnsembleMove[] = [];
    for (let at = start; way.length === 0 || at !== start; ) {
      const [from, edge] = reached.get(at) ?? [start, -1];
      const move = search.moves[edge];
      if (move === undefined) break;
      way.unshift(move);
      at = from;
    }
    return way;
  }

  #assumptions(leaves: readonly number[]): string[] {
    const waits = leaves.filter((node) => this.#search.awaiting.has(node)).length;
    const how =
      this.#letters === null
        ? `${this.#cast.domains.length === 1 ? "Its instances were" : "Its domains were"} explored together, with mailboxes of ${mailbox} messages.`
        : "It was explored alone, against others that may send it anything that it takes, at any time.";
    return [
      how,
      ...(waits > 0 ? ["It comes to rest as long as the messages that it waits for come."] : []),
      ...this.#players.flatMap(({ domain }) =>
        domain.effects.flatMap(({ name, contract }) => (contract === null ? [] : [`What ${name} promises was not relied on.`])),
      ),
    ];
  }

  #boundedFields(): string[] {
    return this.#players.flatMap(({ inputs }) => inputs.bounded);
  }

  #summary(verdict: Verdict): string {
    if (verdict === "refuted") return "it does not always come to rest";
    const rest = "it comes to rest once the world is quiet";
    if (verdict === "proved") return `whatever is observed and whatever fails, ${rest}`;
    const bound = Math.max(...this.#players.map(({ inputs }) => inputs.intBound));
    return `as long as ints stay within ${-bound} and ${bound} and mailboxes have room, ${rest}; beyond that nothing is known`;
  }

  #rests(resting: readonly number[]): Rest[] {
    const groups = new Map<string, Rest & { readonly states: State[] }>();
    for (const node of resting) {
      const members = this.#search.situations[node] ?? [];
      const realities = Object.fromEntries(
        members.flatMap((member) =>
          this.#search.ensemble.realitiesOf(member).map(([goal, reality]) => [`${member.name} ${goal}`, reality ?? ""] as const),
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
    return this.#cast.domains.map(({ name }) => name).join(", ");
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

function emptyReport(domains: readonly Domain[], verdict: Verdict, search: Search): Report {
  const states = new Set(search.situations.map(stateText)).size;
  return {
    domain: domains.map(({ name }) => name).join(", "),
    verdict,
    summary: "",
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

function gaveUp(domains: readonly Domain[], reason: string, search: Search): Report {
  return { ...emptyReport(domains, "gave up", search), summary: `nothing is known of it: ${reason}` };
}

function indices(length: number): number[] {
  return range(0, length);
}

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from }, (_, index) => from + index);
}
