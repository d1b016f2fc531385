import type { Fix } from "../diagnostics/diagnostic.js";
import { durationOf, maxDuration, units } from "../language/duration.js";
import type { Scanning, Token } from "./token.js";

/** Decodes an integer literal. */
export function decodeInt(literal: string): number {
  return Number(literal.replaceAll("_", ""));
}

/** What a number with a unit of time looks like. */
export const durationShape = new RegExp(`^[0-9](?:_*[0-9])*(?:${units.map(({ unit }) => unit).join("|")})$`);

/** Writes a duration with a unit of another language as Ved does. */
function unitFix(token: Token): Fix | null {
  const [, count = "", word = ""] = /^([0-9][0-9_]*)([A-Za-z]+)$/.exec(token.text) ?? [];
  const unit = units.find(({ foreign }) => foreign.includes(word.toLowerCase()))?.unit;
  if (unit === undefined) return null;
  return { message: `Write the duration as \`${count}${unit}\`.`, span: token, replacement: `${count}${unit}` };
}

/** Says how a decimal is counted in whole parts: `0.25` is 250 per mille. */
function partsNote(text: string): string | null {
  const [, whole = "", digits = ""] = /^([0-9]{0,9})\.([0-9]{1,6})$/.exec(text) ?? [];
  if (digits === "") return null;
  const [unit, places] = digits.length > 3 ? ["per million", 6] : ["per mille", 3];
  const parts = Number(`${whole}${digits.padEnd(places, "0")}`);
  return `Count in smaller parts, such as per mille, and say so in the name: \`${text}\` is \`${parts}\` ${unit}.`;
}

/** Reports a number that is no `int` and no duration, and puts one in its place. */
export function reportNumber({ findings, patches }: Scanning, token: Token): void {
  if (durationShape.test(token.text)) {
    if (durationOf(token.text) <= maxDuration) return;
    findings.report("VED1016", token, { duration: token.text });
    patches.push({ span: token, text: `${"0".repeat(token.text.length - 2)}ms` });
    return;
  }
  const whole = /^[0-9](?:_*[0-9])*$/.test(token.text);
  if (whole && Number.isSafeInteger(decodeInt(token.text))) return;
  const note = partsNote(token.text);
  const extras = { fix: unitFix(token), notes: note === null ? [] : [note] };
  findings.report(whole ? "VED1006" : "VED1013", token, { number: token.text }, extras);
  patches.push({ span: token, text: "0".repeat(token.text.length) });
}
