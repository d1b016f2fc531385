import { pathToFileURL } from "node:url";
import type { Domain } from "../../runtime-lib/domain.js";
import type { Definition } from "../../runtime-lib/kernel/definition.js";
import type { State } from "../../runtime-lib/kernel/value.js";
import type { defineSystem, StartSystem } from "../../runtime-lib/system.js";
import type { Program } from "../2-check/program.js";
import { emit } from "../3-emit/emit.js";
import { startsOf } from "../3-emit/system.js";
import { runtimeEntry } from "./runtime.js";
import { toJavaScript } from "./transpile.js";

/**
 * Loads a generated module. Gives what it exports, by name: its domains among others.
 * @throws whatever the module throws when it is loaded
 */
export async function loadModule(program: Program, runtime = runtimeEntry): Promise<Readonly<Record<string, unknown>>> {
  return loadOver(program, pathToFileURL(runtime).href, program.imported.length > 0);
}

/** A system that was loaded. */
export interface LoadedSystem {
  readonly domains: readonly Domain<object, never, object, string>[];
  readonly start: StartSystem<object, never>;
}

/**
 * Loads the system of a program, whose imported domains are among those of other programs.
 * @throws whatever the modules throw when they are loaded
 */
export async function loadSystem(
  program: Program,
  programs: readonly Program[],
  runtimeFile = runtimeEntry,
): Promise<LoadedSystem> {
  const paths = new Set([program.source.path, ...program.imported.map(({ path }) => path)]);
  const entry = pathToFileURL(runtimeFile).href;
  const runtime = (await import(entry)) as { readonly defineSystem: typeof defineSystem };
  const own = programs.filter(({ source }) => paths.has(source.path));
  const modules = await Promise.all(own.map((each) => loadOver(each, entry, true)));
  const names = own.flatMap((each, index) => each.domains.map(({ name }) => [name, modules[index]?.[name]] as const));
  // A module exports each domain under its name.
  const domains = Object.fromEntries(names) as Record<string, LoadedSystem["domains"][number]>;
  return { domains: Object.values(domains), start: runtime.defineSystem<object, never>(() => domains, startsIn(program)) };
}

/** Loads the domains of a program's system with their definitions, and what it starts with, for exploring them together. */
export async function loadMembers(program: Program, programs: readonly Program[]) {
  const paths = new Set([program.source.path, ...program.imported.map(({ path }) => path)]);
  const own = programs.filter(({ source }) => paths.has(source.path));
  const definitions = await Promise.all(own.map((each) => loadDefinitions(each)));
  return {
    domains: own.flatMap(({ domains, source }) => domains.map((domain) => ({ domain, source }))),
    definitions: Object.assign({}, ...definitions) as Readonly<Record<string, Definition>>,
    starts: startsIn(program),
    isSystem: program.system !== null,
  };
}

function startsIn(program: Program): { domain: string; key: string; state: Partial<State> }[] {
  return startsOf(program).map(({ domain, key, state }) => {
    return { domain, key, state: Object.fromEntries(state.map(({ field, value }) => [field, value])) };
  });
}

/** Loads the definitions that a generated module makes of its domains, by name, for driving the kernel without a host. */
export async function loadDefinitions(program: Program, runtime = runtimeEntry): Promise<Readonly<Record<string, Definition>>> {
  const everything = `export * from ${JSON.stringify(pathToFileURL(runtime).href)};`;
  const definitions = `${everything} export const defineDomain = (definition) => definition;`;
  // The module exports what `defineDomain` gives for each domain.
  return (await loadOver(program, inline(definitions), true)) as Readonly<Record<string, Definition>>;
}

async function loadOver(program: Program, runtime: string, isAlone: boolean): Promise<Readonly<Record<string, unknown>>> {
  const emitted = emit(program, { runtime, file: "module.js", source: program.source.path, isAlone });
  return import(inline(toJavaScript(emitted.text)));
}

function inline(code: string): string {
  return `data:text/javascript,${encodeURIComponent(code)}`;
}
