import process from "node:process";
import * as util from "node:util";
import { plain, type Style } from "../diagnostics/pretty.js";

type Format = Parameters<typeof util.styleText>[0];

/** Says whether a stream wants colours: a terminal does, unless `NO_COLOR` is set; `FORCE_COLOR` overrides both. */
function wantsColours(stream: { readonly isTTY?: boolean }): boolean {
  const { FORCE_COLOR, NO_COLOR } = process.env;
  if (FORCE_COLOR !== undefined && FORCE_COLOR !== "") return FORCE_COLOR !== "0";
  return stream.isTTY === true && (NO_COLOR === undefined || NO_COLOR === "");
}

/** Gives the colours of a stream. */
export function styleFor(stream: { readonly isTTY?: boolean }): Style {
  // util.styleText came with Node 20.12.
  if (!wantsColours(stream) || typeof util.styleText !== "function") return plain;
  const as = (format: Format) => (text: string) => util.styleText(format, text);
  return {
    error: as(["red", "bold"]),
    warning: as(["yellow", "bold"]),
    hint: as(["cyan", "bold"]),
    frame: as("blue"),
    strong: as("bold"),
    fix: as("green"),
  };
}
