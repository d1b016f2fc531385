import { Hono } from "hono";
import { nameOf } from "../fleet.js";
import { type Standing, standings } from "../standing.js";
import type { FleetPage, InstanceHistory } from "../views.js";
import { type Problem, refuse } from "./answer.js";
import type { HttpContext } from "./context.js";
import { named, viewOf } from "./named.js";
import { observeRoute } from "./observe.js";

/** How many instances a page of a list has when nobody says how many. */
export const defaultLimit = 100;

/** How many instances a page of a list has at most. */
export const maxLimit = 1000;

/** Makes the routes of instances: all of them in pages, one in depth, and the way in for observations. */
export function instanceRoutes(service: HttpContext): Hono {
  const { fleet } = service;
  const app = new Hono();
  app.get("/", (context) => {
    const query = context.req.query();
    const problems = queryProblems(query, service);
    if (problems.length > 0) return refuse(context, 400, "the query cannot be read", problems);
    const { domain, standing, reality, search, after, offset = "0", limit = String(defaultLimit) } = query;
    // What it may be was checked.
    return context.json<FleetPage>(
      fleet.page({
        domain,
        standing: standing as Standing | undefined,
        reality,
        search,
        after,
        offset: Number(offset),
        limit: Number(limit),
      }),
    );
  });
  app.get("/:domain/:key", (context) => {
    const found = named(context, service);
    if (found instanceof Response) return found;
    const view = viewOf(service, found.domain.name, found.key);
    if (view === null)
      return refuse(
        context,
        404,
        `there is no instance ${nameOf(found.domain.name, found.key)}: it comes to life when it is first observed`,
      );
    return context.json<InstanceHistory>({ ...view, history: service.recentEvents.of(nameOf(found.domain.name, found.key)) });
  });
  observeRoute(app, service);
  return app;
}

function queryProblems(
  { domain, standing, reality, offset, limit }: Record<string, string>,
  { program }: HttpContext,
): Problem[] {
  const names = program.domains.map(({ description }) => description.name);
  const problems: Problem[] = [];
  if (domain !== undefined && !names.includes(domain))
    problems.push({ at: "domain", message: `it is one of ${names.join(", ")}` });
  if (standing !== undefined && !standings.some((each) => each === standing))
    problems.push({ at: "standing", message: `it is one of ${standings.join(", ")}` });
  if (reality !== undefined && !/^[^:]+:[A-Z]*$/.test(reality))
    problems.push({
      at: "reality",
      message:
        "it is a goal and a reality, as in `RoutingStable:B`; without a reality it asks for those in which the goal does not hold",
    });
  if (limit !== undefined && !(/^\d{1,4}$/.test(limit) && Number(limit) >= 1 && Number(limit) <= maxLimit))
    problems.push({ at: "limit", message: `it is a whole number from 1 to ${maxLimit}` });
  if (offset !== undefined && !/^\d{1,9}$/.test(offset))
    problems.push({ at: "offset", message: "it is a whole number from 0 on" });
  return problems;
}
