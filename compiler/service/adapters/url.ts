import { fill, namesIn, type TemplateValues } from "./template.js";

// Where a request goes, and its token with it, is what the template says. URL parsers (WHATWG) resolve `.` and `..`, encoded or
// not, skip tabs and line breaks, and take `\` for `/`; many servers decode `%2F` before they resolve, and cut off `;…`.

/** The parts of a URL's template: each takes values in its own way. */
interface TemplateParts {
  readonly scheme: string;
  readonly host: string;
  /** With its colon; empty: the scheme's own. */
  readonly port: string;
  readonly path: string;
  /** Query and fragment. */
  readonly rest: string;
}

function partsOf(template: string): TemplateParts {
  const [, scheme = "", host = "", port = "", path = "", rest = ""] =
    /^(https?:\/\/)([^/?#]*?)(:[^:/?#\]]*)?((?:\/[^?#]*)?)([?#].*)?$/s.exec(template) ?? [];
  return { scheme, host, port, path, rest };
}

/** Says why a URL of a configuration may lead elsewhere than it says; null: it does not. */
export function detourIn(template: string): string | null {
  if (/[\p{Cc}\\]|\s$/u.test(template))
    return "a URL has no `\\`, tabs, line breaks and spaces at its end: they are not taken as such";
  const { scheme, host, path } = partsOf(template);
  if (scheme === "" || host === "") return "this is no URL";
  const isDetour = path.split("/").some((segment) => namesIn(segment).length === 0 && hasDots(segment));
  return isDetour ? "`.` and `..` in the path of a URL lead elsewhere: write where it leads" : null;
}

/**
 * Fills the placeholders of a URL: a value never changes which parts it has.
 * @throws an Error that names the placeholders, and not their values, where they would lead elsewhere
 */
export function fillUrl(template: string, values: TemplateValues): string {
  const { scheme, host, port, path, rest } = partsOf(template);
  const origin = `${scheme}${fillHost(host, values)}${fillPort(port, values)}`;
  const url = `${origin}${path
    .split("/")
    .map((segment) => fillSegment(segment, values))
    .join("/")}`;
  if (!URL.canParse(url)) throw new Error(`${shown([host, port])} would make no URL`);
  return `${url}${fill(rest, values, (value) => encoded(value, rest))}`;
}

function fillHost(host: string, values: TemplateValues): string {
  const label = "[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?";
  // Behind a part of a name, a dot would put that part into another domain.
  const isEnd = /.\{[\w.]+\}$/.test(host);
  const names = new RegExp(isEnd ? `^${label}$` : `^${label}(?:\\.${label})*$`, "i");
  return fill(host, values, (value) => {
    if (names.test(value)) return value;
    throw new Error(`${shown([host])} would be no name of a host: letters, digits and hyphens${isEnd ? "" : ", joined by dots"}`);
  });
}

function fillPort(port: string, values: TemplateValues): string {
  return fill(port, values, (value) => {
    if (/^\d{1,5}$/.test(value)) return value;
    throw new Error(`${shown([port])} would be no port`);
  });
}

function fillSegment(segment: string, values: TemplateValues): string {
  const filled = fill(segment, values, (value) => encoded(value, segment));
  if (namesIn(segment).length === 0 || (filled !== "" && !hasDots(filled))) return filled;
  throw new Error(`${shown([segment])} would lead elsewhere, as an empty part of a path, "." or ".." does`);
}

function encoded(value: string, part: string): string {
  if (!/\p{Cs}/u.test(value)) return encodeURIComponent(value);
  throw new Error(`${shown([part])} would be no text: it has half a character`);
}

/** Says whether a segment of a path is taken for `.` or `..`, by URL parsers or by servers that decode it first. */
function hasDots(segment: string): boolean {
  const decoded = segment.replace(/%([0-7][0-9a-f])/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return decoded
    .replace(/\p{Cc}/gu, "")
    .split(/[/\\]/)
    .some((part) => /^\.{1,2}(?:;.*)?$/s.test(part));
}

/** Gives the placeholders of texts, for a message. */
function shown(texts: readonly string[]): string {
  return texts
    .flatMap(namesIn)
    .map((name) => `{${name}}`)
    .join(" and ");
}
