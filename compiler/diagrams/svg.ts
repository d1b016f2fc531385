import { instance } from "@viz-js/viz";
import { toDot } from "./dot.js";
import type { Drawing } from "./drawing.js";

/** Draws charts as one SVG, laid out by Graphviz (WebAssembly, inside the process). */
export async function toSvg(drawings: readonly Drawing[]): Promise<string> {
  const viz = await instance();
  const svg = viz.renderString(toDot(drawings), { format: "svg" });
  // What stands before the element is for files of their own.
  return `${svg.slice(svg.indexOf("<svg")).trim()}\n`;
}
