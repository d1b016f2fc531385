import { defaultMailbox } from "../../../runtime-lib/kernel/mail.js";
import type { State } from "../../../runtime-lib/kernel/value.js";
import type { Domain } from "../../2-check/program.js";
import { allExpressions, fieldsIn } from "../../2-check/traverse.js";
import { literalsOf } from "../../5-verify/environment/inputs.js";
import type { Report, VerifyFinding } from "../../5-verify/report/report.js";
import type { PlainResult } from "../plain-system.js";

/** What the verifier and a plain search do not agree in: what was compared, and how. */
export type Difference = readonly [kind: string, detail: string];

/** Compares a report with what a plain search of the same domains found. */
export function differencesBetween(report: Report, plain: PlainResult, domains: readonly Domain[]): Difference[] {
  if (report.verdict === "gave up" || isOnlyJammed(plain)) return [];
  const found = plainVerdictOf(report);
  const intsAreBounded = report.assumes.some((clause) => clause.startsWith("ints stay within"));
  if (intsAreBounded) return [];
  if (found !== plain.verdict) return [["verdict", `the verifier says ${found}, the plain search ${plain.verdict}`]];
  // Of a domain by itself the graphs are compared.
  if (domains.length === 1) return [];
  const texts = new StateTexts(domains, report);
  return found === "refuted" ? otherDeadEnd(report, plain, texts) : otherRests(report, plain, texts);
}

/** Whether nothing goes wrong but that mailboxes are full for good: the verifier asks whether larger ones would do. */
function isOnlyJammed({ deadEnds, jams, livelock }: PlainResult): boolean {
  return jams.length > 0 && jams.length === deadEnds.length && !livelock;
}

/** The plain search has no word of its own for what gets stuck on strings that the program does not know. */
function plainVerdictOf({ verdict, findings }: Report): Report["verdict"] {
  return findings.some(({ diagnostic }) => diagnostic.code === "VED5101") ? "refuted" : verdict;
}

function otherDeadEnd({ findings }: Report, { deadEnds }: PlainResult, texts: StateTexts): Difference[] {
  const known = new Set(deadEnds.map((text) => texts.ofPlain(text)));
  return findings.flatMap((finding): Difference[] => {
    const { diagnostic, story } = finding;
    const end = story?.steps.at(-1)?.state;
    // What mailboxes as large as a host's come to is beyond the plain search.
    const isJam = diagnostic.message.includes("a mailbox is full") || story?.mailbox === defaultMailbox;
    if (diagnostic.code !== "VED5001" || isJam || isEndless(finding) || end === undefined || known.has(texts.of(end))) return [];
    return [["dead end", `${texts.of(end)} is no dead end of the plain search, but ${some(known)}`]];
  });
}

/** Whether in a story deliveries go on for ever: when anything else has its turn, the host decides. */
export function isEndless({ story }: VerifyFinding): boolean {
  return story?.steps.some(({ consequences }) => consequences.some(({ text }) => text === "and so on")) === true;
}

function otherRests({ rests }: Report, plain: PlainResult, texts: StateTexts): Difference[] {
  const found = new Set(rests.flatMap(({ states }) => states.map((state) => texts.of(state))));
  const expected = new Set(plain.rests.map((text) => texts.ofPlain(text)));
  const only = [...found].filter((text) => !expected.has(text));
  const missing = [...expected].filter((text) => !found.has(text));
  if (only.length === 0 && missing.length === 0) return [];
  return [["rests", `only the verifier has ${some(only)}; only the plain search ${some(missing)}`]];
}

function some(texts: Iterable<string>): string {
  return [...texts].slice(0, 3).join(" and ") || "none";
}

/**
 * Texts of states that depend neither on which strings they are that a domain does not know, nor on which int of an interval was
 * observed, nor on fields that it does not read.
 */
class StateTexts {
  readonly #read: ReadonlyMap<string, ReadonlySet<string>>;
  readonly #known: ReadonlyMap<string, ReadonlySet<unknown>>;

  readonly #observed: Report["inputs"];

  constructor(domains: readonly Domain[], { inputs }: Report) {
    this.#observed = inputs;
    this.#read = new Map(domains.map((domain) => [domain.name, new Set(allExpressions(domain).flatMap(fieldsIn))]));
    this.#known = new Map(domains.map((domain) => [domain.name, new Set(literalsOf(domain))]));
  }

  /** Gives the text of a state as the verifier gives it. */
  of(state: State): string {
    const sorted = Object.entries(state).sort(([a], [b]) => (a < b ? -1 : 1));
    const named = sorted.flatMap(([path, value]) =>
      this.#isRead(path) ? [[withKnownKey(path), this.#isStranger(path, value) ? "?" : this.#intervalOf(path, value)]] : [],
    );
    return JSON.stringify(Object.fromEntries(named));
  }

  /** Gives the text of a state as the plain search gives it: the fields of each instance. */
  ofPlain(text: string): string {
    // It wrote this text.
    const instances = JSON.parse(text) as Readonly<Record<string, State>>;
    const fields = Object.entries(instances).flatMap(([name, state]) =>
      Object.entries(state).map(([field, value]) => [`${name}.${field}`, value] as const),
    );
    return this.of(Object.fromEntries(fields));
  }

  /** @param path as `Worker/default.done` */
  #isRead(path: string): boolean {
    const [domain = ""] = path.split("/");
    const field = path.slice(path.lastIndexOf(".") + 1);
    // What an instance is called stands before its fields.
    return field !== "self" && this.#read.get(domain)?.has(field) === true;
  }

  /** As `k` is only ever a key, no search has to know it. */
  #isStranger(path: string, value: unknown): boolean {
    const [domain = ""] = path.split("/");
    if (typeof value !== "string" || value === "k") return value === "k";
    const observed = this.#observed[`${domain}.${path.slice(path.lastIndexOf(".") + 1)}`];
    // What is never compared with a field is one of all the others there.
    const own = Object.entries(this.#observed).filter(([field]) => field.startsWith(`${domain}.`));
    const values = observed ?? own.flatMap(([, each]) => each).filter((each) => typeof each === "string");
    const isCompared = values.length === 0 || (values.includes(value) && !isOther(value));
    return !isCompared || this.#known.get(domain)?.has(value) !== true;
  }

  /** Gives for an observed int that is compared with nothing by itself the place where it lies, and else the value. */
  #intervalOf(path: string, value: unknown): unknown {
    const [domain = ""] = path.split("/");
    const values = this.#observed[`${domain}.${path.slice(path.lastIndexOf(".") + 1)}`];
    if (typeof value !== "number" || values === undefined) return value;
    const ints = values.filter((each) => typeof each === "number");
    // The verifier looks at what is next to a constant on both sides.
    const constants = ints.filter((each) => ints.includes(each - 1) && ints.includes(each + 1));
    return constants.includes(value) ? value : `above ${constants.filter((each) => each < value).length} constants`;
  }
}

/** Names an instance that nobody starts or writes to by its name as one of many: there is one of its domain at most. */
function withKnownKey(path: string): string {
  return path.replace(/^(\w+)\/(?!default\.|k\.)[^.]*\./, "$1/?.");
}

/** Whether the verifier calls a string like this that the program does not know. */
function isOther(value: string): boolean {
  return /^other( \d+)?$/.test(value);
}
