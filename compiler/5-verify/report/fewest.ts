/** Gives the names that some changes have, each once: those of the ones with one name, or else of all. */
export function fewest(changes: readonly (readonly string[])[]): string[] {
  const single = changes.filter(({ length }) => length === 1);
  return [...new Set((single.length > 0 ? single : changes).flat())];
}
