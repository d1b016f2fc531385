import type * as ast from "../1-parse/ast.js";
import type { TypeRef } from "../language/type.js";
import type { Context } from "./context.js";
import { reportDuplicates, reportForbidden } from "./names.js";
import { reportOwnKey } from "./own-key.js";
import type { Parameter } from "./program.js";
import { reportShadowing } from "./terms.js";
import { checkType } from "./type.js";

/** Parameters and the context in which they can be read; `own` is null when something in them was reported. */
export interface Parameters {
  readonly own: readonly Parameter[] | null;
  readonly inner: Context;
}

/** Checks a parameter list. */
export function checkParameters(nodes: readonly ast.ParameterNode[], context: Context): Parameters {
  const { findings } = context;
  const names = nodes.map(({ name }) => name);
  reportForbidden(names, findings);
  reportOwnKey(names, findings);
  reportDuplicates("parameter", names, findings);
  reportShadowing(names, context, findings);
  const types = new Map<string, TypeRef | null>(
    nodes.map(({ name, type }) => [name.text, checkType(type, context.vocabulary, findings)]),
  );
  const own = [...types].flatMap(([name, ref]) => (ref === null ? [] : { name, ...ref }));
  return { own: own.length < nodes.length ? null : own, inner: { ...context, parameters: types } };
}
