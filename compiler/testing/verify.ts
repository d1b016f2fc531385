import { expect } from "vitest";
import type { Definition } from "../../runtime-lib/kernel/definition.js";
import type { SimulatedDomain } from "../../runtime-lib/simulate/index.js";
import type { Domain } from "../2-check/program.js";
import type { Report } from "../5-verify/report/report.js";
import { type VerifyOptions, verifying } from "../5-verify/verify.js";
import { definitionsOf, loadDomains, programOf } from "./load.js";
import { deviationIn } from "./story.js";

/** A domain of a source, verified. */
export interface Verified {
  readonly domain: Domain;
  readonly definition: Definition;
  readonly report: Report;
}

/** Verifies the first domain of a source. */
export async function verifySource(
  text: string,
  options: VerifyOptions = {},
  path?: string,
  limit = Infinity,
): Promise<Verified> {
  const program = programOf(text, path);
  const [domain] = program.domains;
  if (domain === undefined) throw new Error("the source has no domain");
  // The module exports every domain under its name.
  const definition = (await definitionsOf(program))[domain.name] as Definition;
  return { domain, definition, report: within(limit, verifying(domain, definition, program.source, { every: 100, ...options })) };
}

/** Gives up after so many nodes. */
function within(limit: number, steps: ReturnType<typeof verifying>): Report {
  for (let next = steps.next(null); ; next = steps.next(next.value.nodes > limit ? "it is large" : null)) {
    if (next.done === true) return next.value;
  }
}

/** Puts a report into one line: `refuted: VED5001 after 3 steps`. */
export function inOneLine({ verdict, findings }: Report): string {
  const codes = [...new Set(findings.map(({ diagnostic }) => diagnostic.code))].sort().join(", ");
  const story = verdict === "refuted" ? findings[0]?.story : null;
  const head = codes === "" ? verdict : `${verdict}: ${codes}`;
  if (story === null || story === undefined) return head;
  const { steps, repeatsFrom } = story;
  if (repeatsFrom === null) return `${head} after ${count(steps.length)}`;
  return `${head} after ${count(repeatsFrom)}, then ${count(steps.length - repeatsFrom)} for ever`;
}

function count(steps: number): string {
  return `${steps} step${steps === 1 ? "" : "s"}`;
}

/** Plays the stories of a report through the real host, and expects what they say. */
export async function expectReplays(text: string, { domain, report }: Verified): Promise<void> {
  const subject = (await loadDomains(text))[domain.name] as unknown as SimulatedDomain;
  for (const finding of report.findings) expect(await deviationIn(finding, { subject, domains: [domain] })).toBeNull();
}
