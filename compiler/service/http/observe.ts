import type { Context, Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { type DomainDescription, keptIn } from "../../2-check/description.js";
import { suggest, thereAre } from "../../diagnostics/suggest.js";
import { mismatch } from "../adapters/value.js";
import { type Problem, refuse } from "./answer.js";
import type { HttpContext } from "./context.js";
import { onlyOwnPages } from "./guard.js";
import { named, viewOf } from "./named.js";

/** How many bytes a body may have. */
export const maxBytes = 64 * 1024;

/** Makes the way in: an observation is answered once it is accepted, and on stable storage where there is a journal. */
export function observeRoute(app: Hono, service: HttpContext): void {
  const limited = bodyLimit({
    maxSize: maxBytes,
    onError: (context) => refuse(context, 413, `an observation has at most ${maxBytes} bytes`),
  });
  app.post("/:domain/:key/observe", onlyOwnPages, limited, async (context) => {
    const found = named(context, service);
    if (found instanceof Response) return found;
    const { domain, key } = found;
    const stopping = service.notReady();
    if (stopping !== null) return refuse(context, 503, stopping);
    const facts = await factsIn(context);
    if (facts instanceof Response) return facts;
    const problems = problemsIn(facts, domain);
    if (problems.length > 0) return refuse(context, 422, "nothing was observed", problems);
    try {
      await service.fleet.host(domain.name)?.observe(key, facts);
    } catch (error) {
      const isStopped = service.notReady() ?? service.failure();
      return refuse(context, isStopped === null ? 422 : 503, error instanceof Error ? error.message : String(error));
    }
    return context.json(viewOf(service, domain.name, key));
  });
}

/** Gives the body as an object; an answer where it is none. */
async function factsIn(context: Context): Promise<Readonly<Record<string, unknown>> | Response> {
  const type = context.req.header("content-type") ?? "";
  if (!/^application\/json\s*(;|$)/i.test(type)) return refuse(context, 415, "send JSON, with `Content-Type: application/json`");
  const text = await context.req.text();
  let facts: unknown;
  try {
    facts = JSON.parse(text);
  } catch (error) {
    return refuse(context, 400, `the body is not JSON: ${error instanceof Error ? error.message.slice(0, 200) : ""}`);
  }
  if (typeof facts === "object" && facts !== null && !Array.isArray(facts)) return Object.fromEntries(Object.entries(facts));
  return refuse(context, 400, 'an observation is an object, as in {"field": "value"}');
}

/** Gives everything that is wrong with an observation. */
export function problemsIn(facts: Readonly<Record<string, unknown>>, description: DomainDescription): Problem[] {
  const { fields, name: domain } = description;
  const kept = keptIn(description);
  const names = fields.map(({ name }) => name);
  return Object.entries(facts).flatMap(([name, value]): Problem[] => {
    const at = name.slice(0, 100);
    const field = fields.find((each) => each.name === name);
    if (field !== undefined) {
      const message = mismatch(value, field);
      return message === null ? [] : [{ at, message }];
    }
    if (kept.includes(name)) return [{ at, message: "it is kept by the runtime" }];
    const meant = suggest(at, names, { start: 0, end: 0 })?.message;
    const unknown = `${domain} has no such field`;
    return [{ at, message: meant === undefined ? `${unknown}; ${thereAre(names)}.` : `${unknown}. ${meant}` }];
  });
}
