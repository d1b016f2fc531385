import type { HttpBindings } from "@hono/node-server";
import { type Context, Hono, type MiddlewareHandler } from "hono";
import { refuse } from "./answer.js";
import type { HttpContext } from "./context.js";
import { streamHeaders } from "./streams.js";

/** Makes the routes for those who keep the service running. Anybody may ask whether it lives and is ready. */
export function healthRoutes({ notReady, failure }: HttpContext): Hono {
  const app = new Hono();
  const answer = (context: Context, reason: string | null) => {
    context.header("cache-control", "no-store");
    return reason === null ? context.json({ status: "ok" }) : context.json({ status: "failed", reason }, 503);
  };
  app.get("/healthz", (context) => answer(context, failure()));
  app.get("/readyz", (context) => answer(context, failure() ?? notReady()));
  return app;
}

/** Makes the route of the metrics, in the format of Prometheus. */
export function metricRoutes({ metrics }: HttpContext): Hono {
  const app = new Hono();
  app.get("/metrics", async (context) => context.body(await metrics.text(), 200, { "content-type": metrics.contentType }));
  return app;
}

/** Makes the routes that stream what happens, as it happens. */
export function streamRoutes({ streams }: HttpContext): Hono<{ Bindings: HttpBindings }> {
  const app = new Hono<{ Bindings: HttpBindings }>();
  const filterOf = (context: Context) => ({ domain: context.req.query("domain"), key: context.req.query("key") });
  const withRoom: MiddlewareHandler<{ Bindings: HttpBindings }> = async (context, next) => {
    if (context.req.method === "HEAD") return context.body(null, 200, streamHeaders);
    if (streams.has(context.env.incoming.socket)) return refuse(context, 400, "this connection has a stream: open another");
    return streams.isFull ? refuse(context, 503, "too many streams are open") : next();
  };
  app.get("/events", withRoom, (context) => {
    const since = context.req.header("last-event-id") ?? context.req.query("since");
    if (since !== undefined && !/^\d{1,16}$/.test(since)) return refuse(context, 400, "`since` is the number of an event");
    return streams.events(context.env.incoming.socket, filterOf(context), since === undefined ? null : Number(since));
  });
  app.get("/changes", withRoom, (context) => streams.changes(context.env.incoming.socket, filterOf(context)));
  return app;
}
