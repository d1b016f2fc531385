import type { Program } from "./program.js";
import { rootsOf } from "./roots.js";

/** A program as it is run, however many files it stands in. */
export interface WholeProgram {
  /** That of the file which says what is run. */
  readonly program: Program;
  /** The names of its domains. */
  readonly domains: readonly string[];
  /** Those that are looked at with it, where each is looked at by itself. */
  readonly own: readonly string[];
}

/** A domain, and the path of its file. */
interface Located {
  readonly name: string;
  readonly path: string;
}

/**
 * Gives the programs that files are run as: one for each `system`, and one for each file that has none and belongs to no other's. A domain
 * is looked at with each program that starts it; one that nobody starts, with the first that has it.
 */
export function wholePrograms(programs: readonly Program[]): WholeProgram[] {
  const known = new Set<string>();
  const chosen = runAsOne(programs);
  const started = new Set(chosen.flatMap((program) => domainsIn(program).filter(isStartedBy(program)).map(keyOf)));
  return chosen.map((program) => {
    const all = domainsIn(program);
    const isStarted = isStartedBy(program);
    const own = all.filter((each) => isStarted(each) || !(started.has(keyOf(each)) || known.has(keyOf(each))));
    for (const each of own) known.add(keyOf(each));
    return { program, domains: all.map(({ name }) => name), own: own.map(({ name }) => name) };
  });
}

/** Gives the path of the file in which a domain of a program stands; null: the program has none of this name. */
export function homeOf(name: string, program: Program): string | null {
  return domainsIn(program).find((domain) => domain.name === name)?.path ?? null;
}

/** Gives the programs that say what is run; of files that import each other without a `system` the first. */
function runAsOne(programs: readonly Program[]): Program[] {
  const files = programs.map((program) => {
    return { program, path: program.source.path, imported: program.imported, hasSystem: program.system !== null };
  });
  const roots = rootsOf(files).filter(({ path, hasSystem }, index, all) => {
    const isTaken = all.slice(0, index).some(({ imported }) => imported.some((other) => other.path === path));
    return hasSystem || !isTaken;
  });
  const isRoot = new Set(roots.map(({ program }) => program));
  return programs.filter((program) => domainsIn(program).length > 0 && (program.system !== null || isRoot.has(program)));
}

function domainsIn({ source, domains, imported }: Program): Located[] {
  return [...domains.map(({ name }) => ({ name, path: source.path })), ...imported];
}

function isStartedBy({ system }: Program): (domain: Located) => boolean {
  const names = new Set(system?.starts.map(({ domain }) => domain));
  return ({ name }) => system === null || names.has(name);
}

function keyOf({ name, path }: Located): string {
  return JSON.stringify([path, name]);
}
