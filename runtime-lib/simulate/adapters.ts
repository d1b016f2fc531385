/** An adapter of any effect. */
export type Adapter = (...all: unknown[]) => unknown;

/** Makes adapters, in objects as the effects' dotted names say; a name may end at a part and go on as well. */
export function adaptersFor(effects: readonly string[], make: (effect: string) => Adapter): object {
  const root: Record<string, unknown> = {};
  for (const effect of effects) graft(root, effect.split("."), make(effect));
  return root;
}

function graft(root: Record<string, unknown>, [name = "", ...rest]: readonly string[], adapter: Adapter): void {
  // Only this function fills it, with adapters and what is below them.
  const own = root[name] as Record<string, unknown> | undefined;
  if (rest.length === 0) root[name] = Object.assign(adapter, own);
  else {
    const folder = own ?? {};
    root[name] = folder;
    graft(folder, rest, adapter);
  }
}
