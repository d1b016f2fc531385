/** What a bundle consists of: scripts with the names of those that they import, and other files. */
interface Piece {
  readonly fileName: string;
  readonly imports?: readonly string[];
}

/** Says how deep scripts lie below those that import them; those that nobody imports are left out. No two may import each other. */
export function depthsOf(pieces: readonly Piece[]): ReadonlyMap<string, number> {
  const importsOf = new Map(pieces.map(({ fileName, imports = [] }) => [fileName, imports]));
  const depths = new Map<string, number>();
  const sink = (name: string, depth: number) => {
    if ((depths.get(name) ?? 0) >= depth) return;
    depths.set(name, depth);
    for (const imported of importsOf.get(name) ?? []) sink(imported, depth + 1);
  };
  for (const imports of importsOf.values()) for (const imported of imports) sink(imported, 1);
  return depths;
}
