import { visible } from "../../diagnostics/visible.js";
import type { ProgramView } from "../views.js";
import { isLive } from "./stream.js";
import { nextTheme, theme } from "./theme.js";

const themeWords = { auto: "as the system", light: "light", dark: "dark" } as const;

/** Shows the head of the page: what is served, and whether it is heard of. */
export function Header({ program }: { program: ProgramView | null }) {
  return (
    <header class="head">
      <a href="#/" class="brand" title="All instances">
        <img src="/icon.svg" alt="" width="24" height="24" />
        <span>{visible(program?.name ?? "vedc")}</span>
      </a>
      {program?.observeOnly ? <span class="badge waiting">observing only</span> : null}
      <span class={isLive.value ? "live on" : "live"} role="status">
        {isLive.value ? "live" : "connecting…"}
      </span>
      <button
        type="button"
        class="plain"
        onClick={nextTheme}
        aria-label={`Colours: ${themeWords[theme.value]}`}
        title={`Colours: ${themeWords[theme.value]}`}
      >
        {theme.value === "dark" ? "☾" : theme.value === "light" ? "☀" : "◐"}
      </button>
    </header>
  );
}
