import type { Place, Way } from "./chart.js";
import type { Drawing } from "./drawing.js";
import { linesOfWay, remarkOn, textOfPlace } from "./labels.js";

/** Charts as a Mermaid flowchart, a subgraph for each domain. */
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
  const { places, ways, domain } = drawing.chart;
  const names = new Map(places.map(({ id }, index) => [id, `${prefix}p${index}`]));
  const remark = remarkOn(drawing.chart);
  const start = places.find(({ isInitial }) => isInitial);
  return [
    `  subgraph ${prefix}["${escaped(domain)}"]`,
    ...(remark === null ? [] : [`    %% ${remark}`]),
    `    ${prefix}s(( )) --> ${names.get(start?.id ?? "")}`,
    ...places.map((place) => `    ${names.get(place.id)}${shape(place, drawing)}:::${place.kind}`),
    ...ways.map((way) => `    ${names.get(way.from)} ${arrow(way)} ${names.get(way.to)}`),
    "  end",
  ];
}

function shape(place: Place, { description }: Drawing): string {
  const { title, lines } = textOfPlace(place, description);
  const text = [`<b>${escaped(title)}</b>`, ...lines.map(escaped)].join("<br>");
  return place.kind === "rest" ? `(["${text}"])` : `["${text}"]`;
}

function arrow(way: Way): string {
  const label = linesOfWay(way).map(escaped).join("<br>");
  return way.kind === "transition" ? `-->|"${label}"|` : `-.->|"${label}"|`;
}

/** As Mermaid wants it inside quotes. */
function escaped(text: string): string {
  return text.replace(/[&<>"#`|\\[\]{}()]/g, (sign) => `#${sign.charCodeAt(0)};`);
}
