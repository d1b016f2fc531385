import type { Standing } from "../standing.js";
import { standingHelp, standingWords } from "./words.js";

/** Shows how an instance stands, and where it rests. */
export function Badge({ standing, realities }: { standing: Standing; realities?: Readonly<Record<string, string | null>> }) {
  const held = Object.values(realities ?? {}).filter((reality) => reality !== null);
  return (
    <span class={`badge ${standing}`} title={standingHelp[standing]}>
      {standingWords[standing]}
      {standing === "resting" && held.length > 0 ? <b> in {held.join(", ")}</b> : null}
    </span>
  );
}
