import type { Context } from "hono";
import { type DomainDescription, keptIn } from "../../2-check/description.js";
import { suggest, thereAre } from "../../diagnostics/suggest.js";
import { isKey, maxKeyLength, noKey } from "../key.js";
import { standingOf } from "../standing.js";
import type { InstanceView } from "../views.js";
import { refuse } from "./answer.js";
import type { HttpContext } from "./context.js";

/** Gives the domain and the key that a path names; an answer where it names nothing. */
export function named(
  context: Context,
  { program }: HttpContext,
): { readonly domain: DomainDescription; readonly key: string } | Response {
  const { domain = "", key = "" } = context.req.param();
  const names = program.domains.map(({ description }) => description.name);
  const found = program.domains.find(({ description }) => description.name === domain);
  if (found === undefined) {
    const meant = suggest(domain, names, { start: 0, end: 0 })?.message;
    const unknown = `the program has no domain ${domain.slice(0, maxKeyLength)}`;
    return refuse(context, 404, meant === undefined ? `${unknown}; ${thereAre(names)}.` : `${unknown}. ${meant}`);
  }
  if (!isKey(key) || !isDecodable(context.req.url)) return refuse(context, 400, noKey);
  return { domain: found.description, key };
}

/** Says whether a text can be decoded: what is no text then could stand for another one. */
function isDecodable(url: string): boolean {
  try {
    decodeURIComponent(new URL(url).pathname);
    return true;
  } catch {
    return false;
  }
}

/** Gives an instance in depth; null: it has not come to life. */
export function viewOf({ fleet, charts, program, now }: HttpContext, domain: string, key: string): InstanceView | null {
  const [instance, status] = [fleet.find(domain, key), fleet.status(domain, key)];
  if (instance === undefined || status === undefined) return null;
  const { description } = program.domains.find((each) => each.description.name === domain) ?? {};
  const entries = Object.entries(instance.state);
  const kept = description === undefined ? [] : keptIn(description);
  const isKept = (field: string) => kept.includes(field);
  return {
    domain,
    key,
    standing: standingOf(instance),
    state: Object.fromEntries(entries.filter(([field]) => !isKept(field))),
    elapsed: entries.filter(([field, value]) => isKept(field) && value === true).map(([field]) => field),
    node: charts.nodeOf(domain, instance.state),
    wakeAt: instance.wakeAt,
    now: now(),
    ...status,
  };
}
