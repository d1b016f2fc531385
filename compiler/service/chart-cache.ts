import type { State } from "../../runtime-lib/kernel/value.js";
import { type Chart, chartOf, nodeOf } from "../diagrams/chart.js";
import type { RunDomain, RunProgram } from "./program.js";

interface Charted {
  readonly domain: RunDomain;
  readonly chart: Chart;
}

/** Draws a chart. What draws is large: it is loaded when somebody wants to see one. */
async function draw({ chart, domain }: Charted): Promise<string> {
  const { toSvg } = await import("../diagrams/svg.js");
  return toSvg([{ chart, description: domain.description }]);
}

/** The charts of a program's domains: made once, drawn when they are first wanted. */
export class ChartCache {
  readonly #charts: ReadonlyMap<string, Charted>;
  readonly #drawn = new Map<string, Promise<string>>();

  constructor({ domains }: RunProgram) {
    const charts = domains.map((domain) => ({ domain, chart: chartOf(domain.description, domain.definition) }));
    this.#charts = new Map(charts.map((each) => [each.chart.domain, each]));
  }

  /** Gives the chart of a domain as SVG; null: there is no such domain. */
  svg(name: string): Promise<string> | null {
    const found = this.#charts.get(name);
    if (found === undefined) return null;
    const known = this.#drawn.get(name);
    const drawn = known ?? draw(found);
    this.#drawn.set(name, drawn);
    return drawn;
  }

  /** Gives the id of the element that is the node of a state on its chart; null: the chart does not show it. */
  nodeOf(name: string, state: State): string | null {
    const found = this.#charts.get(name);
    if (found === undefined) return null;
    const { id } = nodeOf(found.domain.definition, state, found.chart.isFine);
    const index = found.chart.nodes.findIndex((node) => node.id === id);
    return index < 0 ? null : `node_${index}`;
  }
}
