/** Makes a 32-bit seed of a name (FNV-1a). */
export function seedOf(name: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < name.length; index += 1) hash = Math.imul(hash ^ name.charCodeAt(index), 0x01000193);
  return hash >>> 0;
}

/** Gives the generator's next state (Mulberry32: a Weyl sequence). */
export function nextRandom(state: number): number {
  return (state + 0x6d2b79f5) >>> 0;
}

/** Gives the number in [0, 1) that belongs to a state of the generator (Mulberry32's output function). */
export function fractionOf(state: number): number {
  let mixed = Math.imul(state ^ (state >>> 15), state | 1);
  mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
  return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000;
}
