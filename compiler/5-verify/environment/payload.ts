import type { Domain, Expression, Field, Handler, Parameter } from "../../2-check/program.js";
import { mapExpressions, mapOperands } from "../../2-check/traverse.js";
import { defaultOf, typeOnly } from "../../language/type.js";
import { unreachable } from "../../language/unreachable.js";

// The payloads of handlers and the parameters of messages come from outside, as observations do: an adapter's answer, the message of an
// error, what another domain or a host sends. To find the values that matter, each is taken for a field that is observed.

/** How the names of fields begin that stand for payloads. No program can spell one. */
export const payloadPrefix = "on ";

/** Names the field that stands for the payload of a handler. */
export function payloadName({ effect, outcome }: Pick<Handler, "effect" | "outcome">): string {
  return `${payloadPrefix}${effect} ${outcome}`;
}

/** Names the field that stands for what a message gives for a parameter. */
export function argumentName(message: string, parameter: string): string {
  return `${payloadPrefix}${message}(${parameter})`;
}

/** Gives the message of whose parameter a field stands in the place; null: it is another field. */
export function messageOf(field: string): string | null {
  return field.startsWith(payloadPrefix) && field.endsWith(")") ? field.slice(payloadPrefix.length, field.indexOf("(")) : null;
}

/** Gives the domain with fields in the places of its handlers' payloads, and of what its messages give. */
export function withPayloadFields(domain: Domain): Domain {
  const handlers = domain.handlers.map((handler) => {
    const read = reading(() => payloadName(handler));
    return { ...handler, body: mapExpressions(handler.body, read) };
  });
  const receivers = domain.receivers.map((receiver) => {
    const read = reading((parameter) => argumentName(receiver.name, parameter));
    return { ...receiver, body: mapExpressions(receiver.body, read) };
  });
  const transitions = domain.transitions.map((transition) => {
    if (transition.parameters === null) return transition;
    const read = reading((parameter) => argumentName(transition.name, parameter));
    const laterSteps = transition.laterSteps.map((step) => ({ ...step, body: mapExpressions(step.body, read) }));
    return { ...transition, body: mapExpressions(transition.body, read), laterSteps };
  });
  const fields = [
    ...domain.handlers.flatMap((handler) =>
      handler.parameter === null ? [] : [fieldFor(payloadName(handler), handler.parameter, handler)],
    ),
    ...[...domain.receivers, ...domain.transitions].flatMap((owner) =>
      (owner.parameters ?? []).map((parameter) => fieldFor(argumentName(owner.name, parameter.name), parameter, owner)),
    ),
  ];
  return fields.length === 0 ? domain : { ...domain, fields: [...domain.fields, ...fields], handlers, receivers, transitions };
}

function fieldFor(name: string, parameter: Parameter, { span, remarks }: Pick<Handler, "span" | "remarks">): Field {
  return { name, ...typeOnly(parameter), initial: defaultOf(parameter), observed: true, typeSpan: span, span, remarks };
}

function reading(nameOf: (parameter: string) => string): (expression: Expression) => Expression {
  const read = (expression: Expression): Expression => withField(mapOperands(expression, read), nameOf);
  return read;
}

/** Gives an expression, or the field in the place of a parameter. */
function withField(expression: Expression, nameOf: (parameter: string) => string): Expression {
  switch (expression.kind) {
    case "parameter": {
      const { span, parameter } = expression;
      return { kind: "field", field: nameOf(parameter), ...typeOnly(expression), span };
    }
    case "literal":
    case "field":
    case "timed":
    case "unary":
    case "arithmetic":
    case "comparison":
    case "logical":
    case "call":
    case "ranged":
      return expression;
    default:
      return unreachable(expression);
  }
}
