import { pathToFileURL } from "node:url";
import type { Definition } from "../../runtime-lib/kernel/definition.js";
import type { Program } from "../2-check/program.js";
import { emit } from "../4-emit/emit.js";
import { runtimeEntry } from "./runtime.js";
import { toJavaScript } from "./transpile.js";

/** What a generated module exports, by name: its domains among others. @throws whatever the module throws when it is loaded */
export async function loadModule(program: Program, runtime = runtimeEntry): Promise<Readonly<Record<string, unknown>>> {
  return loadOver(program, pathToFileURL(runtime).href, program.imported.length > 0);
}

/** The definitions that a generated module makes of its domains, by name, for driving the kernel without a host. */
export async function loadDefinitions(program: Program, runtime = runtimeEntry): Promise<Readonly<Record<string, Definition>>> {
  const everything = `export * from ${JSON.stringify(pathToFileURL(runtime).href)};`;
  const definitions = `${everything} export const defineDomain = (definition) => definition;`;
  // The module exports what `defineDomain` gives for each domain.
  return (await loadOver(program, inline(definitions), true)) as Readonly<Record<string, Definition>>;
}

async function loadOver(program: Program, runtime: string, isAlone: boolean): Promise<Readonly<Record<string, unknown>>> {
  const emitted = emit(program, { runtime, file: "module.js", source: program.source.path, isAlone });
  return import(inline(toJavaScript(emitted.text).code));
}

function inline(code: string): string {
  return `data:text/javascript,${encodeURIComponent(code)}`;
}
