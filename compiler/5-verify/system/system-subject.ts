import { defaultMailbox } from "../../../runtime-lib/kernel/mail.js";
import { asksForKey, declaredFields } from "../../2-check/own-key.js";
import type { Domain } from "../../2-check/program.js";
import { bodiesOf, sendsIn } from "../../2-check/traverse.js";
import { at } from "../../language/at.js";
import { ownBeginning } from "../environment/beginning.js";
import { joinsStrings } from "../environment/flow.js";
import { isJoint } from "../environment/observations.js";
import { messageOf } from "../environment/payload.js";
import { type ObservedField, refutationsOf } from "../report/findings.js";
import { textOf } from "../report/reasons.js";
import type { Report, VerifyFinding, WaitReport } from "../report/report.js";
import {
  aboutStrings,
  alternatives,
  boundOf,
  broughtBy,
  manyWaits,
  noFurther,
  restrictions,
  type Scope,
  setInside,
  slowedDown,
  startedAs,
} from "../report/summary.js";
import type { Model } from "../report/teller.js";
import { type Convergence, convergenceOf } from "../search/convergence.js";
import { exploredWithin, Graph } from "../search/graph.js";
import type { Steps } from "../search/steps.js";
import type { Extras, Outline, Subject } from "../subject.js";
import { Memory } from "./memory.js";
import type { Outside } from "./outside.js";
import { type MemberDomain, Part, type Setting } from "./part.js";
import { type StartOf, SystemModel } from "./system-model.js";

/** Of so many mailboxes that are full for good it is asked whether larger ones would do. */
const maxJams = 4;

/** So many moves are followed with larger mailboxes. */
const maxQuiet = 20_000;

/** The graph of a system. */
export type SystemGraph = Graph<SystemModel>;

/** The instances of domains that talk; or one of these domains alone, against others that may send it anything. */
export class SystemSubject implements Subject<SystemGraph> {
  readonly obstacle: string | null;
  readonly fields: readonly ObservedField[];
  readonly outline: Outline = { independent: [], waitsFor: [] };
  readonly #members: readonly MemberDomain[];
  readonly #starts: readonly StartOf[];
  readonly #mailbox: number;
  readonly #outside: Outside;
  /** What was explored. */
  readonly #models: SystemModel[] = [];
  /** What is known of states, with all strings and with those that the program knows. */
  readonly #memories = { all: new Memory(), known: new Memory() } as const;

  /** @param mailbox so many messages are followed in a mailbox */
  constructor(members: readonly MemberDomain[], starts: readonly StartOf[], mailbox: number, outside: Outside) {
    this.#members = members;
    this.#starts = starts;
    this.#mailbox = mailbox;
    this.#outside = outside;
    this.obstacle = members.map(({ inputs }) => inputs.obstacle).find((each) => each !== null) ?? outside.obstacle;
    this.fields = members.flatMap(observedFieldsOf);
  }

  get name(): string {
    return this.#members.map(({ domain }) => domain.name).join(", ");
  }

  /** Whether somebody had to wait for room in a mailbox in what was explored. */
  get hasWaited(): boolean {
    return this.#models.some(({ hasWaited }) => hasWaited);
  }

  graph(withOthers: boolean): SystemGraph {
    const setting = { mailbox: this.#mailbox, isAlone: this.#outside.isAlone, withOthers };
    const model = this.#model(setting);
    this.#models.push(model);
    return new Graph(model);
  }

  #model(setting: Setting): SystemModel {
    const parts = this.#members.map((member) => new Part(member, setting));
    return new SystemModel(parts, this.#starts, setting, this.#outside, this.#memories[setting.withOthers ? "all" : "known"]);
  }

  /** Where a mailbox is full for good, it is looked at with mailboxes as a host has them: perhaps no mailbox is large enough. */
  *beyondBound(graph: SystemGraph): Steps<readonly VerifyFinding[]> {
    const setting = { mailbox: defaultMailbox, isAlone: this.#outside.isAlone, withOthers: true };
    const jams = nodesOf(graph).filter((node) => graph.space.isJammed(graph.words(node)));
    for (const node of jams.slice(0, maxJams)) {
      const larger = this.#model(setting);
      const way = larger.wayAlong(graph.space.keysOf(graph.pathTo(node)));
      const quiet = new Graph(larger, { root: way.words, isQuiet: true });
      yield* exploredWithin(quiet, maxQuiet);
      const findings = refutationsOf(quiet, yield* convergenceOf(quiet, false), way.moves);
      if (findings.length > 0) return findings;
    }
    return [];
  }

  inputsIn(graph: SystemGraph | null): Report["inputs"] {
    const parts = [...(graph?.space.parts.values() ?? [])];
    const fields = parts.flatMap(({ domain, inputs, observations }) =>
      inputs.fields.map(({ field, values, others }) => {
        const seen = [...values, ...others].filter((value) => observations.all.some((facts) => facts[field] === value));
        return [`${domain.name}.${field}`, seen] as const;
      }),
    );
    return Object.fromEntries(fields);
  }

  isBounded({ beyond, space }: SystemGraph): boolean {
    return beyond.length > 0 || space.hasWaited || this.#outside.isAlone || this.#boundedFields.length > 0;
  }

  /** Ints that may come from outside, of which only those within the bound were looked at. */
  get #boundedFields(): readonly string[] {
    return this.#members.flatMap(({ domain, inputs }) => {
      const sent = new Set(this.#outside.messages.get(domain.name)?.map(({ name }) => name));
      return inputs.bounded.filter((field) => sent.has(messageOf(field) ?? "") || messageOf(field) === null);
    });
  }

  checkKernel(): void {
    // Of each domain by itself the kernel's promises are looked at move by move.
  }

  /** Goals of several instances are not compared. */
  conflictsIn(): readonly [] {
    return [];
  }

  scopeOf(graph: SystemGraph | null, waits: readonly WaitReport[]): Scope {
    const fields = this.#members.flatMap(({ domain, inputs }) =>
      declaredFields(domain).map(({ name }) => ({
        name: `${domain.name}.${name}`,
        isObserved: inputs.fields.some(({ field }) => field === name),
      })),
    );
    const unobserved = fields.flatMap(({ name, isObserved }) => (isObserved ? [] : [name]));
    return {
      observed: fields.flatMap(({ name, isObserved }) => (isObserved ? [name] : [])),
      unobserved,
      assumes: graph === null ? [] : [...setInside(unobserved), ...this.#assumesOf(graph, waits)],
    };
  }

  /** What a proof rests on, each as a clause behind "as long as". */
  #assumesOf({ space, beyond }: SystemGraph, waits: readonly WaitReport[]): string[] {
    const { isAlone } = this.#outside;
    const bound = Math.max(...this.#members.map(({ inputs }) => inputs.intBound));
    const observed = Math.max(...this.#members.map(({ inputs }) => inputs.observedBound));
    const isBounded = beyond.length > 0 || this.#boundedFields.length > 0;
    const restricted = [...space.parts.values()].flatMap(({ inputs, observations: { all, atOnce } }) =>
      restrictions(atOnce, isJoint(all, inputs.fields.length)),
    );
    return [
      ...this.#promised(),
      ...(space.hasAwaited ? ["the messages that it waits for come"] : isAlone ? ["others do what they do in time"] : []),
      ...(isAlone || !this.#isTalking ? [] : ["messages arrive at once and in order"]),
      ...(isAlone ? [] : this.#sentInside()),
      ...broughtBy(waits),
      ...aboutStrings(
        this.#members.some(({ domain }) => joinsStrings(domain)),
        this.#stringsAtOnce,
      ),
      ...(isBounded ? [boundOf(bound, observed)] : []),
      ...slowedDown(space.memory.visits),
      ...manyWaits(space.isCut),
      ...(space.hasWaited ? [roomOf(this.#mailbox)] : []),
      ...new Set(restricted),
      ...(isAlone ? startedAs(this.#startedOnly) : [noFurther(this.#members.map(({ domain }) => domain.name))]),
    ];
  }

  get #stringsAtOnce(): number | null {
    const all = this.#members.flatMap(({ inputs }) => inputs.stringsAtOnce ?? []);
    return all.length === 0 ? null : Math.min(...all);
  }

  /** The domains of which it matters that nobody outside brings any to life: they begin with a state or a key of their own. */
  get #startedOnly(): readonly string[] {
    const isOwn = (domain: Domain) => (start: StartOf) =>
      start.domain === domain.name && Object.keys(ownBeginning(domain, start.state)).length > 0;
    return this.#members.flatMap(({ domain }) => {
      const isCalled = this.#outside.areKeysKnown && asksForKey(domain);
      return isCalled || this.#starts.some(isOwn(domain)) ? [domain.name] : [];
    });
  }

  get #isTalking(): boolean {
    return this.#members.some(({ domain }) => bodiesOf(domain).some(({ statements }) => sendsIn(statements).length > 0));
  }

  /** What effects promise. */
  #promised(): string[] {
    return this.#members.flatMap(({ domain, source }) =>
      domain.effects.flatMap(({ name, contract }) =>
        contract === null ? [] : [`\`${textOf(contract.condition, source)}\` is observed once ${name} has happened`],
      ),
    );
  }

  /** Messages that nobody outside was let send: one domain sends them to another, or goals run what they ask for. */
  #sentInside(): string[] {
    const inside = this.#members.flatMap(({ domain }) => {
      const free = new Set(this.#outside.messages.get(domain.name)?.map(({ name }) => name));
      const taken = [...domain.receivers.filter(({ kind }) => kind === "message"), ...domain.transitions].map(({ name }) => name);
      return taken.filter((name) => !free.has(name));
    });
    return inside.length === 0 ? [] : [`nobody outside sends ${alternatives([...new Set(inside)])}`];
  }

  assumptionsOf({ space }: SystemGraph, { exits }: Convergence): string[] {
    const { isAlone, unborn } = this.#outside;
    const how = isAlone
      ? "It was explored alone, against others that may send it anything that it takes, at any time."
      : `${this.#members.length === 1 ? "Its instances were" : "Its domains were"} explored together, with mailboxes of ${this.#mailbox} messages.`;
    const ends = new Set(exits.flatMap(({ moves }) => moves.map((move) => space.endOf(move))));
    return [
      how,
      ...unborn.map((domain) => `One instance of ${domain} comes to life when it is observed or sent something.`),
      ...(ends.size > 0 ? [`It may go round in circles, but only until ${[...ends].join(", or ")}.`] : []),
    ];
  }

  reductionsOf({ space }: SystemGraph): string[] {
    const left = [...space.parts.values()].flatMap(({ domain, counters }) =>
      Object.keys(counters).map((field) => `${domain.name}.${field}`),
    );
    return left.length === 0 ? [] : [`left out, as nothing depends on it: ${left.join(", ")}`];
  }

  // biome-ignore lint/correctness/useYield: nothing is looked for
  *vacuityOf(): Steps<readonly []> {
    return [];
  }

  // biome-ignore lint/correctness/useYield: there is nothing to look for
  *extrasOf(_graph: SystemGraph, { max }: Convergence): Steps<Extras> {
    return { effort: max && { ...max, chain: null }, turns: null, outages: [], warnings: [] };
  }
}

function observedFieldsOf({ domain, inputs, source }: MemberDomain): ObservedField[] {
  return inputs.fields.map(({ field, values, others }) => {
    const { span } = at(
      domain.fields.filter(({ name }) => name === field),
      0,
    );
    const hasOther = (model: Model, words: Uint16Array) =>
      Object.entries(model.stateOf(words)).some(
        ([name, value]) => name.startsWith(`${domain.name}/`) && name.endsWith(`.${field}`) && others.includes(value),
      );
    return { name: `${domain.name}.${field}`, domain: domain.name, span, source, values, others, hasOther };
  });
}

/** Says for how much room in mailboxes something holds, as a clause. */
function roomOf(mailbox: number): string {
  return mailbox === defaultMailbox
    ? `mailboxes hold ${mailbox} messages, as those of a host do unless told otherwise`
    : `mailboxes hold ${mailbox} messages (those of a host hold ${defaultMailbox} unless told otherwise)`;
}

function nodesOf(graph: SystemGraph): number[] {
  return Array.from({ length: graph.size }, (_, node) => node);
}
