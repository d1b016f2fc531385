import { z } from "zod";
import { defaultKey } from "../../language/default.js";
import { placeholder } from "../adapters/template.js";
import { detourIn } from "../adapters/url.js";
import { isKey, noKey } from "../key.js";
import { readDuration } from "./duration.js";

/** A duration with its unit, as in `"500ms"`, `"5s"`, `"2m"`, `"1h"`. */
const duration = z.string({ error: 'a duration is a text with its unit, as in "5s"' }).transform((text, context) => {
  const ms = readDuration(text);
  if (ms !== null) return ms;
  context.addIssue({
    code: "custom",
    message: `${JSON.stringify(text)} is no duration: write a number and ms, s, m, h or d, as in "5s"`,
  });
  return z.NEVER;
});

const positiveDuration = duration.refine((ms) => ms > 0, { error: "it has to be longer than nothing" });

const status = 'a status is a number such as 503, a class such as "5xx", or a range such as "500-503"';

/** Status codes, classes of them (`"5xx"`), and ranges (`"500-503"`). */
const statuses = z.array(
  z.union(
    [
      z.int().min(100, { error: status }).max(599, { error: status }),
      z.string().regex(/^(?:[1-5]xx|[1-5]\d\d-[1-5]\d\d)$/, { error: status }),
    ],
    { error: status },
  ),
);

const exitCodes = z.array(z.int({ error: "an exit code is a whole number" }).min(0).max(255));

const texts = z.record(z.string(), z.string({ error: "it has to be a text" }));

/** What a header may hold: one line of Latin characters (RFC 9110, 5.5). */
export const headerText = /^[\t\x20-\x7e\x80-\xff]*$/;

const headers = z.record(
  z.string().regex(/^[\w!#$%&'*+.^`|~-]+$/, { error: "a header's name has letters, digits and hyphens only" }),
  z.string({ error: "it has to be a text" }).regex(headerText, { error: "a header is one line of Latin characters" }),
);

const value = z.union([z.string(), z.int(), z.boolean()], { error: "a value is a text, a whole number, true or false" });

const key = z.string().refine(isKey, { error: noKey });

const url = z.string().check((context) => {
  const message = urlProblem(context.value);
  if (message !== null) context.issues.push({ code: "custom", message, input: context.value });
});

/** Gives what is wrong with a URL, which may have placeholders; null: nothing. */
function urlProblem(text: string): string | null {
  if (!/^https?:\/\//.test(text)) return "a URL begins with http:// or https://";
  if (/^https?:\/\/[^/?#]*@/.test(text)) return "a password in a URL gets into logs: put it into `headers`";
  const example = text.replace(placeholder, (found, name?: string) => (name === undefined ? found.slice(1) : "1"));
  return detourIn(text) ?? (URL.canParse(example) ? null : "this is no URL");
}

const method = z.string().regex(/^[A-Z]+$/, { error: 'a method is in capitals, as in "PUT"' });

const command = z.tuple([z.string().min(1)], z.string(), {
  error: 'a command is a list, the program first, as in ["systemctl", "restart", "web"]: there is no shell',
});

/** An HTTP request for each attempt. */
const httpAdapter = z.strictObject({
  url,
  method: method.default("POST"),
  headers: headers.default({}),
  /** JSON in which `{name}` stands for an argument; false: none. All arguments when absent. */
  body: z.json().optional(),
  done: statuses.optional(),
  failed: statuses.optional(),
  unknown: statuses.optional(),
  /** Where in a JSON answer the value is that a handler asks for, as in `/job/id`; the whole answer when absent. */
  value: z
    .string()
    .regex(/^(?:\/.*)?$/, { error: 'it is a JSON pointer, as in "/job/id"' })
    .optional(),
});

/** A program for each attempt, without a shell. */
const execAdapter = z.strictObject({
  command,
  cwd: z.string().optional(),
  env: texts.default({}),
  done: exitCodes.default([0]),
  failed: exitCodes.optional(),
  unknown: exitCodes.default([]),
});

const logAdapter = z.strictObject({
  /** What the effect comes to, where a handler asks for it. */
  value: value.optional(),
});

/** A function of a configuration in JavaScript, `(…arguments, call)`: which arguments it takes is the program's business. */
const run = z.custom<(...args: never[]) => unknown>((given) => typeof given === "function", {
  error: "it has to be a function",
});

const retry = z.strictObject({
  initial: duration.optional(),
  factor: z.number().min(1).optional(),
  max: duration.optional(),
  jitter: z.number().min(0).max(1).optional(),
});

const concurrency = z.int({ error: "it is a whole number from 1 on" }).min(1);

const effect = z
  .strictObject({
    http: httpAdapter.optional(),
    exec: execAdapter.optional(),
    log: logAdapter.optional(),
    run: run.optional(),
    retry: retry.optional(),
    timeout: duration.optional(),
    concurrency: concurrency.optional(),
  })
  .refine(({ http, exec, log, run }) => [http, exec, log, run].filter((each) => each !== undefined).length === 1, {
    error: "an effect has one of http, exec, log and run",
  });

const bareFunction = run.transform((each): z.output<typeof effect> => ({ run: each }));

const httpProbe = z.strictObject({
  url,
  method: method.default("GET"),
  headers: headers.default({}),
  status: statuses.default(["2xx"]),
  /** The answer has to contain this. */
  contains: z.string().optional(),
});

const tcpProbe = z.strictObject({ host: z.string().min(1), port: z.int().min(1).max(65_535) });

const execProbe = z.strictObject({ command, cwd: z.string().optional(), env: texts.default({}), status: exitCodes.default([0]) });

const probe = z
  .strictObject({
    domain: z.string().optional(),
    key: key.default(defaultKey),
    field: z.string(),
    every: positiveDuration.default(5000),
    timeout: positiveDuration.default(2000),
    /** What is observed where the check succeeds, and where it fails. */
    up: value.optional(),
    down: value.optional(),
    /** So many checks in a row have to succeed, or to fail. */
    rise: z.int().min(1).default(1),
    fall: z.int().min(1).default(1),
    http: httpProbe.optional(),
    tcp: tcpProbe.optional(),
    exec: execProbe.optional(),
  })
  .refine(({ http, tcp, exec }) => [http, tcp, exec].filter((each) => each !== undefined).length === 1, {
    error: "a probe has one of http, tcp and exec",
  });

/** How many characters a token has at least. */
export const shortestToken = 16;

/** What is said of one that is shorter. */
export const shortToken = `a token has ${shortestToken} characters or more: others are guessed`;

const listen = z.strictObject({
  host: z.string().min(1).default("127.0.0.1"),
  port: z.int().min(0).max(65_535).default(7070),
  /** Whoever calls has to send it as `Authorization: Bearer …`. */
  token: z.string().min(shortestToken, { error: shortToken }).optional(),
});

const instance = z.strictObject({
  domain: z.string().optional(),
  key: key.default(defaultKey),
  state: z.record(z.string(), value).default({}),
});

/** The shape of a configuration of `vedc run`. */
export const configSchema = z.strictObject({
  effects: z.record(z.string(), z.union([bareFunction, effect])).default({}),
  /** For effects that the program no longer has, and which activations in the journal have yet to carry out. */
  legacyEffects: z.record(z.string(), z.union([bareFunction, effect])).default({}),
  retry: retry.default({}),
  timeout: duration.optional(),
  concurrency: concurrency.optional(),
  probes: z.array(probe).default([]),
  /** What comes to life at the start; every domain once when absent, or what `system` says. */
  instances: z.array(instance).optional(),
  /** The folder of the journal, from where the configuration is. */
  journal: z.string().min(1).optional(),
  listen: listen.prefault({}),
  /** How long calls under way may take once it is to stop. */
  grace: duration.default(10_000),
  /** How many messages a mailbox holds. */
  mailbox: z.int().min(1).optional(),
});

/** The options that there are at each place, for naming the one that was meant. */
export const optionNames: Readonly<Record<string, readonly string[]>> = {
  "": Object.keys(configSchema.shape),
  listen: Object.keys(listen.shape),
  retry: Object.keys(retry.shape),
  instances: Object.keys(instance.shape),
  effects: Object.keys(effect.shape),
  "effects.http": Object.keys(httpAdapter.shape),
  "effects.exec": Object.keys(execAdapter.shape),
  "effects.log": Object.keys(logAdapter.shape),
  "effects.retry": Object.keys(retry.shape),
  probes: Object.keys(probe.shape),
  "probes.http": Object.keys(httpProbe.shape),
  "probes.tcp": Object.keys(tcpProbe.shape),
  "probes.exec": Object.keys(execProbe.shape),
};

/** What may be said of an effect. */
export type EffectOptions = z.input<typeof effect>;
/** A configuration as it is written. */
export type UserConfig = z.input<typeof configSchema>;
/** A configuration that was read: with what it leaves out filled in, and durations in ms. */
export type Config = z.output<typeof configSchema>;
/** How an effect is carried out, as it was read. */
export type EffectConfig = Config["effects"][string];
/** An effect carried out by an HTTP request, as it was read. */
export type HttpConfig = z.output<typeof httpAdapter>;
/** An effect carried out by a program, as it was read. */
export type ExecConfig = z.output<typeof execAdapter>;
/** An effect that is only logged, as it was read. */
export type LogConfig = z.output<typeof logAdapter>;
/** A probe, which looks at the world, as it was read. */
export type ProbeConfig = Config["probes"][number];
/** How what fails is tried again, as it was read. */
export type RetryConfig = z.output<typeof retry>;
/** A list of statuses: codes, classes (`5xx`), ranges (`500-503`). */
export type Statuses = z.output<typeof statuses>;
