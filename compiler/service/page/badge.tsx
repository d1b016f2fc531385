import type { Standing } from "../standing.js";
import { standingHelp, standingWords } from "./words.js";

/** How an instance stands, and where it rests. */
export function Badge({ standing, realities }: { standing: Standing; realities?: Readonly<Record<string, string | null>> }) {
  const letters = Object.values(realities ?? {}).filter((letter) => letter !== null);
  return (
    <span class={`badge ${standing}`} title={standingHelp[standing]}>
      {standingWords[standing]}
      {standing === "resting" && letters.length > 0 ? <b> in {letters.join(", ")}</b> : null}
    </span>
  );
}
