import { Hono } from "hono";
import type { CountsView, ProgramView } from "../views.js";
import { refuse } from "./answer.js";
import type { HttpContext } from "./context.js";
import { bearer, onlyLocalNames, onlyOnce, securityHeaders } from "./guard.js";
import { instanceRoutes } from "./instances.js";
import { openApiOf } from "./openapi.js";
import { healthRoutes, metricRoutes, streamRoutes } from "./operations.js";

/** Makes the HTTP face of a service, as a function from requests to answers. */
export function appOf(service: HttpContext): Hono {
  const { token, program, version, page } = service;
  const app = new Hono();
  app.use(securityHeaders);
  app.onError((error, context) => {
    service.report(error);
    return refuse(context, 500, "something went wrong inside; its log says what");
  });
  app.notFound((context) => refuse(context, 404, "there is nothing here: /openapi.json says what there is"));
  app.use(onlyOnce);
  app.route("/", healthRoutes(service));
  if (token === null) app.use(onlyLocalNames);
  // The page holds nothing secret: what it shows it asks for, with the token that it is given.
  for (const { path, type, body } of page)
    app.get(path, (context) => context.body(body, 200, { "content-type": type, "cache-control": "no-cache" }));
  if (token !== null) app.use(bearer(token));
  app.use("/api/*", async (context, next) => {
    await next();
    if (!context.res.headers.has("cache-control")) context.res.headers.set("cache-control", "no-store");
  });
  app.route("/", metricRoutes(service));
  app.get("/openapi.json", (context) => context.json(openApiOf(program, version, token !== null)));
  app.route("/api/instances", instanceRoutes(service));
  app.get("/api/program", (context) => context.json(programView(service)));
  app.get("/api/counts", (context) =>
    context.json<CountsView>({ number: service.recentEvents.number, domains: service.fleet.counts() }),
  );
  app.get("/api/domains/:domain/chart.svg", async (context) => {
    const svg = await service.charts.svg(context.req.param("domain"));
    return svg === null ? context.notFound() : context.body(svg, 200, { "content-type": "image/svg+xml" });
  });
  app.route("/api", streamRoutes(service));
  return app;
}

function programView({ program: { name, domains }, version, observeOnly }: HttpContext): ProgramView {
  return { name, version, observeOnly, domains: domains.map(({ description }) => description) };
}
