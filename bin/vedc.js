#!/usr/bin/env node
import process from "node:process";
import { main } from "../lib/cli/main.js";

const code = await main(process.argv.slice(2));
// What could not be written has said so already.
process.exitCode ??= code;
