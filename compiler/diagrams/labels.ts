import type { DomainDescription } from "../2-check/description.js";
import { visible } from "../diagnostics/visible.js";
import { unreachable } from "../language/unreachable.js";
import type { Chart, ChartEdge, ChartNode } from "./chart.js";

/** Lines of a label are about this long. */
const width = 44;

/** More labels than this on one edge are counted. */
const maxLabels = 4;

/** A node in words: its title, and what is to be said of it. */
export interface NodeText {
  readonly title: string;
  readonly lines: readonly string[];
}

/** Gives what a node is called, and why an instance is there. */
export function textOfNode(node: ChartNode, description: DomainDescription): NodeText {
  const { title, lines } = wordsFor(node, description);
  return { title: visible(title), lines: lines.map(visible) };
}

function wordsFor({ kind, realities, enabled }: ChartNode, { goals }: DomainDescription): NodeText {
  const isOne = goals.length === 1;
  const unmet = goals.filter(({ name }) => realities[name] === null).map(({ name }) => name);
  switch (kind) {
    case "rest": {
      const held = goals.map(({ name }) => (isOne ? (realities[name] ?? "") : `${name} ${realities[name]}`));
      const conditions = goals.flatMap((goal) => goal.realities.filter(({ name }) => name === realities[goal.name]));
      const title = goals.length === 0 ? "Rests" : isOne ? `Reality ${held[0]}` : held.join(", ");
      return { title, lines: conditions.flatMap(({ condition }) => wrapped(condition)) };
    }
    case "wait":
      return { title: "Waits", lines: wrapped(`${unmet.join(", ")} does not hold, and nothing is enabled`) };
    case "work": {
      const title = enabled.length === 0 ? "Recovers" : `Recovers: ${enabled.join(", ")}`;
      const [first = "", ...rest] = wrapped(title);
      return { title: first, lines: isOne ? rest : [...rest, ...wrapped(`${unmet.join(", ")} does not hold`)] };
    }
    default:
      return unreachable(kind);
  }
}

/** Gives what leads from node to node, a line for each. */
export function linesOfEdge({ kind, labels }: ChartEdge): string[] {
  const shown = labels.slice(0, maxLabels).map((label) => visible(kind === "time" ? `${label} passes` : label));
  const more = labels.length - shown.length;
  return [...shown, ...(more > 0 ? [`… and ${more} more`] : [])];
}

/** Gives what the whole chart leaves out, in words; null: nothing. */
export function remarkOn({ isWhole, isFine }: Chart): string | null {
  if (!isWhole) return "The states are too many to look at all: there may be more nodes.";
  return isFine ? null : "Places that differ in the enabled transitions only are drawn as one.";
}

function wrapped(text: string): string[] {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const last = lines.at(-1);
    if (last === undefined || last.length + word.length >= width) lines.push(word);
    else lines[lines.length - 1] = `${last} ${word}`;
  }
  return lines;
}
