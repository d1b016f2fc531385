// The runtime is compiled without the types of Node or of browsers; this exists in both.
declare const crypto: { getRandomValues(into: Uint32Array): Uint32Array };

/** Draws a name for one life of an instance: ten random characters, 0–9 and a–z. */
export function drawEpoch(): string {
  const [high = 0, low = 0] = crypto.getRandomValues(new Uint32Array(2));
  const number = (high % 2 ** 20) * 2 ** 32 + low;
  return number.toString(36).padStart(11, "0").slice(-10);
}
