import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { onTestFinished } from "vitest";
import type { Domain } from "../../runtime-lib/domain.js";
import type { Definition } from "../../runtime-lib/kernel/definition.js";
import type { State } from "../../runtime-lib/kernel/value.js";
import type { Program } from "../2-check/program.js";
import { loadDefinitions as definitionsOver, loadModule } from "../4-bundle/load.js";
import { renderPretty } from "../diagnostics/pretty.js";
import { compile } from "../index.js";

/** A domain whose names are not known when the test is written. */
export type AnyDomain = Domain<Record<string, string | number | boolean>, object, Record<string, string>, string>;

/** Checks a source that is meant to be right, and gives its program. */
export function programOf(text: string, path = "test.ved"): Program {
  const { program, diagnostics } = compile({ path, text });
  if (program === null) throw new Error(diagnostics.map((diagnostic) => renderPretty(diagnostic)).join("\n"));
  return program;
}

/** Compiles a source and loads its domains with the runtime as users get it. */
export async function loadDomains(text: string): Promise<Record<string, AnyDomain>> {
  return loadProgram(programOf(text), resolve("lib/runtime-lib"));
}

/** Loads the domains of a program with the runtime library in a folder. */
export async function loadProgram(program: Program, library: string): Promise<Record<string, AnyDomain>> {
  return loadModule(program, join(library, "index.js")) as Promise<Record<string, AnyDomain>>;
}

/** Loads the definitions that the generated code of a source makes, for driving the kernel without a host. */
export async function loadDefinitions(text: string): Promise<Readonly<Record<string, Definition<State>>>> {
  return definitionsOf(programOf(text));
}

/** Gives the definitions that the generated code of a program makes. */
export async function definitionsOf(program: Program): Promise<Readonly<Record<string, Definition<State>>>> {
  return definitionsOver(program, resolve("lib/runtime-lib/index.js"));
}

/** Makes an empty folder that goes when the test is over. */
export function scratchFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "vedc-test-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
