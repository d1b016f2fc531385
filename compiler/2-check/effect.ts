import type { Findings, Span } from "../diagnostics/diagnostic.js";
import { withArticle } from "./expression.js";
import type { Argument, Effect } from "./program.js";

/** One `emit` of an effect. */
interface Use {
  readonly path: readonly string[];
  readonly arguments: readonly Argument[];
  readonly span: Span;
}

/** The effects of a file: the first use of each says what its arguments are, and all others must agree. */
export class EffectUses {
  readonly #uses = new Map<string, Use[]>();

  constructor(private readonly findings: Findings) {}

  /** Notes a use and reports where it disagrees with the first. */
  add(use: Use): void {
    const name = use.path.join(".");
    const known = this.#uses.get(name);
    if (known === undefined) {
      this.#uses.set(name, [use]);
      return;
    }
    known.push(use);
    if (known[0] !== undefined) this.#compare(name, known[0], use);
  }

  /** The effect of this name with the parameters that its uses agree on. */
  describe(name: string): Effect {
    const uses = this.#uses.get(name) ?? [];
    const first = uses[0] ?? { path: [name], arguments: [], span: { start: 0, end: 0 } };
    const named = first.arguments.some((argument) => argument.name !== null);
    const names = parameterNames(uses);
    const parameters = first.arguments.map(({ name: key, value }, index) => ({
      name: key ?? names[index] ?? "value",
      type: value.type,
    }));
    return { name, path: first.path, named, parameters };
  }

  #compare(effect: string, first: Use, use: Use): void {
    const related = [{ span: first.span, message: "first used here" }];
    const [expected, found] = [first.arguments.length, use.arguments.length];
    if (expected !== found) {
      const values = { effect, found: count(found), expected: count(expected) };
      this.findings.report("VED3006", use.span, values, { related });
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
      this.findings.report("VED3008", use.span, { effect, found: shown(use), expected: shown(first) }, { related });
      return;
    }
    first.arguments.forEach((argument, index) => {
      const other = argument.name === null ? use.arguments[index] : use.arguments.find(({ name }) => name === argument.name);
      if (other === undefined || other.value.type === argument.value.type) return;
      const values = { effect, type: withArticle(other.value.type), expected: withArticle(argument.value.type) };
      const place = [{ span: argument.value.span, message: `${withArticle(argument.value.type)} here` }];
      this.findings.report("VED3007", other.value.span, values, { related: place });
    });
  }
}

function count(number: number): string {
  return number === 1 ? "1 argument" : `${number} arguments`;
}

/** A parameter is called after the field that every use passes there, or by its place; no two are called alike. */
function parameterNames(uses: readonly Use[]): string[] {
  const places = (uses[0]?.arguments ?? []).map((_, index) => index);
  const byPlace = places.map((index) => (places.length === 1 ? "value" : `value${index + 1}`));
  const names = places.map((index) => commonField(uses, index) ?? byPlace[index] ?? "value");
  return new Set(names).size === names.length ? names : byPlace;
}

function commonField(uses: readonly Use[], index: number): string | null {
  const fields = uses.map((use) => {
    const value = use.arguments[index]?.value;
    return value?.kind === "field" ? value.field : null;
  });
  const [field] = fields;
  return field && fields.every((other) => other === field) ? field : null;
}
