// Files of one call may be several programs, which may have domains of one name, or even share some.
import type { Program } from "../2-check/program.js";
import { homeOf, type WholeProgram } from "../2-check/whole-programs.js";
import { isSaidByAll } from "../5-verify/each-key.js";
import type { Report } from "../5-verify/report/report.js";

/** What names the domains that it is about, with commas between, and the file of its program. */
interface Named {
  readonly domain: string;
  readonly file: string;
}

/** Gives what says which file a result is about: null where no other program has a domain of that name. */
export function namingFiles(wholes: readonly WholeProgram[]): (result: Named) => string | null {
  const isShared = (name: string) => wholes.filter(({ domains }) => domains.includes(name)).length > 1;
  return ({ domain, file }) => (domain.split(", ").some(isShared) ? file : null);
}

/** A report, and the program that it is on. */
export interface Verified<R extends Report> {
  readonly result: R;
  readonly program: Program;
}

/** Says whether a domain is looked at with several programs. */
export function haveSharedDomains(wholes: readonly WholeProgram[]): boolean {
  const all = wholes.flatMap(({ program, own }) => own.map((name) => JSON.stringify([homeOf(name, program), name])));
  return new Set(all).size < all.length;
}

/** Leaves out of reports that a part of a domain makes no difference, where it makes one as another program starts the domain. */
export function saidByAllPrograms<R extends Report>(verified: readonly Verified<R>[]): Verified<R>[] {
  return verified.map(({ result, program }) => {
    const home = homeOf(result.domain, program);
    const others = verified.filter((other) => {
      return other.result.domain === result.domain && homeOf(result.domain, other.program) === home;
    });
    const reports = others.map((other) => other.result);
    return { program, result: { ...result, findings: result.findings.filter((each) => isSaidByAll(each, reports)) } };
  });
}
