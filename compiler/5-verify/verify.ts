import type { Definition } from "../../runtime-lib/kernel/definition.js";
import type { Domain } from "../2-check/program.js";
import type { Source } from "../diagnostics/diagnostic.js";
import { verifyingApart } from "./apart.js";
import { DomainSubject } from "./domain/domain-subject.js";
import { type InputOptions, inputsOf } from "./environment/inputs.js";
import { judging, type SearchOptions } from "./judge.js";
import type { Report } from "./report/report.js";
import { atOnce, type Steps } from "./search/steps.js";

/** What may come from outside, and how a search goes about it. */
export type VerifyOptions = InputOptions &
  SearchOptions & {
    /** Whether a system starts it: then it comes to life before anything is observed. */
    readonly isStarted?: boolean;
  };

/**
 * Explores every state that a domain can get into, and proves that it always finds its way to rest, or shows how it does not. It takes
 * what was compiled as a parameter, so that it runs wherever that can be loaded. It pauses and gives up as `judging` does.
 * @throws Error where the kernel breaks its own promise; no program can make it
 */
export function verifying(domain: Domain, definition: Definition, source: Source, options: VerifyOptions = {}): Steps<Report> {
  return verifyingApart(domain, definition, source, (own, compiled, text) =>
    judging(new DomainSubject(own, compiled, inputsOf(own, options), text, options.isStarted), options),
  );
}

/** Verifies without a pause. */
export function verify(domain: Domain, definition: Definition, source: Source, options: VerifyOptions = {}): Report {
  return atOnce(verifying(domain, definition, source, options));
}
