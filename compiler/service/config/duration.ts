const units: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** The ms of a duration such as `500ms`, `2.5s` or `1h`; null: it is none. */
export function readDuration(text: string): number | null {
  const [, amount = "", unit = ""] = /^(\d+(?:\.\d+)?)(ms|s|m|h|d)$/.exec(text.trim()) ?? [];
  const factor = units[unit];
  const ms = Number(amount) * (factor ?? Number.NaN);
  return Number.isSafeInteger(Math.round(ms)) ? Math.round(ms) : null;
}
