#!/usr/bin/env node
import process from "node:process";
import { main } from "../lib/cli/main.js";

// A reader that has seen enough (`vedc explain | head`) is no error.
process.stdout.on("error", (error) => process.exit(error.code === "EPIPE" ? 0 : 70));

process.exitCode = await main(process.argv.slice(2));
