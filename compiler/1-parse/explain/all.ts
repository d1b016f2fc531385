import type { Explainer } from "../explanation.js";
import { explainBlock, explainGuard, explainHead, explainNeedlessSign } from "./blocks.js";
import { explainCall, explainSend, explainUnknownStatement } from "./calls.js";
import { explainCondition, explainDeclaration, explainFunction, explainPlace } from "./declarations.js";
import { explainField } from "./fields.js";
import { explainName, explainOutcome, explainQuotedEffect, explainQuotedName } from "./names.js";
import { explainAssignment, explainIncrement, explainOperator } from "./operators.js";
import { explainStatement } from "./statements.js";
import { explainCollection, explainMarkedString, explainNull, explainPercent, explainTernary } from "./values.js";

/** The mistakes that are known, in the order in which they are thought of: the first that fits explains a failure. */
export const explainers: readonly Explainer[] = [
  explainStatement,
  explainName,
  explainOutcome,
  explainQuotedEffect,
  explainQuotedName,
  explainHead,
  explainGuard,
  explainMarkedString,
  explainTernary,
  explainIncrement,
  explainNull,
  explainPercent,
  explainFunction,
  explainField,
  explainCollection,
  explainNeedlessSign,
  explainAssignment,
  explainOperator,
  explainBlock,
  explainSend,
  explainCall,
  explainDeclaration,
  explainCondition,
  explainPlace,
  explainUnknownStatement,
];
