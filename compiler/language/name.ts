import { functionRules } from "./function.js";
import { arithmeticRules, type Emission, unaryRules } from "./operator.js";

// The names that are taken: by the language, by JavaScript, and by what generated modules import, export and call their own.

/** The words of the language that cannot be names anywhere. */
export const reservedWords = ["true", "false", "if", "else", "emit", "send"] as const;

/** The word for the instance's own key: no field, parameter or constant can be called so. */
export const ownKey = "self";

/** The one name that no JavaScript object can hold safely. */
export const forbiddenName = "__proto__";

const javaScriptWords =
  `arguments await break case catch class const continue debugger default delete do else enum eval export extends false finally for
  function if implements import in instanceof interface let new null package private protected public return static super switch
  this throw true try typeof undefined var void while with yield NaN Infinity Object Partial`.split(/\s+/);

const emissions: readonly Emission[] = [...arithmeticRules, ...Object.values(unaryRules), ...functionRules].map(
  ({ emission }) => emission,
);

/** The function of the runtime that faults where an int is not in its range. */
export const rangeCheck = "ranged";

/** The functions of the runtime that operations are written as. */
export const runtimeOperations: readonly string[] = [
  ...new Set([...emissions.flatMap((emission) => ("call" in emission ? [emission.call] : [])), rangeCheck]),
].sort();

/** The objects of JavaScript that operations are written with. */
const javaScriptObjects = emissions.flatMap((emission) => ("builtIn" in emission ? emission.builtIn.split(".").slice(0, 1) : []));

/** The functions that generated modules import from the runtime beside those. */
export const runtimeValues = [
  "broadcast",
  "contracts",
  "defineDomain",
  "defineSystem",
  "durations",
  "emit",
  "handlers",
  "send",
  "sendHigh",
] as const;

/** The types that generated modules import from the runtime. */
export const runtimeTypes = ["Domain", "EffectCall", "Intent", "Send", "StartSystem"] as const;

/** What every generated module exports beside its domains. */
export const moduleExports = [
  "EffectCall",
  "EventOf",
  "KernelEvent",
  "ObservationError",
  "OutcomeUnknown",
  "Status",
  "StatusOf",
  "VedFault",
] as const;

/** What a module with several domains exports beside them. */
export const startName = "start";

/** The names that the functions of a domain use for themselves. */
const localNames = ["state", "intents", "sends", "writes", "emits", "call", "left"];

const moduleNames = new Set<string>([
  ...javaScriptWords,
  ...javaScriptObjects,
  ...runtimeOperations,
  ...runtimeValues,
  ...runtimeTypes,
]);
const functionNames = new Set<string>([...moduleNames, ...localNames]);

/** Says whether a constant of a generated module cannot be called so. */
export function isTakenInModule(name: string): boolean {
  return moduleNames.has(name);
}

/** Says whether a variable or parameter of a generated function cannot be called so. */
export function isTakenInFunction(name: string): boolean {
  return functionNames.has(name);
}
