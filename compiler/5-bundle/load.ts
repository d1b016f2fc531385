import { pathToFileURL } from "node:url";
import type { Program } from "../2-check/program.js";
import { emit } from "../4-emit/emit.js";
import { runtimeEntry } from "./runtime.js";
import { toJavaScript } from "./transpile.js";

/** What a generated module exports, by name: its domains among others. @throws whatever the module throws when it is loaded */
export async function loadModule(program: Program, runtime = runtimeEntry): Promise<Readonly<Record<string, unknown>>> {
  const emitted = emit(program, { runtime: pathToFileURL(runtime).href, file: "module.js", source: program.source.path });
  const { code } = toJavaScript(emitted.text);
  return import(`data:text/javascript,${encodeURIComponent(code)}`);
}
