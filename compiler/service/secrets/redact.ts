import type { Secret } from "./find.js";

/** What takes secrets out of texts. */
export interface Redactor {
  /** A text for people, in which a name stands for each secret. */
  redact(text: string): string;
  /** A value that goes on into a program: what merely came from the environment is left in it, as it may be meant. */
  redactValue(text: string): string;
}

/** The redactor where nothing is known: it takes nothing out. */
export const noSecrets: Redactor = { redact: (text) => text, redactValue: (text) => text };

/**
 * Takes secrets out of texts, also where they are percent-encoded, escaped as in JSON or HTML, or in base64 with whatever stands
 * before and behind them there. Of secrets that begin at the same place the longest counts.
 */
export function redactorOf(secrets: readonly Secret[]): Redactor {
  return { redact: replacing(secrets), redactValue: replacing(secrets.filter(({ isCertain }) => isCertain)) };
}

function replacing(secrets: readonly Secret[]): (text: string) => string {
  if (secrets.length === 0) return noSecrets.redact;
  const sorted = [...secrets].sort((a, b) => b.text.length - a.text.length);
  const pattern = new RegExp(sorted.map((secret) => `(${patternOf(secret)})`).join("|"), "gu");
  return (text) =>
    text.replace(pattern, (...found: unknown[]) => {
      const index = found.slice(1, sorted.length + 1).findIndex((group) => group !== undefined);
      return sorted[index]?.name ?? "";
    });
}

/** A short text that may be a mere word is one only by itself. */
const maxWord = 7;

function patternOf({ text, isCertain }: Secret): string {
  const plain = [...text].map(looksOf).join("");
  const isWord = !isCertain && text.length <= maxWord;
  return [isWord ? `(?<![A-Za-z0-9])${plain}(?![A-Za-z0-9])` : plain, ...inBase64(text)].join("|");
}

const entities: Readonly<Record<string, string>> = { "&": "amp", "<": "lt", ">": "gt", '"': "quot", "'": "apos" };

/** Escapes of JSON for what has no other. */
const escapes: Readonly<Record<string, string>> = { "\n": "n", "\r": "r", "\t": "t", "\b": "b", "\f": "f" };

/** Gives what a character may look like once it was encoded: letters and digits stay what they are. */
function looksOf(character: string): string {
  const own = character.replace(/[\\^$.*+?()[\]{}|/]/, "\\$&");
  if (/[A-Za-z0-9]/.test(character)) return own;
  const code = character.charCodeAt(0);
  const units = character.split("").map((unit) => `\\\\u${anyCase(unit.charCodeAt(0).toString(16).padStart(4, "0"))}`);
  const [inJson, inHtml] = [escapes[character], entities[character]];
  const looks = [
    [...new TextEncoder().encode(character)].map(percent).join(""),
    units.join(""),
    ...(inJson === undefined ? [] : [`\\\\${inJson}`]),
    ...(inHtml === undefined ? [] : [`&(?:${inHtml}|#0*${code}|#x0*${anyCase(code.toString(16))});`]),
    // Shells and JSON put a backslash before what means something to them.
    `\\\\?${own}`,
    ...(character === " " ? ["\\+"] : []),
  ];
  return `(?:${looks.join("|")})`;
}

function percent(byte: number): string {
  return `%${anyCase(byte.toString(16).padStart(2, "0"))}`;
}

function anyCase(hex: string): string {
  return hex.replace(/[a-f]/g, (digit) => `[${digit}${digit.toUpperCase()}]`);
}

/** Fewer characters of base64 than this are found by chance. */
const minBase64 = 7;

/** Gives what of base64 depends on a text alone, for each of the three ways in which it may lie there; also as URLs have it. */
function inBase64(text: string): string[] {
  const bytes = Buffer.from(text, "utf8");
  return [0, 1, 2].flatMap((before) => {
    const whole = Buffer.concat([Buffer.alloc(before), bytes]).toString("base64");
    const core = whole.slice(before === 0 ? 0 : before + 1, Math.floor(((before + bytes.length) * 8) / 6));
    if (core.length < minBase64) return [];
    return [core.replaceAll("+", "[-+]").replaceAll("/", "[\\/_]")];
  });
}
