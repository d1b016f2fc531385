import { readdir, readFile } from "node:fs/promises";
import { join, sep } from "node:path";
import type { OutputFile } from "../4-bundle/bundle.js";
import { packageRoot } from "../4-bundle/package-root.js";

/** What a new project has of its own. */
export interface ProjectNames {
  /** The name of its package. */
  readonly name: string;
  /** How its package.json asks for vedc. */
  readonly vedc: string;
}

/** Gives the files of a new project: those in templates/project/, in which only package.json knows whose they are. */
export async function projectFiles({ name, vedc }: ProjectNames): Promise<OutputFile[]> {
  const folder = join(packageRoot(), "templates/project");
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const files = paths.map(async (path) => {
    const text = await readFile(path, "utf8");
    const place = path
      .slice(folder.length + 1)
      .split(sep)
      .join("/");
    if (place === "package.json") return { path: place, text: named(text, { name, vedc }) };
    // npm packs no file that is called .gitignore.
    return { path: place === "gitignore" ? ".gitignore" : place, text };
  });
  return (await Promise.all(files)).sort((a, b) => (a.path < b.path ? -1 : 1));
}

function named(text: string, { name, vedc }: ProjectNames): string {
  // The template is ours: it has both.
  const manifest = JSON.parse(text) as { readonly devDependencies: Readonly<Record<string, string>> };
  return `${JSON.stringify({ ...manifest, name, devDependencies: { ...manifest.devDependencies, vedc } }, null, 2)}\n`;
}
