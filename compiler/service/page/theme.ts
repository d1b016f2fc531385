import { effect, signal } from "@preact/signals";

/** What the page looks like: as the system does, or as the user wants it. */
export type Theme = "auto" | "light" | "dark";

const themes: readonly Theme[] = ["auto", "light", "dark"];

const kept = localStorage.getItem("theme");

/** The theme that the user wants. */
export const theme = signal<Theme>(themes.find((each) => each === kept) ?? "auto");

effect(() => {
  document.documentElement.dataset.theme = theme.value;
  localStorage.setItem("theme", theme.value);
});

/** Goes on to the next theme. */
export function nextTheme(): void {
  theme.value = themes[(themes.indexOf(theme.value) + 1) % themes.length] ?? "auto";
}
