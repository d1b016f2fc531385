import type { Findings, Span } from "../diagnostics/diagnostic.js";
import { ownKey } from "../language/name.js";
import { type TypeRef, typeOnly } from "../language/type.js";
import type { EffectTable, Surroundings } from "./context.js";
import { type Argument, type Expression, membersOf } from "./program.js";
import { fitted } from "./range.js";

/** One `emit` of an effect, or its signature. */
export interface Use {
  readonly path: readonly string[];
  readonly arguments: readonly Passed[];
  readonly span: Span;
}

/** An argument, as far as others must agree with it. */
export interface Passed {
  /** Null where it is given by position. */
  readonly name: string | null;
  readonly ref: TypeRef;
  readonly span: Span;
  /** Its type is a union, and not merely a string that is known. */
  readonly isUnion: boolean;
  /** The field that is passed as it stands; null: something else. */
  readonly field: string | null;
}

/** What a handler says that an adapter returns. */
export interface Returned {
  readonly effect: string;
  readonly ref: TypeRef;
  readonly span: Span;
}

/** What a domain has to do with effects, in order: what others say of the same effects is compared with it later. */
export class EffectUses implements EffectTable {
  readonly uses: Use[] = [];
  readonly returns: Returned[] = [];

  constructor(
    private readonly around: Surroundings,
    private readonly findings: Findings,
  ) {}

  fitted(path: readonly string[], args: readonly Argument[]): readonly Argument[] | null {
    const declared = this.around.parametersOf(path.join("."));
    const fit = args.flatMap(({ name, value }, index) => {
      const parameter = name === null ? declared[index] : declared.find((each) => each.name === name);
      const own = fitted(parameter?.name ?? "", parameter?.range, value, { findings: this.findings });
      return own === null ? [] : [{ name, value: own }];
    });
    return fit.length < args.length ? null : fit;
  }

  add(path: readonly string[], args: readonly Argument[], span: Span): void {
    const passed = args.map(({ name, value }) => ({
      name,
      ref: refOf(value),
      span: value.span,
      isUnion: value.members !== undefined,
      field: value.kind === "field" && value.field !== ownKey ? value.field : null,
    }));
    this.uses.push({ path, arguments: passed, span });
  }

  addReturn(effect: string, ref: TypeRef | null, span: Span): void {
    if (ref !== null) this.returns.push({ effect, ref: typeOnly(ref), span });
  }
}

function refOf(value: Expression): TypeRef {
  const members = membersOf(value);
  return members === null ? { type: value.type } : { type: value.type, members };
}
