import { explainDivision } from "../division.js";
import type { Explainer } from "../explanation.js";
import { explainBlock, explainGuard, explainHead, explainNeedlessSign } from "./blocks.js";
import { explainCall, explainSend, explainUnknownStatement } from "./calls.js";
import { explainTernary } from "./choices.js";
import { explainCollection } from "./collections.js";
import { explainDeclaration, explainFunction } from "./declarations.js";
import { explainCooldown, explainDuration } from "./durations.js";
import { explainEarlyOutcome, explainOutcomeAside, explainParameter, explainResult } from "./effects.js";
import { explainFieldType } from "./field-types.js";
import { explainField, explainWordBehindType } from "./fields.js";
import { explainDefaultImport, explainJson, explainSql } from "./foreign-files.js";
import { explainGoalCondition, explainInvariant, explainPredicateWord, explainWithin } from "./goals.js";
import { explainBehindName, explainModifier, explainNameless } from "./heads.js";
import { explainBang, explainSentTo } from "./messages.js";
import { explainMisspeltStatement } from "./misspelt.js";
import { explainName, explainOutcome, explainQuotedEffect, explainQuotedName } from "./names.js";
import { explainNaming } from "./naming.js";
import { explainNoOperator } from "./no-operators.js";
import { explainAssignment, explainIncrement, explainLogicalAssignment, explainOperator } from "./operators.js";
import { explainCondition, explainPlace } from "./places.js";
import { explainRange } from "./ranges.js";
import { explainRetry } from "./retries.js";
import { explainStatement } from "./statements.js";
import { explainInSystem, explainStart, explainStartState } from "./systems.js";
import { explainUnfinished } from "./unfinished.js";
import { explainUnion } from "./unions.js";
import { explainMarkedString, explainNull, explainPercent } from "./values.js";

/** The mistakes that are known, in the order in which they are thought of: the first that fits explains a failure. */
export const explainers: readonly Explainer[] = [
  explainUnfinished,
  explainJson,
  explainSql,
  explainDefaultImport,
  explainSentTo,
  explainRetry,
  explainDivision,
  explainStatement,
  explainBang,
  explainMisspeltStatement,
  explainName,
  explainOutcome,
  explainQuotedEffect,
  explainQuotedName,
  explainStart,
  explainStartState,
  explainInSystem,
  explainEarlyOutcome,
  explainOutcomeAside,
  explainParameter,
  explainResult,
  explainGoalCondition,
  explainPredicateWord,
  explainInvariant,
  explainWithin,
  explainBehindName,
  explainModifier,
  explainNameless,
  explainNeedlessSign,
  explainHead,
  explainGuard,
  explainMarkedString,
  explainTernary,
  explainIncrement,
  explainNull,
  explainPercent,
  explainFunction,
  explainNaming,
  explainCooldown,
  explainDuration,
  explainRange,
  explainCollection,
  explainFieldType,
  explainUnion,
  explainWordBehindType,
  explainField,
  explainLogicalAssignment,
  explainNoOperator,
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
