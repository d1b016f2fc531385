import { units } from "../../language/duration.js";

const shape = new RegExp(`^(\\d+(?:\\.\\d+)?)(${units.map(({ unit }) => unit).join("|")})$`);

/** Gives the ms of a duration such as `500ms`, `2.5s` or `1h`; null: it is none. */
export function readDuration(text: string): number | null {
  const [, amount = "", unit = ""] = shape.exec(text.trim()) ?? [];
  const length = units.find((each) => each.unit === unit)?.length ?? Number.NaN;
  const ms = Number(amount) * length;
  return Number.isSafeInteger(Math.round(ms)) ? Math.round(ms) : null;
}
