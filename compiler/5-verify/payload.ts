import type { Domain, Expression, Field, Handler, Statement } from "../2-check/program.js";

// What handlers are told comes from outside, as observations do: an adapter's answer, the message of an error. To find the
// values that matter, each is taken for a field that is observed.

/** The name of the field that stands for what a handler is told. No program can spell it. */
export function payloadName({ effect, outcome }: Pick<Handler, "effect" | "outcome">): string {
  return `on ${effect} ${outcome}`;
}

/** The domain with fields in the places of what its handlers are told. */
export function withPayloadFields(domain: Domain): Domain {
  const heeding = domain.handlers.filter(({ parameter }) => parameter !== null);
  if (heeding.length === 0) return domain;
  const fields = heeding.map((handler): Field => {
    const { type, members } = handler.parameter ?? { type: "string" as const };
    const initial = members?.[0] ?? (type === "int" ? 0 : type === "bool" ? false : "");
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
  const handlers = domain.handlers.map((handler) => ({
    ...handler,
    body: handler.body.map((each) => inStatement(each, handler)),
  }));
  return { ...domain, fields: [...domain.fields, ...fields], handlers };
}

function inStatement(statement: Statement, handler: Handler): Statement {
  const within = (expression: Expression) => inExpression(expression, handler);
  switch (statement.kind) {
    case "assign":
      return { ...statement, value: within(statement.value) };
    case "emit":
    case "send":
    case "broadcast":
      return statement;
    case "if": {
      const inner = (body: readonly Statement[]) => body.map((each) => inStatement(each, handler));
      const branches = statement.branches.map(({ condition, body }) => ({ condition: within(condition), body: inner(body) }));
      return { ...statement, branches, otherwise: statement.otherwise === null ? null : inner(statement.otherwise) };
    }
  }
}

function inExpression(expression: Expression, handler: Handler): Expression {
  const within = (operand: Expression) => inExpression(operand, handler);
  switch (expression.kind) {
    case "parameter": {
      const { type, span, members } = expression;
      const read = { kind: "field" as const, field: payloadName(handler), type, span };
      return members === undefined ? read : { ...read, members };
    }
    case "unary":
      return { ...expression, operand: within(expression.operand) };
    case "binary":
      return { ...expression, left: within(expression.left), right: within(expression.right) };
    case "logical":
      return { ...expression, operands: expression.operands.map(within) };
    case "literal":
    case "field":
    case "timed":
      return expression;
  }
}
