import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { packageRoot } from "../4-bundle/package-root.js";
import type { PageFile } from "./http/context.js";

const files = [
  { path: "/", name: "index.html", type: "text/html; charset=utf-8" },
  { path: "/app.js", name: "app.js", type: "text/javascript; charset=utf-8" },
  { path: "/app.css", name: "app.css", type: "text/css; charset=utf-8" },
  { path: "/icon.svg", name: "icon.svg", type: "image/svg+xml" },
];

/** Reads the page, as it lies in this package. */
export function readPage(): Promise<PageFile[]> {
  const folder = join(packageRoot(), "lib", "page");
  return Promise.all(
    files.map(async ({ path, name, type }) => ({ path, type, body: await readFile(join(folder, name), "utf8") })),
  );
}
