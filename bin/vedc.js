#!/usr/bin/env node
import module from "node:module";
import process from "node:process";

if (module.enableCompileCache !== undefined) (await import("../lib/compiler/cli/compiled.js")).keepCompiled();
const { main } = await import("../lib/cli/main.js");
const code = await main(process.argv.slice(2));
// What could not be written has said so already.
process.exitCode ??= code;
