import { readdirSync, readFileSync } from "node:fs";

/** A program of the project, and where it stands. */
export interface CorpusProgram {
  readonly name: string;
  readonly text: string;
}

/** Gives the programs of `.ved` files and of Markdown pages, in folders and below them; other paths are files. */
export function programsIn(...paths: readonly string[]): CorpusProgram[] {
  return paths.flatMap(filesIn).flatMap((path) => {
    const text = readFileSync(path, "utf8");
    return path.endsWith(".ved") ? [{ name: path, text }] : programsOfPage(path, text);
  });
}

function filesIn(path: string): string[] {
  if (/\.\w+$/.test(path)) return [path];
  const names = readdirSync(path, { recursive: true, encoding: "utf8" });
  return names.filter((name) => /\.(ved|md)$/.test(name) && !/node_modules|dist/.test(name)).map((name) => `${path}/${name}`);
}

/** Gives what stands in the fences of a page. */
function programsOfPage(path: string, text: string): CorpusProgram[] {
  const fences = [...text.matchAll(/^```ved\n([\s\S]*?)^```/gm)];
  return fences.map(([, program = ""], index) => ({ name: `${path} (${index + 1})`, text: program }));
}
