import type { Explainer } from "../explanation.js";
import { explainBlock, explainNeedlessSign } from "./blocks.js";
import { explainCall, explainUnknownStatement } from "./calls.js";
import { explainDeclaration, explainFunction, explainPlace } from "./declarations.js";
import { explainField } from "./fields.js";
import { explainName, explainQuotedEffect, explainQuotedName } from "./names.js";
import { explainAssignment, explainIncrement, explainOperator } from "./operators.js";
import { explainStatement } from "./statements.js";
import { explainCollection, explainMarkedString, explainNull, explainTernary } from "./values.js";

/** The mistakes that are known, in the order in which they are thought of: the first that fits explains a failure. */
export const explainers: readonly Explainer[] = [
  explainStatement,
  explainName,
  explainQuotedEffect,
  explainQuotedName,
  explainMarkedString,
  explainTernary,
  explainIncrement,
  explainNull,
  explainFunction,
  explainField,
  explainCollection,
  explainNeedlessSign,
  explainAssignment,
  explainOperator,
  explainBlock,
  explainCall,
  explainDeclaration,
  explainPlace,
  explainUnknownStatement,
];
