import { OutcomeUnknown } from "../../../runtime-lib/errors.js";
import type { EffectDescription } from "../../2-check/description.js";
import { type HttpConfig, headerText } from "../config/schema.js";
import { decoded } from "../secrets/find.js";
import { redactorOf } from "../secrets/redact.js";
import { type Adapter, type AdapterOptions, signalOf } from "./adapter.js";
import { verdictOf } from "./codes.js";
import { argumentsOf, fill, fillJson, type TemplateValues, templateValues } from "./template.js";
import { fillUrl } from "./url.js";
import { atPointer, valueOfText } from "./value.js";

/** An answer is read up to here, in bytes. */
const maxRead = 1_000_000;

/** Of an answer that is no good one, so many characters are looked at for a message. */
const maxSaid = 20_000;

/**
 * Carries an effect out by an HTTP request, with the idempotency key as `Idempotency-Key`: what of it is not ASCII, as instances
 * may be called anything, is percent-encoded, and so is `%`.
 */
export function httpAdapter(effect: EffectDescription, config: HttpConfig, { redact }: Pick<AdapterOptions, "redact">): Adapter {
  return async (args, call) => {
    const values = templateValues(effect, args, call);
    const url = urlOf(effect, config, values);
    const request: RequestInit = {
      method: config.method,
      headers: headersOf(config, values, call.key),
      signal: signalOf(call),
      redirect: "manual",
      ...bodyOf(effect, config, args, values),
    };
    const response = await fetch(url, request).catch((error: unknown) => noAnswer(config.method, url, error));
    const verdict = verdictOf(response.status, config);
    if (verdict === "done")
      return effect.returns === null ? void (await response.body?.cancel()) : answerOf(response, effect, config);
    const text = (await textOf(response).catch(() => "")).slice(0, maxSaid);
    const said = withoutPath(redact(text), url).trim().slice(0, 200);
    const reason = `${config.method} ${originOf(url)} says ${response.status}${said === "" ? "" : `: ${said}`}`;
    throw verdict === "unknown" ? new OutcomeUnknown(reason) : new Error(reason);
  };
}

/** Says where the request goes. @throws where a value would have it go elsewhere: nothing is sent */
function urlOf({ name }: EffectDescription, { url }: HttpConfig, values: TemplateValues): string {
  try {
    return fillUrl(url, values);
  } catch (error) {
    throw new Error(`${name} was not sent: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** Says what went wrong, in words; its cause says whether anything may have happened. @throws always */
function noAnswer(method: string, url: string, error: unknown): never {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const code = typeof cause === "object" && cause !== null && "code" in cause ? String(cause.code) : "";
  const reason = (cause instanceof Error ? cause.message : String(cause)) || code;
  throw new Error(`${method} ${originOf(url)}: ${reason}`, { cause: error });
}

function headersOf(config: HttpConfig, values: TemplateValues, key: string): Headers {
  const headers = new Headers({ "idempotency-key": key.replace(/[^\x21-\x24\x26-\x7e]/gu, encodeURIComponent) });
  if (hasBody(config)) headers.set("content-type", "application/json");
  for (const [name, text] of Object.entries(config.headers)) {
    const value = fill(text, values);
    // The message of `Headers` would tell the value.
    if (!headerText.test(value)) throw new Error(`the header ${name} would have a character that headers cannot have`);
    headers.set(name, value);
  }
  return headers;
}

function hasBody({ method, body }: HttpConfig): boolean {
  return body !== false && method !== "GET" && method !== "HEAD";
}

function bodyOf(
  effect: EffectDescription,
  config: HttpConfig,
  args: readonly unknown[],
  values: TemplateValues,
): { body?: string } {
  if (!hasBody(config)) return {};
  const defaultBody = {
    effect: effect.name,
    instance: `${values["call.domain"]}/${values["call.instance"]}`,
    arguments: argumentsOf(effect, args),
  };
  return { body: JSON.stringify(config.body === undefined ? defaultBody : fillJson(config.body, values)) };
}

/** Gives what the effect came to, for a handler that asks for it. */
async function answerOf(response: Response, { returns }: EffectDescription, { value = "" }: HttpConfig): Promise<unknown> {
  const text = await textOf(response);
  if (returns === null) return undefined;
  if (!/\bjson\b/.test(response.headers.get("content-type") ?? "")) return valueOfText(text, returns);
  try {
    return atPointer(JSON.parse(text), value);
  } catch {
    return valueOfText(text, returns);
  }
}

async function textOf(response: Response): Promise<string> {
  const decoder = new TextDecoder();
  let text = "";
  for await (const chunk of response.body ?? []) {
    text += decoder.decode(chunk, { stream: true });
    if (text.length > maxRead) break;
  }
  return text;
}

/** Gives what a server says, without the path and the query that it was asked for: many say them again. */
function withoutPath(said: string, url: string): string {
  const { pathname, search } = new URL(url);
  const paths = [pathname + search, pathname].filter((text) => text.length > 1);
  return redactorOf(paths.map((text) => ({ text: decoded(text), name: "[its path]", isCertain: true }))).redact(said);
}

/** Gives what of a URL may stand in a log: its path may be a secret as well, as those of many webhooks are. */
export function originOf(url: string): string {
  return URL.canParse(url) ? new URL(url).origin : "its URL";
}
