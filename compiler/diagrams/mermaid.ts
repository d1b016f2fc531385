import type { ChartEdge, ChartNode } from "./chart.js";
import type { Drawing } from "./drawing.js";
import { linesOfEdge, remarkOn, textOfNode } from "./labels.js";

/** Writes charts as a Mermaid flowchart, a subgraph for each domain. */
export function toMermaid(drawings: readonly Drawing[]): string {
  return [
    "flowchart TB",
    ...drawings.flatMap((drawing, index) => subgraph(drawing, `d${index}`)),
    "  classDef rest fill:#dcfce7,stroke:#15803d,color:#14532d",
    "  classDef work fill:#fef3c7,stroke:#b45309,color:#78350f",
    "  classDef wait fill:#fee2e2,stroke:#b91c1c,color:#7f1d1d",
    "",
  ].join("\n");
}

function subgraph(drawing: Drawing, prefix: string): string[] {
  const { nodes, edges, domain } = drawing.chart;
  const names = new Map(nodes.map(({ id }, index) => [id, `${prefix}p${index}`]));
  const remark = remarkOn(drawing.chart);
  const start = nodes.find(({ isInitial }) => isInitial);
  return [
    `  subgraph ${prefix}["${escaped(domain)}"]`,
    ...(remark === null ? [] : [`    %% ${remark}`]),
    `    ${prefix}s(( )) --> ${names.get(start?.id ?? "")}`,
    ...nodes.map((node) => `    ${names.get(node.id)}${shape(node, drawing)}:::${node.kind}`),
    ...edges.map((edge) => `    ${names.get(edge.from)} ${arrow(edge)} ${names.get(edge.to)}`),
    "  end",
  ];
}

function shape(node: ChartNode, { description }: Drawing): string {
  const { title, lines } = textOfNode(node, description);
  const text = [`<b>${escaped(title)}</b>`, ...lines.map(escaped)].join("<br>");
  return node.kind === "rest" ? `(["${text}"])` : `["${text}"]`;
}

function arrow(edge: ChartEdge): string {
  const label = linesOfEdge(edge).map(escaped).join("<br>");
  return edge.kind === "transition" ? `-->|"${label}"|` : `-.->|"${label}"|`;
}

/** Escapes a text as Mermaid wants it inside quotes. */
function escaped(text: string): string {
  return text.replace(/[&<>"#`|\\[\]{}()]/g, (sign) => `#${sign.charCodeAt(0)};`);
}
