import type { DomainDescription } from "../2-check/description.js";
import type { Chart } from "./chart.js";

/** A chart with what is needed to say it in words. */
export interface Drawing {
  readonly chart: Chart;
  readonly description: DomainDescription;
}
