import type { Domain, Expression, Field, Handler } from "../2-check/program.js";
import { mapExpressions, mapOperands } from "../2-check/traverse.js";
import { defaultOf } from "../language/type.js";
import { unreachable } from "../language/unreachable.js";

// The payloads of handlers come from outside, as observations do: an adapter's answer, the message of an error. To find the
// values that matter, each is taken for a field that is observed.

/** The name of the field that stands for the payload of a handler. No program can spell it. */
export function payloadName({ effect, outcome }: Pick<Handler, "effect" | "outcome">): string {
  return `on ${effect} ${outcome}`;
}

/** The domain with fields in the places of its handlers' payloads. */
export function withPayloadFields(domain: Domain): Domain {
  const heeding = domain.handlers.filter(({ parameter }) => parameter !== null);
  if (heeding.length === 0) return domain;
  const fields = heeding.map((handler): Field => {
    const { type, members } = handler.parameter ?? { type: "string" as const };
    const initial = defaultOf(handler.parameter ?? { type });
    const declared = {
      name: payloadName(handler),
      type,
      initial,
      observed: true,
      typeSpan: handler.span,
      span: handler.span,
      remarks: handler.remarks,
    };
    return members === undefined ? declared : { ...declared, members };
  });
  const handlers = domain.handlers.map((handler) => {
    const read = (expression: Expression): Expression => withField(mapOperands(expression, read), handler);
    return { ...handler, body: mapExpressions(handler.body, read) };
  });
  return { ...domain, fields: [...domain.fields, ...fields], handlers };
}

/** An expression, or the field in the place of a handler's payload. */
function withField(expression: Expression, handler: Handler): Expression {
  switch (expression.kind) {
    case "parameter": {
      const { type, span, members } = expression;
      const read = { kind: "field" as const, field: payloadName(handler), type, span };
      return members === undefined ? read : { ...read, members };
    }
    case "literal":
    case "field":
    case "timed":
    case "unary":
    case "arithmetic":
    case "comparison":
    case "logical":
    case "call":
      return expression;
    default:
      return unreachable(expression);
  }
}
