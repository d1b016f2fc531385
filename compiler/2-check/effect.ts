import type * as ast from "../1-parse/ast.js";
import type { Findings, Span } from "../diagnostics/diagnostic.js";
import { suggest } from "../diagnostics/suggest.js";
import { ownKey } from "../language/name.js";
import { rangeText, type TypeRef, typeOnly, withArticle } from "../language/type.js";
import type { EffectTable, Vocabulary } from "./context.js";
import { pathText } from "./expression.js";
import { reportDuplicates, reportForbidden } from "./names.js";
import { reportOwnKey } from "./own-key.js";
import { type Argument, type Contract, type Effect, type Expression, membersOf, type Parameter } from "./program.js";
import { fitted } from "./range.js";
import { checkType } from "./type.js";

/** One `emit` of an effect, or its signature. */
interface Use {
  readonly path: readonly string[];
  readonly arguments: readonly Passed[];
  readonly span: Span;
}

/** An argument, as far as others must agree with it. */
interface Passed {
  /** Null where it is given by position. */
  readonly name: string | null;
  readonly ref: TypeRef;
  readonly span: Span;
  /** Its type is a union, and not merely a string that is known. */
  readonly isUnion: boolean;
  /** The field that is passed as it stands; null: something else. */
  readonly field: string | null;
}

interface Signature extends Use {
  /** Where it stands; null: beside the domains. */
  readonly domain: ast.DomainNode | null;
  readonly named: boolean;
  readonly parameters: readonly Parameter[];
}

interface Returned {
  readonly ref: TypeRef;
  readonly span: Span;
}

/** The effects of a file: a signature says what the arguments of each are, or else its first use, and all others must agree. */
export class Effects implements EffectTable {
  readonly #signatures = new Map<string, Signature>();
  readonly #uses = new Map<string, Use[]>();
  readonly #returns = new Map<string, Returned>();
  readonly #findings: Findings;

  constructor(findings: Findings) {
    this.#findings = findings;
  }

  /**
   * Notes a signature, of the file or of a domain (null: of the file). Domains that each say what they expect of an effect may
   * repeat it, as long as they agree.
   */
  declare(node: ast.EffectNode, domain: ast.DomainNode | null, vocabulary: Vocabulary): void {
    const findings = this.#findings;
    const name = pathText(node.path);
    const names = node.parameters.map((parameter) => parameter.name);
    reportForbidden([...node.path.names, ...names], findings);
    reportOwnKey(names, findings);
    reportDuplicates("parameter", names, findings);
    const types = node.parameters.map(({ type }) => checkType(type, vocabulary, findings));
    const parameters = node.parameters.map((each, index) => ({
      name: each.name.text,
      ...(types[index] ?? { type: "int" as const }),
    }));
    const earlier = this.#signatures.get(name);
    if (earlier !== undefined && (earlier.domain === domain || !isRepeated(earlier, node.named, parameters))) {
      findings.report(
        "VED2003",
        node.path.span,
        { what: `signature of \`${name}\`` },
        { related: [{ span: earlier.span, message: "the first one" }] },
      );
      return;
    }
    // Where a type is wrong, which was reported, nothing more is said of the effect.
    if (types.includes(null)) return;
    const passed = parameters.map(({ name: key, ...ref }, index) => ({
      name: node.named ? key : null,
      ref,
      span: node.parameters[index]?.span ?? node.span,
      isUnion: ref.members !== undefined,
      field: null,
    }));
    const path = node.path.names.map(({ text }) => text);
    this.#signatures.set(name, { domain, path, named: node.named, parameters, arguments: passed, span: node.path.span });
  }

  /** Fits the arguments of a use into the ranges that the signature says; null where one can never be in it, which is reported. */
  fitted(path: readonly string[], args: readonly Argument[]): readonly Argument[] | null {
    const declared = this.#signatures.get(path.join("."))?.parameters ?? [];
    const fit = args.flatMap(({ name, value }, index) => {
      const parameter = name === null ? declared[index] : declared.find((each) => each.name === name);
      const own = fitted(parameter?.name ?? "", parameter?.range, value, { findings: this.#findings });
      return own === null ? [] : [{ name, value: own }];
    });
    return fit.length < args.length ? null : fit;
  }

  /** Notes a use and reports where it disagrees with the signature, or else with the first use. */
  add(path: readonly string[], args: readonly Argument[], span: Span): void {
    const name = path.join(".");
    const passed = args.map(({ name: key, value }) => ({
      name: key,
      ref: refOf(value),
      span: value.span,
      isUnion: value.members !== undefined,
      field: value.kind === "field" && value.field !== ownKey ? value.field : null,
    }));
    const use: Use = { path, arguments: passed, span };
    const known = this.#uses.get(name) ?? [];
    this.#uses.set(name, [...known, use]);
    const signature = this.#signatures.get(name);
    if (signature !== undefined) this.#compare(name, signature, use, "in its signature", true);
    else if (known[0] !== undefined) this.#compare(name, known[0], use, "where it was first used", false);
  }

  /** Notes what a handler says that the adapter returns; null: nothing in particular. */
  addReturn(effect: string, ref: TypeRef | null, span: Span): void {
    if (ref === null) return;
    const earlier = this.#returns.get(effect);
    if (earlier === undefined) this.#returns.set(effect, { ref: typeOnly(ref), span });
    else if (JSON.stringify(earlier.ref) !== JSON.stringify(typeOnly(ref))) {
      const related = [{ span: earlier.span, message: `${nameOf(earlier.ref)} here` }];
      this.#findings.report("VED3017", span, { effect, type: nameOf(ref), expected: nameOf(earlier.ref) }, { related: related });
    }
  }

  /** Reports signatures of what nobody emits, once every use in the file is known. */
  reportUnused(): void {
    const undeclared = [...this.#uses.keys()].filter((name) => !this.#signatures.has(name));
    for (const [effect, { span }] of this.#signatures) {
      if (this.#uses.has(effect)) continue;
      this.#findings.report("VED4012", span, { effect }, { fix: suggest(effect, undeclared, span) });
    }
  }

  /** Describes the effect of this name, with the parameters that its signature names, or else its uses agree on. */
  describe(name: string, contract: Contract | null): Effect {
    const uses = this.#uses.get(name) ?? [];
    const signature = this.#signatures.get(name);
    const first = signature ?? uses[0] ?? { path: [name], arguments: [] };
    const named = signature?.named ?? first.arguments.some((argument) => argument.name !== null);
    const names = parameterNames(uses);
    const parameters =
      signature?.parameters ??
      first.arguments.map(({ name: key }, index) => ({
        name: key ?? names[index] ?? "value",
        ...joined(uses.flatMap((use) => argumentAt(use, key, index) ?? [])),
      }));
    return { name, path: first.path, named, parameters, returns: this.#returns.get(name)?.ref ?? null, contract };
  }

  #compare(effect: string, first: Use, use: Use, where: string, isExact: boolean): void {
    const related = [{ span: first.span, message: isExact ? "its signature" : "first used here" }];
    const [expected, found] = [first.arguments.length, use.arguments.length];
    if (expected !== found) {
      const values = { effect, found: count(found), expected: count(expected), where };
      this.#findings.report("VED3006", use.span, values, { related: related });
      return;
    }
    const names = (of: Use) => of.arguments.flatMap((argument) => argument.name ?? []).sort();
    if (names(first).join() !== names(use).join()) {
      const shown = (of: Use) =>
        names(of).length === 0
          ? "by position"
          : names(of)
              .map((key) => `\`${key}\``)
              .join(", ");
      this.#findings.report(
        "VED3008",
        use.span,
        { effect, found: shown(use), expected: shown(first), where },
        { related: related },
      );
      return;
    }
    first.arguments.forEach((argument, index) => {
      const other = argumentAt(use, argument.name, index);
      if (other === undefined || agrees(other.ref, argument.ref, isExact)) return;
      const values = { effect, type: named(other), expected: named(argument), where };
      const there = [{ span: argument.span, message: `${named(argument)} here` }];
      this.#findings.report("VED3007", other.span, values, { related: there });
    });
  }
}

/** Says whether a signature repeats one before it. */
function isRepeated(earlier: Signature, named: boolean, parameters: readonly Parameter[]): boolean {
  return JSON.stringify([earlier.named, earlier.parameters]) === JSON.stringify([named, parameters]);
}

function refOf(value: Expression): TypeRef {
  const members = membersOf(value);
  return members === null ? { type: value.type } : { type: value.type, members };
}

function nameOf({ type, members, range }: TypeRef): string {
  if (range !== undefined) return `${withArticle(type)} ${rangeText(range)}`;
  return members === undefined ? withArticle(type) : members.map((member) => JSON.stringify(member)).join(" | ");
}

/** Names the type of an argument in a sentence; a string that is known is a string. */
function named({ ref, isUnion }: Passed): string {
  return isUnion ? nameOf(ref) : withArticle(ref.type);
}

/** Says whether an argument may stand where another stands; a signature also says which strings. */
function agrees(ref: TypeRef, wanted: TypeRef, isExact: boolean): boolean {
  if (ref.type !== wanted.type) return false;
  const { members } = wanted;
  return !isExact || members === undefined || (ref.members?.every((member) => members.includes(member)) ?? false);
}

function argumentAt(use: Use, name: string | null, index: number): Passed | undefined {
  return name === null ? use.arguments[index] : use.arguments.find((argument) => argument.name === name);
}

/** Gives a type for all that is passed in one place: a union where all that is passed is known to be in one. */
function joined(passed: readonly Passed[]): TypeRef {
  const [first] = passed;
  const type = first?.ref.type ?? "int";
  const isUnion = passed.some((each) => each.isUnion) && passed.every(({ ref }) => ref.members !== undefined);
  return isUnion ? { type, members: [...new Set(passed.flatMap(({ ref }) => ref.members ?? []))] } : { type };
}

function count(number: number): string {
  return number === 1 ? "1 argument" : `${number} arguments`;
}

/** Names each parameter after the field that every use passes there, or by its place; no two are called alike. */
function parameterNames(uses: readonly Use[]): string[] {
  const positions = (uses[0]?.arguments ?? []).map((_, index) => index);
  const byPosition = positions.map((index) => (positions.length === 1 ? "value" : `value${index + 1}`));
  const names = positions.map((index) => commonField(uses, index) ?? byPosition[index] ?? "value");
  return new Set(names).size === names.length ? names : byPosition;
}

function commonField(uses: readonly Use[], index: number): string | null {
  const fields = uses.map((use) => use.arguments[index]?.field ?? null);
  const [field] = fields;
  return field && fields.every((other) => other === field) ? field : null;
}
