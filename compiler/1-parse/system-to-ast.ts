import type * as ast from "./ast.js";
import { convert, convertAll, convertOptional, nameInQuotes, spanOf, spanTo, stringLiteral } from "./convert.js";
import type { VedActionDict } from "./ved.ohm-bundle.js";

/** What becomes of what domains say to each other, of what starts, and of what is imported. */
export const systemActions: VedActionDict<unknown> = {
  Import(_, _open, names, _comma, _close, _from, path): ast.ImportNode {
    return { kind: "import", names: convert<ast.Name[]>(names), from: stringLiteral(path), span: spanOf(this) };
  },

  System(_, name, _open, _separators, starts, _close): ast.SystemNode {
    return { kind: "system", name: convert<ast.Name>(name), starts: convertAll<ast.StartNode>(starts), span: spanOf(this) };
  },
  Start(word, _domain, name, key, fields, _separators): ast.StartNode {
    return {
      kind: "start",
      domain: convert<ast.Name>(name),
      key: convertOptional<ast.ExpressionNode>(key),
      fields: convertOptional<ast.StartFieldNode[]>(fields) ?? [],
      span: spanTo(word, fields.children[0] ?? key.children[0] ?? name),
    };
  },
  StartState: (_open, _separators, fields, _close) => convertAll<ast.StartFieldNode>(fields),
  StartField(name, _, value, _separators): ast.StartFieldNode {
    return {
      kind: "startField",
      name: convert<ast.Name>(name),
      value: convert<ast.ExpressionNode>(value),
      span: spanTo(name, value),
    };
  },
  Key: (_open, key, _close) => convert(key),

  Receiver_event(word, scope, _colons, name, block): ast.ReceiverNode {
    const event = { start: scope.source.startIdx, end: name.source.endIdx };
    return {
      kind: "receiver",
      message: { kind: "event", scope: convert<ast.Name>(scope), name: convert<ast.Name>(name), span: event },
      parameters: [],
      body: convert<ast.StatementNode[]>(block),
      span: spanTo(word, block),
    };
  },
  Receiver_message(word, name, parameters, block): ast.ReceiverNode {
    return {
      kind: "receiver",
      message: convert<ast.Name>(name),
      parameters: convertOptional<ast.ParameterNode[]>(parameters) ?? [],
      body: convert<ast.StatementNode[]>(block),
      span: spanTo(word, block),
    };
  },
  Parameters: (_open, parameters, _comma, _close) => convert(parameters),

  Send_message(word, target, key, message, args): ast.SendNode {
    return {
      kind: "send",
      target: convert<ast.Name>(target),
      key: convertOptional<ast.ExpressionNode>(key),
      message: convert<ast.Name>(message),
      arguments: convertOptional<ast.ExpressionNode[]>(args) ?? [],
      isHigh: word.sourceString === "send_high",
      span: spanOf(this),
    };
  },
  Send_older(word, _open, target, _comma, message, _second, args, _last, _close): ast.SendNode {
    return {
      kind: "send",
      target: nameInQuotes(target),
      key: null,
      message: nameInQuotes(message),
      arguments: convertOptional<ast.ExpressionNode[]>(args) ?? [],
      isHigh: word.sourceString === "send_high",
      span: spanOf(this),
    };
  },
  Arguments: (_open, args, _comma, _close) => convert(args),
};
