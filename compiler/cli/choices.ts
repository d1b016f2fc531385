// What the command line offers to choose from. It is loaded by every call, and loads nothing.
import type { Severity } from "../diagnostics/diagnostic.js";

/** How findings are shown: for people, on a line each, or for machines. */
export const formats = ["pretty", "compact", "json", "github", "sarif"] as const;

/** One of them. */
export type Format = (typeof formats)[number];

/** The severities, the gravest first. */
export const severities = ["error", "warning", "hint"] as const satisfies readonly Severity[];

/** The shells that complete the command line. */
export const shells = ["bash", "zsh", "fish"] as const;

/** One of them. */
export type Shell = (typeof shells)[number];
