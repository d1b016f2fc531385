import type { Fix } from "../diagnostics/diagnostic.js";
import { durationOf, durationText, maxDuration, units } from "../language/duration.js";
import { isDecimalType, typesNote } from "../language/foreign-type.js";
import { replaced, type Scanning, type Token, tellOnce, without } from "./token.js";

/** Decodes an integer literal. */
export function decodeInt(literal: string): number {
  return Number(literal.replaceAll("_", ""));
}

/** What a number with a unit of time looks like. */
export const durationShape = new RegExp(`^[0-9](?:_*[0-9])*(?:${units.map(({ unit }) => unit).join("|")})$`);

function unitCalled(word: string) {
  return units.find(({ unit, foreign }) => unit === word || foreign.includes(word.toLowerCase()));
}

/** Writes a duration with a unit of another language as Ved does. */
function unitFix(token: Token): Fix | null {
  const [, count = "", word = ""] = /^([0-9][0-9_]*)([A-Za-z]+)$/.exec(token.text) ?? [];
  const unit = unitCalled(word)?.unit;
  if (unit === undefined) return null;
  return { message: `Write the duration as \`${count}${unit}\`.`, span: token, replacement: `${count}${unit}` };
}

/** Writes a duration in several units, `1h30m`, in one: `90m`; null: it is none. */
function inOneUnit(text: string): string | null {
  const parts = [...text.matchAll(/([0-9][0-9_]*)([A-Za-z]+)/g)].map(([, count = "", word = ""]) => ({
    count,
    unit: unitCalled(word),
  }));
  if (!/^(?:[0-9][0-9_]*[A-Za-z]+){2,}$/.test(text) || parts.some(({ unit }) => unit === undefined)) return null;
  const ms = parts.reduce((sum, { count, unit }) => sum + decodeInt(count) * (unit?.length ?? 0), 0);
  return ms > 0 && ms <= maxDuration ? durationText(ms) : null;
}

/** Says how a decimal is counted in whole parts: `0.25` is 250 per mille. */
function partsNote(text: string): string | null {
  const [, whole = "", digits = ""] = /^([0-9]{0,9})\.([0-9]{1,6})$/.exec(text) ?? [];
  if (digits === "") return null;
  const [unit, places] = digits.length > 3 ? ["per million", 6] : ["per mille", 3];
  const parts = Number(`${whole}${digits.padEnd(places, "0")}`);
  return `Count in smaller parts, such as per mille, and say so in the name: \`${text}\` is \`${parts}\` ${unit}.`;
}

/** So many characters beside a number are looked at. */
const near = 80;

const typeBefore = /:[ \t]*([A-Za-z_]\w*)[ \t]*=[ \t]*-?[ \t]*$/;

/** Gives the type of a field or a constant that begins with a number, where it is one of decimals; null: it is none. */
function decimalTypeBefore({ text }: Scanning, { start }: Token): Token | null {
  const [whole, name = ""] = typeBefore.exec(text.slice(Math.max(0, start - near), start)) ?? [""];
  if (!isDecimalType(name)) return null;
  const at = start - whole.length + whole.indexOf(name);
  return { kind: "word", text: name, start: at, end: at + name.length };
}

const headBefore = /(?:^|[\s{};,])(?:domain|system|goal|transition|invariant|const|type|define|step|reality)[ \t]+$/;

/** Says whether what begins with a digit is declared as a name here, or was above. */
function isName({ text, repeated }: Scanning, { text: name, start, end }: Token): boolean {
  if (!/^[0-9_]+[A-Za-z]\w*$/.test(name)) return false;
  const before = text.slice(Math.max(0, start - near), start);
  const isField = /(?:^|[{,;\n])\s*$/.test(before) && /^[ \t]*:(?!:)/.test(text.slice(end, end + near));
  return isField || headBefore.test(before) || repeated.has(name);
}

/** Reports a number that is no `int` and no duration, and puts one in its place. */
export function reportNumber(scanning: Scanning, token: Token): void {
  const { findings, patches } = scanning;
  if (durationShape.test(token.text)) {
    if (durationOf(token.text) <= maxDuration) return;
    findings.report("VED1016", token, { duration: token.text });
    patches.push({ span: token, text: `${"0".repeat(token.text.length - 2)}ms` });
    return;
  }
  if (isName(scanning, token)) {
    const [, digits = "", rest = ""] = /^([0-9_]+)(.*)$/.exec(token.text) ?? [];
    const notes = [`Write \`${rest}${digits}\` or \`_${token.text}\`.`];
    tellOnce(scanning, token.text, (more) =>
      findings.report("VED1044", token, { name: token.text }, { notes: [...notes, ...more] }),
    );
    patches.push({ span: token, text: `_${token.text.slice(1)}` });
    return;
  }
  const ved = inOneUnit(token.text);
  if (ved !== null) {
    const fix = { message: `Write \`${ved}\`.`, span: token, replacement: ved };
    const values = { found: `\`${token.text}\``, expected: `a duration in one unit: \`${ved}\`` };
    findings.report("VED1001", token, values, { fix });
    patches.push({ span: token, text: `${"0".repeat(token.text.length - 1)}s` });
    return;
  }
  const whole = /^[0-9](?:_*[0-9])*$/.test(token.text);
  if (whole && Number.isSafeInteger(decodeInt(token.text))) return;
  const note = partsNote(token.text);
  const type = note === null ? null : decimalTypeBefore(scanning, token);
  if (note !== null && type !== null) {
    findings.report("VED2004", type, { type: type.text }, { notes: [typesNote, note] });
    patches.push(replaced(scanning.text, type, "int") ?? without(scanning.text, type));
  } else {
    const extras = { fix: unitFix(token), notes: note === null ? [] : [note] };
    findings.report(whole ? "VED1006" : "VED1013", token, { number: token.text }, extras);
  }
  patches.push({ span: token, text: "0".repeat(token.text.length) });
}
