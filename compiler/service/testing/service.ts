import { onTestFinished } from "vitest";
import type { Journal } from "../../../runtime-lib/host/journal.js";
import type { KernelEvent } from "../../../runtime-lib/kernel/event.js";
import { describeProgram } from "../../2-check/description.js";
import { packageVersion } from "../../4-bundle/package-root.js";
import { definitionsOf, programOf } from "../../testing/load.js";
import type { UserConfig } from "../config/schema.js";
import { validate } from "../config/validate.js";
import type { PageFile } from "../http/context.js";
import type { RunProgram } from "../program.js";
import { secretsIn } from "../secrets/find.js";
import { type Service, type ServiceOptions, startService } from "../service.js";

/** Makes the program of a source, as it is run. */
export async function runProgramOf(text: string, name = "test"): Promise<RunProgram> {
  const program = programOf(text, `${name}.ved`);
  const definitions = await definitionsOf(program);
  const starts = program.system?.starts.map(({ domain, key, state }) => {
    return { domain, key, state: Object.fromEntries(state.map(({ field, value }) => [field, value])) };
  });
  return {
    name,
    domains: describeProgram(program).domains.flatMap((description) => {
      const definition = definitions[description.name];
      return definition === undefined ? [] : [{ description, definition }];
    }),
    starts: starts ?? null,
  };
}

/** A service under test. */
export interface TestService {
  readonly service: Service;
  readonly url: string;
  /** What it said to the operator. */
  readonly said: readonly string[];
  readonly events: readonly KernelEvent[];
  get(path: string, headers?: Record<string, string>): Promise<Response>;
  json(path: string): Promise<unknown>;
  observe(instance: string, facts: unknown): Promise<Response>;
}

/** What a service under test is started with. */
export interface TestServiceOptions {
  readonly source: string;
  /** What the program is called. */
  readonly name?: string;
  readonly config?: UserConfig;
  readonly observeOnly?: boolean;
  readonly journal?: Journal;
  readonly past?: ServiceOptions["past"];
  readonly page?: readonly PageFile[];
  readonly clock?: ServiceOptions["clock"];
}

/** Starts a service on a free port; it stops when the test is over. */
export async function startTestService(options: TestServiceOptions): Promise<TestService> {
  const { source, config = {}, observeOnly = false, journal = null, past = [], page = [], clock, name } = options;
  const checked = validate({ grace: "20ms", ...config, listen: { port: 0, ...config.listen } });
  if (checked.config === null) throw new Error(JSON.stringify(checked.problems));
  const [said, events]: [string[], KernelEvent[]] = [[], []];
  const service = await startService({
    ...{ observeOnly, journal, past, page },
    program: await runProgramOf(source, name),
    config: checked.config,
    folder: process.cwd(),
    secrets: secretsIn(config, [], {}),
    version: packageVersion(),
    log: { event: (event) => events.push(event), say: (text) => said.push(text), warn: (text) => said.push(`warning: ${text}`) },
    measuresProcess: false,
    ...(clock === undefined ? {} : { clock }),
  });
  onTestFinished(() => service.stop());
  const url = `http://127.0.0.1:${service.port}`;
  const get = (path: string, headers: Record<string, string> = {}) => fetch(`${url}${path}`, { headers });
  return {
    ...{ service, url, said, events, get },
    json: async (path) => (await get(path)).json(),
    observe: (instance, facts) =>
      fetch(`${url}/api/instances/${instance}/observe`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(facts),
      }),
  };
}

/** Waits until something is the case; the test's own time limit ends it. */
export async function until<T>(ask: () => T | Promise<T>): Promise<NonNullable<T>> {
  for (;;) {
    const answer = await ask();
    if (answer) return answer;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
