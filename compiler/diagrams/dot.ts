import type { Place, PlaceKind, Way } from "./chart.js";
import type { Drawing } from "./drawing.js";
import { linesOfWay, remarkOn, textOfPlace } from "./labels.js";

const fills: Readonly<Record<PlaceKind, string>> = { rest: "#dcfce7", work: "#fef3c7", wait: "#fee2e2" };
const lines: Readonly<Record<PlaceKind, string>> = { rest: "#15803d", work: "#b45309", wait: "#b91c1c" };

/**
 * Charts in Graphviz's DOT, a cluster for each domain where there are several. Places carry their kind as a class, and have ids
 * by their order in the chart: `place_0` and so on, with the domain's number before it where there are several.
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
  const names = new Map(chart.places.map(({ id }, index) => [id, `place_${prefix}${index}`]));
  const remark = remarkOn(chart);
  const initial = chart.places.find(({ isInitial }) => isInitial);
  const start = `start_${prefix}`;
  const body = [
    `  ${quoted(start)} [shape=circle, style=filled, label="", width=0.14, fixedsize=true, fillcolor="#64748b", color="#64748b", class="start"]`,
    ...chart.places.map((place) => `  ${quoted(names.get(place.id) ?? "")} ${node(place, names.get(place.id) ?? "", drawing)}`),
    ...(initial === undefined ? [] : [`  ${quoted(start)} -> ${quoted(names.get(initial.id) ?? "")} [class="start"]`]),
    ...chart.ways.map((way) => `  ${quoted(names.get(way.from) ?? "")} -> ${quoted(names.get(way.to) ?? "")} ${edge(way)}`),
  ];
  // The line above keeps it off the lowest place; it is a space, as Graphviz breaks down on an empty one.
  if (prefix === "") return remark === null ? body : [`  label=${quoted(` \n${remark}`)}`, ...body];
  return [
    `  subgraph ${quoted(`cluster_${prefix}`)} {`,
    `  label=<${[`<b>${escaped(chart.domain)}</b>`, ...(remark === null ? [] : [escaped(remark)])].join("<br/>")}>; color="#94a3b8"`,
    ...body,
    "  }",
  ];
}

function node(place: Place, id: string, { description }: Drawing): string {
  const { title, lines: told } = textOfPlace(place, description);
  const { kind } = place;
  const label = [`<b>${escaped(title)}</b>`, ...told.map((line) => `<font point-size="10">${escaped(line)}</font>`)].join(
    "<br/>",
  );
  const looks = `fillcolor=${quoted(fills[kind])}, color=${quoted(lines[kind])}, penwidth=${kind === "rest" ? 2 : 1}`;
  return `[id=${quoted(id)}, class=${quoted(kind)}, label=<${label}>, tooltip=${quoted(title)}, ${looks}]`;
}

function edge(way: Way): string {
  const style = way.kind === "transition" ? "solid" : "dashed";
  // The spaces keep the label off the line; without a tooltip of its own, the label would be one.
  const label = linesOfWay(way)
    .map((line) => ` ${line} `)
    .join("\n");
  return `[class=${quoted(way.kind)}, style=${style}, tooltip=" ", label=${quoted(label)}]`;
}

function quoted(text: string): string {
  return `"${text.replace(/["\\]/g, "\\$&").replaceAll("\n", "\\n")}"`;
}

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
