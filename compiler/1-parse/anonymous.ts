import type { DomainNode, FileNode } from "./ast.js";

/** Makes the loose parts of a file a domain of their own, which is called after the file. */
export function withAnonymous(file: FileNode, path: string): FileNode {
  const { domains, loose, effects } = file;
  if (loose === null) return file;
  const { span } = loose;
  const name = { text: nameAfter(path), span: { start: span.start, end: span.start + 1 } };
  const anonymous: DomainNode = { ...loose, kind: "domain", name, effects, constants: [], aliases: [], later: [] };
  return { ...file, domains: [...domains, anonymous], loose: null, effects: [] };
}

/** Names a domain after a file: `WorkerPool` for `src/worker-pool.ved`. */
function nameAfter(path: string): string {
  const file = (path.split(/[\\/]/).at(-1) ?? "").replace(/\.ved$/, "");
  const words = file.split(/[^A-Za-z0-9_]+/).filter((word) => word !== "");
  const name = words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join("");
  if (name === "") return "Main";
  return /^[0-9]/.test(name) ? `_${name}` : name;
}
