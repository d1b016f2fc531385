import type { Explainer } from "../explanation.js";
import { explainBlock } from "./blocks.js";
import { explainCall } from "./calls.js";
import { explainDeclaration, explainPlace } from "./declarations.js";
import { explainField } from "./fields.js";
import { explainName, explainQuotedEffect } from "./names.js";
import { explainAssignment, explainIncrement, explainOperator } from "./operators.js";
import { explainStatement } from "./statements.js";
import { explainCollection, explainMarkedString, explainNull, explainTernary } from "./values.js";

/** The mistakes that are known, in the order in which they are thought of: the first that fits explains a failure. */
export const explainers: readonly Explainer[] = [
  explainStatement,
  explainName,
  explainQuotedEffect,
  explainMarkedString,
  explainTernary,
  explainIncrement,
  explainNull,
  explainField,
  explainCollection,
  explainBlock,
  explainAssignment,
  explainOperator,
  explainCall,
  explainDeclaration,
  explainPlace,
];
