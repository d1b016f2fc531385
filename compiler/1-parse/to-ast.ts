import type { Node as OhmNode } from "ohm-js";
import type { FileNode, Name } from "./ast.js";
import { contractActions } from "./contract.js";
import { convert, convertAll, spanOf } from "./convert.js";
import { domainActions } from "./domain.js";
import { effectActions } from "./effect.js";
import { expressionActions } from "./expression.js";
import { fileActions } from "./file.js";
import grammar, { type VedSemantics } from "./generated/ved.ohm-bundle.js";
import { goalActions } from "./goal.js";
import { handlerActions } from "./handler.js";
import { importActions } from "./import.js";
import { invariantActions } from "./invariant.js";
import { laterActions } from "./later.js";
import { parameterActions } from "./parameter.js";
import { priorityActions } from "./priority.js";
import { receiverActions } from "./receiver.js";
import { sendActions } from "./send.js";
import { stateActions } from "./state.js";
import { statementActions } from "./statement.js";
import { systemActions } from "./system.js";
import { transitionActions } from "./transition.js";
import { typeActions } from "./type.js";

const semantics: VedSemantics = grammar.createSemantics();

semantics.addOperation<unknown>("toAst", {
  ...typeActions,
  ...parameterActions,
  ...expressionActions,
  ...stateActions,
  ...priorityActions,
  ...goalActions,
  ...invariantActions,
  ...contractActions,
  ...effectActions,
  ...handlerActions,
  ...receiverActions,
  ...sendActions,
  ...statementActions,
  ...transitionActions,
  ...laterActions,
  ...domainActions,
  ...systemActions,
  ...importActions,
  ...fileActions,
  name(_: OhmNode): Name {
    return { text: this.sourceString, span: spanOf(this) };
  },
  NonemptyListOf(first, _, rest) {
    return [convert(first), ...convertAll(rest)];
  },
  EmptyListOf: () => [],
});

/** Gives the syntax tree of a successful match. No Ohm node leaves this room. */
export function toAst(match: ReturnType<typeof grammar.match>): FileNode {
  return convert<FileNode>(semantics(match));
}
