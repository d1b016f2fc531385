import { createHash, timingSafeEqual } from "node:crypto";
import type { HttpBindings } from "@hono/node-server";
import type { MiddlewareHandler } from "hono";
import { isLoopback } from "../config/fit.js";
import { refuse } from "./answer.js";

/** Adds what every answer says: nothing of it runs, is framed or is kept anywhere else. */
export const securityHeaders: MiddlewareHandler = async (context, next) => {
  await next();
  const { headers } = context.res;
  headers.set("x-content-type-options", "nosniff");
  headers.set("referrer-policy", "no-referrer");
  headers.set("cross-origin-resource-policy", "same-origin");
  headers.set(
    "content-security-policy",
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  );
};

/** What requests are read or judged by. */
const onceOnly: ReadonlySet<string> = new Set([
  "authorization",
  "content-length",
  "content-type",
  "host",
  "last-event-id",
  "origin",
  "sec-fetch-site",
  "transfer-encoding",
]);

/** Refuses whoever says twice what has to be said once: of two who read it, each could take another one (RFC 9110, 5.3). */
export const onlyOnce: MiddlewareHandler<{ Bindings: Partial<HttpBindings> }> = async (context, next) => {
  const { rawHeaders = [] } = context.env.incoming ?? {};
  const names = rawHeaders.filter((_, index) => index % 2 === 0).map((name) => name.toLowerCase());
  const twice = names.find((name, index) => onceOnly.has(name) && names.indexOf(name) < index);
  return twice === undefined ? next() : refuse(context, 400, `the header ${twice} is there twice`);
};

/** Refuses whoever does not show the token. What is compared takes as long whatever is wrong. */
export function bearer(token: string): MiddlewareHandler {
  const wanted = digest(token);
  return async (context, next) => {
    const [, shown = ""] = /^Bearer ([\x21-\x7e]+)$/i.exec(context.req.header("authorization") ?? "") ?? [];
    if (timingSafeEqual(digest(shown), wanted)) return next();
    context.header("www-authenticate", 'Bearer realm="vedc"');
    return refuse(context, 401, shown === "" ? "send the token: `Authorization: Bearer …`" : "this is not the token");
  };
}

function digest(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}

/**
 * Refuses, where there is no token, whoever asks for anything but the machine itself by name: a page of somebody else whose name
 * was made to point here (DNS rebinding).
 */
export const onlyLocalNames: MiddlewareHandler = async (context, next) => {
  const { hostname } = new URL(context.req.url);
  if (isLoopback(hostname.replace(/^\[|\]$/g, ""))) return next();
  return refuse(context, 403, `it listens on this machine only, and is not called ${hostname}: ask for localhost`);
};

/** Refuses what pages of others make a browser send us. */
export const onlyOwnPages: MiddlewareHandler = async (context, next) => {
  const site = context.req.header("sec-fetch-site");
  if (site === undefined || site === "same-origin" || site === "none") return next();
  return refuse(context, 403, "a page of another site cannot observe anything");
};
