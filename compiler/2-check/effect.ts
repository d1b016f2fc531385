import type * as ast from "../1-parse/ast.js";
import type { Findings } from "../diagnostics/diagnostic.js";
import { suggest } from "../diagnostics/suggest.js";
import { rangeText, type TypeRef, withArticle } from "../language/type.js";
import type { Passed, Returned, Use } from "./effect-uses.js";
import type { Effect, Parameter } from "./program.js";
import type { Signature } from "./signature.js";

/** An effect as the whole file agrees on it. */
export type Described = Omit<Effect, "contract">;

/** A signature, and the domain that it stands in; null: it stands beside the domains. */
interface Declared {
  readonly signature: Signature;
  readonly domain: ast.DomainNode | null;
}

/** The effects of a file: a signature says what the arguments of each are, or else its first use, and all others must agree. */
export class Effects {
  readonly #signatures = new Map<string, Declared>();
  readonly #uses = new Map<string, Use[]>();
  readonly #returns = new Map<string, Returned>();
  readonly #described = new Map<string, Described>();
  readonly #findings: Findings;

  constructor(findings: Findings) {
    this.#findings = findings;
  }

  /**
   * Notes a signature, of the file or of a domain (null: of the file). Domains that each say what they expect of an effect may
   * repeat it, as long as they agree.
   */
  declare(signature: Signature, domain: ast.DomainNode | null): void {
    const { effect, span } = signature;
    const earlier = this.#signatures.get(effect);
    if (earlier !== undefined && (earlier.domain === domain || !isRepeated(earlier.signature, signature))) {
      const related = [{ span: earlier.signature.span, message: "the first one" }];
      this.#findings.report("VED2003", span, { what: `signature of \`${effect}\`` }, { related });
    } else if (!signature.isBroken) this.#signatures.set(effect, { signature, domain });
  }

  /** Gives the parameters that the signature of an effect names; none where it has no signature. */
  parametersOf(effect: string): readonly Parameter[] {
    return this.#signatures.get(effect)?.signature.parameters ?? [];
  }

  /** Notes a use and reports where it disagrees with the signature, or else with the first use. */
  add(use: Use): void {
    const name = use.path.join(".");
    const known = this.#uses.get(name);
    if (known === undefined) this.#uses.set(name, [use]);
    else known.push(use);
    const signature = this.#signatures.get(name)?.signature;
    if (signature !== undefined) this.#compare(name, signature, use, "in its signature", true);
    else if (known?.[0] !== undefined) this.#compare(name, known[0], use, "where it was first used", false);
  }

  /** Notes what a handler says that the adapter returns, and reports where another one says something else. */
  addReturn(returned: Returned): void {
    const { effect, ref, span } = returned;
    const earlier = this.#returns.get(effect);
    if (earlier === undefined) this.#returns.set(effect, returned);
    else if (JSON.stringify(earlier.ref) !== JSON.stringify(ref)) {
      const related = [{ span: earlier.span, message: `${nameOf(earlier.ref)} here` }];
      this.#findings.report("VED3017", span, { effect, type: nameOf(ref), expected: nameOf(earlier.ref) }, { related: related });
    }
  }

  /** Reports signatures of what nobody emits, once every use in the file is known. */
  reportUnused(): void {
    const undeclared = [...this.#uses.keys()].filter((name) => !this.#signatures.has(name));
    for (const [effect, { signature }] of this.#signatures) {
      if (this.#uses.has(effect)) continue;
      const { span } = signature;
      this.#findings.report("VED4012", span, { effect }, { fix: suggest(effect, undeclared, span) });
    }
  }

  /** Describes the effect of this name, once every use in the file is known. */
  describe(name: string): Described {
    const described = this.#described.get(name) ?? this.#describe(name);
    this.#described.set(name, described);
    return described;
  }

  /** Gives the parameters that its signature names, or else its uses agree on. */
  #describe(name: string): Described {
    const uses = this.#uses.get(name) ?? [];
    const signature = this.#signatures.get(name)?.signature;
    const first = signature ?? uses[0] ?? { path: [name], arguments: [] };
    const named = signature?.named ?? first.arguments.some((argument) => argument.name !== null);
    const names = parameterNames(uses);
    const parameters =
      signature?.parameters ??
      first.arguments.map(({ name: key }, index) => ({
        name: key ?? names[index] ?? "value",
        ...joined(uses.flatMap((use) => argumentAt(use, key, index) ?? [])),
      }));
    return { name, path: first.path, named, parameters, returns: this.#returns.get(name)?.ref ?? null };
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
function isRepeated(earlier: Signature, { named, parameters }: Signature): boolean {
  return JSON.stringify([earlier.named, earlier.parameters]) === JSON.stringify([named, parameters]);
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
