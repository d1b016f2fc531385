import type { Standing } from "../standing.js";

/** Which instances are listed. */
export interface Filter {
  readonly domain: string;
  readonly standing: Standing | "";
  /** As `Goal:A`. */
  readonly reality: string;
  readonly search: string;
}

/** The filter that lets all through. */
export const noFilter: Filter = { domain: "", standing: "", reality: "", search: "" };
