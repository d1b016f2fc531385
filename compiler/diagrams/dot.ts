import type { ChartEdge, ChartNode, NodeKind } from "./chart.js";
import type { Drawing } from "./drawing.js";
import { linesOfEdge, remarkOn, textOfNode } from "./labels.js";

const fills: Readonly<Record<NodeKind, string>> = { rest: "#dcfce7", work: "#fef3c7", wait: "#fee2e2" };
const lines: Readonly<Record<NodeKind, string>> = { rest: "#15803d", work: "#b45309", wait: "#b91c1c" };

/**
 * Writes charts in Graphviz's DOT, a cluster for each domain where there are several. Nodes carry their kind as a class, and have
 * ids by their order in the chart: `node_0` and so on, with the domain's number before it where there are several.
 */
export function toDot(drawings: readonly Drawing[]): string {
  const isOne = drawings.length === 1;
  return [
    "digraph {",
    '  graph [rankdir=TB, bgcolor="transparent", nodesep=0.5, ranksep=0.6, fontname="Helvetica", fontsize=11]',
    '  node [shape=box, style="rounded,filled", fontname="Helvetica", fontsize=12, margin="0.2,0.12"]',
    '  edge [fontname="Helvetica", fontsize=11, color="#64748b", fontcolor="#334155"]',
    ...drawings.flatMap((drawing, index) => cluster(drawing, isOne ? "" : `${index}_`)),
    "}",
    "",
  ].join("\n");
}

function cluster(drawing: Drawing, prefix: string): string[] {
  const { chart } = drawing;
  const names = new Map(chart.nodes.map(({ id }, index) => [id, `node_${prefix}${index}`]));
  const remark = remarkOn(chart);
  const initial = chart.nodes.find(({ isInitial }) => isInitial);
  const start = `start_${prefix}`;
  const body = [
    `  ${quoted(start)} [shape=circle, style=filled, label="", width=0.14, fixedsize=true, fillcolor="#64748b", color="#64748b", class="start"]`,
    ...chart.nodes.map(
      (node) => `  ${quoted(names.get(node.id) ?? "")} ${nodeStatement(node, names.get(node.id) ?? "", drawing)}`,
    ),
    ...(initial === undefined ? [] : [`  ${quoted(start)} -> ${quoted(names.get(initial.id) ?? "")} [class="start"]`]),
    ...chart.edges.map(
      (edge) => `  ${quoted(names.get(edge.from) ?? "")} -> ${quoted(names.get(edge.to) ?? "")} ${edgeAttributes(edge)}`,
    ),
  ];
  // The line above keeps it off the lowest node; it is a space, as Graphviz breaks down on an empty one.
  if (prefix === "") return remark === null ? body : [`  label=${quoted(` \n${remark}`)}`, ...body];
  return [
    `  subgraph ${quoted(`cluster_${prefix}`)} {`,
    `  label=<${[`<b>${escaped(chart.domain)}</b>`, ...(remark === null ? [] : [escaped(remark)])].join("<br/>")}>; color="#94a3b8"`,
    ...body,
    "  }",
  ];
}

function nodeStatement(node: ChartNode, id: string, { description }: Drawing): string {
  const { title, lines: payload } = textOfNode(node, description);
  const { kind } = node;
  const label = [`<b>${escaped(title)}</b>`, ...payload.map((line) => `<font point-size="10">${escaped(line)}</font>`)].join(
    "<br/>",
  );
  const looks = `fillcolor=${quoted(fills[kind])}, color=${quoted(lines[kind])}, penwidth=${kind === "rest" ? 2 : 1}`;
  return `[id=${quoted(id)}, class=${quoted(kind)}, label=<${label}>, tooltip=${quoted(title)}, ${looks}]`;
}

function edgeAttributes(edge: ChartEdge): string {
  const style = edge.kind === "transition" ? "solid" : "dashed";
  // The spaces keep the label off the line; without a tooltip of its own, the label would be one.
  const label = linesOfEdge(edge)
    .map((line) => ` ${line} `)
    .join("\n");
  return `[class=${quoted(edge.kind)}, style=${style}, tooltip=" ", label=${quoted(label)}]`;
}

function quoted(text: string): string {
  return `"${text.replace(/["\\]/g, "\\$&").replaceAll("\n", "\\n")}"`;
}

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
