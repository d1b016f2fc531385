import type { DomainDescription } from "../../2-check/description.js";
import type { Parameter } from "../../2-check/program.js";
import { type TypeRef, types } from "../../language/type.js";
import { maxKeyLength } from "../key.js";
import type { RunProgram } from "../program.js";
import { standings } from "../standing.js";
import { defaultLimit, maxLimit } from "./instances.js";

type Json =
  | { readonly [name: string]: Json | readonly Json[] | string | number | boolean | null }
  | string
  | number
  | boolean
  | null;
type JsonObject = Readonly<Record<string, Json | readonly Json[]>>;

/** Makes the OpenAPI document (3.1) of a program's service: each domain has a path of its own, with its own types. */
export function openApiOf({ name, domains }: RunProgram, version: string, hasToken: boolean): JsonObject {
  const described = domains.map(({ description }) => description);
  const paths = Object.fromEntries([...commonPaths(), ...described.flatMap(domainPaths)]);
  const schemas = Object.fromEntries([...commonSchemas(), ...described.flatMap(domainSchemas)]);
  return {
    openapi: "3.1.0",
    info: { title: name, version, description: `What \`vedc run\` serves of ${name}.` },
    paths,
    components: {
      schemas,
      ...(hasToken ? { securitySchemes: { token: { type: "http", scheme: "bearer" } } } : {}),
    },
    ...(hasToken ? { security: [{ token: [] }] } : {}),
  };
}

function domainPaths(domain: DomainDescription): [string, JsonObject][] {
  const { name, doc } = domain;
  const key = parameter("key", "path", { type: "string", minLength: 1, maxLength: maxKeyLength }, "The instance's key.");
  return [
    [
      `/api/instances/${name}/{key}`,
      {
        parameters: [key],
        get: operation(`get${name}`, `One instance of ${name}, with its history.`, reference(`${name}Instance`), ["404"], doc),
      },
    ],
    [
      `/api/instances/${name}/{key}/observe`,
      {
        parameters: [key],
        post: {
          ...operation(
            `observe${name}`,
            `Tells an instance of ${name} facts. It comes to life when it is first observed.`,
            reference(`${name}Instance`),
            ["400", "413", "415", "422", "503"],
          ),
          requestBody: { required: true, content: { "application/json": { schema: reference(`${name}Facts`) } } },
        },
      },
    ],
    [
      `/api/domains/${name}/chart.svg`,
      {
        get: {
          operationId: `chartOf${name}`,
          summary: `Where an instance of ${name} may be, drawn.`,
          responses: { "200": content("The chart.", "image/svg+xml", { type: "string" }) },
        },
      },
    ],
  ];
}

function domainSchemas(domain: DomainDescription): [string, JsonObject][] {
  const { name, fields, goals } = domain;
  const properties = Object.fromEntries(fields.map((field) => [field.name, typeSchema(field, field.doc)]));
  const goalSchemas = goals.map((goal) => [goal.name, goalSchema(goal.realities.map(({ name }) => name))]);
  return [
    [`${name}Facts`, { type: "object", properties, additionalProperties: false }],
    [
      `${name}Instance`,
      {
        type: "object",
        required: ["domain", "key", "standing", "state", "goals", "activations"],
        properties: {
          domain: { const: name },
          key: { type: "string" },
          standing: reference("Standing"),
          state: { type: "object", properties, required: fields.map((field) => field.name) },
          goals: { type: "object", properties: Object.fromEntries(goalSchemas) },
          activations: { type: "array", items: reference("Activation") },
          elapsed: { type: "array", items: { type: "string" }, description: "What has held for long enough." },
          node: { type: ["string", "null"], description: "The element of the chart where it is." },
          history: { type: "array", items: reference("Entry") },
        },
      },
    ],
  ];
}

function goalSchema(names: readonly string[]): JsonObject {
  return {
    type: "object",
    properties: { holds: { type: "boolean" }, reality: { enum: [...names, null] } },
    required: ["holds", "reality"],
  };
}

function typeSchema({ type, members, range }: TypeRef | Parameter, doc: string): JsonObject {
  const description: JsonObject = doc === "" ? {} : { description: doc };
  if (members !== undefined) return { type: "string", enum: [...members], ...description };
  const bounds: JsonObject = range === undefined ? {} : { minimum: range.min, maximum: range.max };
  return { ...types[type].schema, ...bounds, ...description };
}

function commonPaths(): [string, JsonObject][] {
  const text = { type: "string" };
  const filter = [
    parameter("domain", "query", text, "Only of this domain."),
    parameter("key", "query", text, "Only of the instance with this key."),
  ];
  return [
    [
      "/api/program",
      {
        get: operation("getProgram", "The program: its domains, fields, goals, transitions and effects.", { type: "object" }, []),
      },
    ],
    ["/api/counts", { get: operation("getCounts", "How many instances stand how.", { type: "object" }, []) }],
    [
      "/api/instances",
      {
        get: {
          ...operation("listInstances", "Instances, in pages.", reference("Page"), ["400"]),
          parameters: [
            parameter("domain", "query", text, "Only of this domain."),
            parameter("standing", "query", reference("Standing"), "Only those that stand so."),
            parameter("reality", "query", text, "Only those in a reality, as in `Goal:A`; `Goal:` for those in none."),
            parameter("search", "query", text, "Only those whose key has this in it."),
            parameter("after", "query", text, "The `next` of the page before."),
            parameter("offset", "query", { type: "integer", minimum: 0, default: 0 }, "How many are left out at the beginning."),
            parameter("limit", "query", { type: "integer", minimum: 1, maximum: maxLimit, default: defaultLimit }, "How many."),
          ],
        },
      },
    ],
    [
      "/api/events",
      {
        get: {
          operationId: "streamEvents",
          summary: "What happens, as server-sent events.",
          parameters: [...filter, parameter("since", "query", { type: "integer" }, "Begin with what came after this event.")],
          responses: { "200": content("Events, for as long as the connection is open.", "text/event-stream", text) },
        },
      },
    ],
    [
      "/api/changes",
      {
        get: {
          operationId: "streamChanges",
          summary: "That something has changed, as server-sent events.",
          parameters: filter,
          responses: { "200": content("Events, for as long as the connection is open.", "text/event-stream", text) },
        },
      },
    ],
    ["/healthz", { get: { ...operation("isAlive", "Whether it lives.", { type: "object" }, ["503"]), security: [] } }],
    [
      "/readyz",
      { get: { ...operation("isReady", "Whether it takes observations.", { type: "object" }, ["503"]), security: [] } },
    ],
    [
      "/metrics",
      {
        get: {
          operationId: "getMetrics",
          summary: "Numbers, in the format of Prometheus.",
          responses: { "200": content("The numbers.", "text/plain", text) },
        },
      },
    ],
  ];
}

function commonSchemas(): [string, JsonObject][] {
  const text = { type: "string" };
  const entry = { number: { type: "integer" }, at: { type: "integer", description: "Epoch ms." }, type: text, text };
  return [
    ["Standing", { type: "string", enum: [...standings] }],
    ["Entry", { type: "object", properties: entry, required: Object.keys(entry) }],
    [
      "Activation",
      {
        type: "object",
        properties: {
          transition: text,
          key: { type: "string", description: "The idempotency key of its current intent." },
          intent: { type: "object" },
          attempt: { type: "integer" },
          mode: { type: "string", enum: ["in flight", "waiting", "carried"] },
          nextAt: { type: ["integer", "null"], description: "When the next attempt is due, in epoch ms." },
          blocks: { type: "array", items: text },
        },
      },
    ],
    [
      "Line",
      {
        type: "object",
        properties: { domain: text, key: text, standing: reference("Standing"), realities: { type: "object" } },
        required: ["domain", "key", "standing"],
      },
    ],
    [
      "Page",
      {
        type: "object",
        properties: {
          instances: { type: "array", items: reference("Line") },
          total: { type: "integer" },
          next: { type: ["string", "null"] },
        },
        required: ["instances", "total", "next"],
      },
    ],
    [
      "Error",
      {
        type: "object",
        properties: {
          error: text,
          problems: { type: "array", items: { type: "object", properties: { at: text, message: text } } },
        },
        required: ["error"],
      },
    ],
  ];
}

function operation(
  operationId: string,
  summary: string,
  schema: JsonObject,
  errors: readonly string[],
  description = "",
): JsonObject {
  const refused = errors.map(
    (status) => [status, content("It is refused, with the reason.", "application/json", reference("Error"))] as const,
  );
  return {
    operationId,
    summary,
    ...(description === "" ? {} : { description }),
    responses: { "200": content("What was asked for.", "application/json", schema), ...Object.fromEntries(refused) },
  };
}

function content(description: string, type: string, schema: JsonObject): JsonObject {
  return { description, content: { [type]: { schema } } };
}

function parameter(name: string, node: "path" | "query", schema: JsonObject, description: string): JsonObject {
  return { name, in: node, required: node === "path", schema, description };
}

function reference(name: string): JsonObject {
  return { $ref: `#/components/schemas/${name}` };
}
