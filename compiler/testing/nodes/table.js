/**
 * Puts into a table what came of each step with each Node: how long it took, that it failed, or that it was not tried.
 * @param {readonly { readonly version: string; readonly results: Readonly<Record<string, { readonly seconds: number; readonly failure?: string } | null>> }[]} tried
 */
export function tableOf(tried) {
  const names = Object.keys(tried[0]?.results ?? {});
  const rows = [["", ...tried.map(({ version }) => version)]];
  for (const name of names) rows.push([name, ...tried.map(({ results }) => wordFor(results[name] ?? null))]);
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  return rows
    .map(
      (row) =>
        `${row
          .map((cell, column) => cell.padEnd(widths[column]))
          .join("  ")
          .trimEnd()}\n`,
    )
    .join("");
}

function wordFor(result) {
  if (result === null) return "–";
  return result.failure === undefined ? `ok (${result.seconds} s)` : "FAILED";
}
