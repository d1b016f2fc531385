import type { Definition } from "../../runtime-lib/kernel/definition.js";
import { asksForKey } from "../2-check/own-key.js";
import type { Domain } from "../2-check/program.js";
import type { Source } from "../diagnostics/diagnostic.js";
import { verifyingApart } from "./apart.js";
import { DomainSubject } from "./domain/domain-subject.js";
import { type Called, ofEachKey } from "./each-key.js";
import { begunWith, ownKeyIn } from "./environment/beginning.js";
import { type InputOptions, inputsOf } from "./environment/inputs.js";
import { judging, type SearchOptions } from "./judge.js";
import type { Report } from "./report/report.js";
import { atOnce, type Steps } from "./search/steps.js";

/** What may come from outside, and how a search goes about it. */
export type VerifyOptions = InputOptions &
  SearchOptions & {
    /** Whether a system starts it: then it comes to life before anything is observed, and its key is known. */
    readonly isStarted?: boolean;
  };

/**
 * Explores every state that a domain can get into, and proves that it always finds its way to rest, or shows how it does not. It takes
 * what was compiled as a parameter, so that it runs wherever that can be loaded. It pauses and gives up as `judging` does.
 * @throws Error where the kernel breaks its own promise; no program can make it
 */
export function* verifying(domain: Domain, definition: Definition, source: Source, options: VerifyOptions = {}): Steps<Report> {
  if (!asksForKey(domain) || options.isStarted === true) return yield* verifyingOne(domain, definition, source, options);
  const all: Called[] = [];
  const { known, fresh } = inputsOf(domain, options).keys;
  // What it does not know are all alike as long as there is nobody else.
  for (const key of [...known, ...fresh.slice(0, 1)]) {
    const called = begunWith(domain, definition, ownKeyIn(domain, key));
    all.push({ key, report: yield* verifyingOne(called.domain, called.definition, source, options) });
  }
  return ofEachKey(domain, all);
}

function verifyingOne(domain: Domain, definition: Definition, source: Source, options: VerifyOptions): Steps<Report> {
  return verifyingApart(domain, definition, source, (own, compiled, text) =>
    judging(new DomainSubject(own, compiled, inputsOf(own, options), text, options.isStarted), options),
  );
}

/** Verifies without a pause. */
export function verify(domain: Domain, definition: Definition, source: Source, options: VerifyOptions = {}): Report {
  return atOnce(verifying(domain, definition, source, options));
}
