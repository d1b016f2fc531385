import { placeholder } from "../adapters/template.js";
import type { ConfigPath } from "../config/problem.js";

/** Something that a configuration knows, and that nobody else gets to see. */
export interface Secret {
  readonly text: string;
  /** What stands for it: `${DNS_TOKEN}`, `[header authorization]`. */
  readonly name: string;
  /** It is one by what it is called or where it stands; else it merely came from the environment, as names of hosts do. */
  readonly isCertain: boolean;
}

/** A variable of the environment that a configuration names. */
export interface Variable {
  readonly name: string;
  readonly value: string;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** A shorter text, in characters, would be found where it is not meant. */
const minLength = 4;

/** Words that stand everywhere, and what stands for a variable that is not set. */
const notMeant = /^(?:true|false|null|\$\{\w*\})$/i;

/** A variable that no configuration names is taken for a secret from this length on. */
const minForeign = 8;

/** So long are the parts of a URL that nobody is meant to guess. */
const minUnguessable = 16;

/** Finds the secrets of a configuration whose variables were replaced, and of the environment that programs inherit. */
export function secretsIn(config: unknown, variables: readonly Variable[], environment: Environment): Secret[] {
  const found = [
    ...variables.map(({ name, value }) => secret(value, `\${${name}}`, isSecretName(name))),
    ...Object.entries(environment).flatMap(([name, value = ""]) => inherited(name, value)),
    ...textsIn(config, []).flatMap(({ path, text }) => secretsAt(path, text)),
    ...variables.flatMap(({ value }) => passwordsIn(value)),
  ];
  const byText = new Map<string, Secret>();
  for (const one of found.flatMap(withLines)) {
    if (one.text.length < minLength || notMeant.test(one.text)) continue;
    const other = byText.get(one.text);
    byText.set(one.text, other === undefined ? one : { ...other, isCertain: other.isCertain || one.isCertain });
  }
  return [...byText.values()];
}

function secret(text: string, name: string, isCertain = true): Secret {
  return { text, name, isCertain };
}

/** Says whether what is called so is a secret: a header, a variable, a parameter. */
function isSecretName(name: string): boolean {
  const parts = "token|secret|passw|passphrase|credential|authorization|cookie|signature|webhook|api-?_?key";
  return new RegExp(`${parts}|(?:^|[-_])(?:key|pass|dsn)(?:$|[-_])`, "i").test(name);
}

function inherited(name: string, value: string): Secret[] {
  return [...(isSecretName(name) && value.length >= minForeign ? [secret(value, `\${${name}}`)] : []), ...passwordsIn(value)];
}

function secretsAt(path: ConfigPath, text: string): Secret[] {
  const [name, owner] = [String(path.at(-1)), path.at(-2)];
  if (owner === "headers" && isSecretName(name)) return credentialsIn(text).map((part) => secret(part, `[header ${name}]`));
  if (owner === "env" && isSecretName(name)) return [secret(text, `[env ${name}]`)];
  if (owner === "listen" && name === "token") return [secret(text, "[listen.token]")];
  return [...passwordsIn(text), ...(name === "url" ? unguessableIn(text) : [])];
}

/** Gives what of a header is secret: what stands behind its scheme, the values of cookies, the password of Basic. */
function credentialsIn(header: string): string[] {
  const [, scheme = "", rest = ""] = /^\s*(?:([A-Za-z][\w-]*)\s+)?(.*)$/s.exec(header) ?? [];
  const basic =
    scheme.toLowerCase() === "basic" ? Buffer.from(rest, "base64").toString("utf8").split(":").slice(1).join(":") : "";
  const values = rest.split(/;\s*/).flatMap((part) => /^[\w-]+=(.+)$/s.exec(part)?.[1] ?? []);
  return [rest, ...values, basic].flatMap((text) => text.replace(placeholder, "\0").split("\0")).map((part) => part.trim());
}

/** Gives the passwords of URLs in a text. */
function passwordsIn(text: string): Secret[] {
  return [...text.matchAll(/:\/\/[^\s/?#:@]*:([^\s/?#@]+)@/g)].flatMap(([, password = ""]) =>
    [password, decoded(password)].map((each) => secret(each, "[password in a URL]")),
  );
}

/** Gives what of a URL nobody is meant to guess: parameters that are called so, and long parts with digits in them. */
function unguessableIn(template: string): Secret[] {
  const [path = "", query = ""] = template
    .replace(/^\w+:\/\/[^/?#]*/, "")
    .replace(/#.*$/s, "")
    .split(/\?(.*)/s);
  const parameters = query.split("&").map((each) => each.split(/=(.*)/s));
  const named = parameters.flatMap(([name = "", value = ""]) => (isSecretName(name) ? [value] : []));
  const long = [...path.split("/"), ...parameters.map(([, value = ""]) => value)];
  const isLong = (part: string) => part.length >= minUnguessable && /\d/.test(part) && part.search(placeholder) < 0;
  return [
    ...named.filter((value) => value.search(placeholder) < 0).map((value) => secret(decoded(value), "[part of a URL]")),
    ...long.filter(isLong).map((part) => secret(decoded(part), "[part of a URL]", false)),
  ];
}

/** Decodes the percent-encoding of a text; gives it as it is where that is broken. */
export function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Gives a secret and each of its lines: programs write lines, and a key may have several. */
function withLines(whole: Secret): Secret[] {
  const trimmed = { ...whole, text: whole.text.trim() };
  const lines = trimmed.text.split(/[\r\n]+/).map((line) => line.trim());
  return lines.length === 1
    ? [trimmed]
    : [trimmed, ...lines.filter((line) => line.length >= minForeign).map((text) => ({ ...trimmed, text }))];
}

/** Gives all texts in lists and plain objects, with where they are. */
function textsIn(part: unknown, path: ConfigPath): { path: ConfigPath; text: string }[] {
  if (typeof part === "string") return [{ path, text: part }];
  if (Array.isArray(part)) return part.flatMap((each, index) => textsIn(each, [...path, index]));
  if (typeof part !== "object" || part === null || Object.getPrototypeOf(part) !== Object.prototype) return [];
  return Object.entries(part).flatMap(([name, each]) => textsIn(each, [...path, name]));
}
