import { at } from "../language/at.js";
import { arithmeticRules, comparisonRules, logicalRules } from "../language/operator.js";

/** An operator between two operands, and where it stands. */
export interface Infix {
  readonly text: string;
  readonly start: number;
}

/** Operands, and the operators between them, in the order in which they are written. */
export interface Row<T> {
  readonly operands: readonly T[];
  readonly operators: readonly Infix[];
}

const levels: ReadonlyMap<string, number> = new Map(
  [...Object.values(logicalRules), ...comparisonRules, ...arithmeticRules].map((rule) => [rule.operator, rule.precedence]),
);

/**
 * Makes a tree of a row: what binds more loosely is above what binds more tightly.
 * @param join makes one operand of several, and of the operators of one level between them
 */
export function treeOf<T>(row: Row<T>, join: (joined: Row<T>) => T): T {
  if (row.operators.length === 0) return at(row.operands, 0);
  const loosest = Math.min(...new Set(row.operators.map(levelOf)));
  const isLoosest = (operator: Infix) => levelOf(operator) === loosest;
  const operands = splitAt(row, isLoosest).map((part) => treeOf(part, join));
  return join({ operands, operators: row.operators.filter(isLoosest) });
}

function levelOf({ text }: Infix): number {
  // The grammar lets nothing through that is not in the tables.
  return levels.get(text) as number;
}

/** Cuts a row into those between some of its operators. */
function splitAt<T>({ operands, operators }: Row<T>, isCut: (operator: Infix) => boolean): Row<T>[] {
  const cuts = operators.flatMap((operator, index) => (isCut(operator) ? [index] : []));
  return [...cuts, operators.length].map((end, index) => {
    const start = (cuts[index - 1] ?? -1) + 1;
    return { operands: operands.slice(start, end + 1), operators: operators.slice(start, end) };
  });
}
