import { at } from "../../language/at.js";

const chunkBits = 15;
const perChunk = 1 << chunkBits;
const chunkMask = perChunk - 1;

/**
 * A set of nodes, each a few 16-bit words, numbered in the order of their coming. The words themselves are kept, and not a hash
 * of them: a set that mixes two nodes up may invent a violation, or miss one.
 */
export class NodeTable {
  /** How many nodes there are. */
  size = 0;
  readonly #width: number;
  readonly #chunks: Uint16Array[] = [];
  /** Open addressing: node + 1, or 0 where a slot is free. */
  #slots = new Int32Array(1 << 12);

  /** @param width how many words a node has */
  constructor(width: number) {
    this.#width = width;
  }

  /** Bytes that the table takes. */
  get bytes(): number {
    return this.#slots.byteLength + this.#chunks.length * perChunk * this.#width * 2;
  }

  /** Gives the bytes that it takes to grow, where so many more nodes may make it grow. */
  growthWithin(more: number): number {
    const chunk = (this.size & chunkMask) + more >= perChunk ? perChunk * this.#width * 2 : 0;
    return chunk + ((this.size + more) * 3 > this.#slots.length * 2 ? 2 * this.#slots.byteLength : 0);
  }

  /** The number of a node; a new one gets the next. */
  add(words: Uint16Array): number {
    if (this.size * 3 > this.#slots.length * 2) this.#grow();
    const mask = this.#slots.length - 1;
    for (let slot = hashOf(words, 0, this.#width) & mask; ; slot = (slot + 1) & mask) {
      const entry = this.#slots[slot] ?? 0;
      if (entry === 0) {
        this.#slots[slot] = this.size + 1;
        this.#write(words);
        return this.size++;
      }
      if (this.#isAt(entry - 1, words)) return entry - 1;
    }
  }

  /** The number of a node; -1: it is not there. */
  find(words: Uint16Array): number {
    const mask = this.#slots.length - 1;
    for (let slot = hashOf(words, 0, this.#width) & mask; ; slot = (slot + 1) & mask) {
      const entry = this.#slots[slot] ?? 0;
      if (entry === 0 || this.#isAt(entry - 1, words)) return entry - 1;
    }
  }

  /** Copies a node's words. */
  read(node: number, into: Uint16Array): void {
    const chunk = this.#chunkOf(node);
    const start = (node & chunkMask) * this.#width;
    for (let index = 0; index < this.#width; index += 1) into[index] = chunk[start + index] ?? 0;
  }

  #chunkOf(node: number): Uint16Array {
    // Only nodes that were added are asked for.
    return at(this.#chunks, node >> chunkBits);
  }

  #isAt(node: number, words: Uint16Array): boolean {
    const chunk = this.#chunkOf(node);
    const start = (node & chunkMask) * this.#width;
    for (let index = 0; index < this.#width; index += 1) if (chunk[start + index] !== words[index]) return false;
    return true;
  }

  #write(words: Uint16Array): void {
    if ((this.size & chunkMask) === 0) this.#chunks.push(new Uint16Array(perChunk * this.#width));
    this.#chunkOf(this.size).set(words.subarray(0, this.#width), (this.size & chunkMask) * this.#width);
  }

  #grow(): void {
    const slots = new Int32Array(this.#slots.length * 2);
    const mask = slots.length - 1;
    for (let node = 0; node < this.size; node += 1) {
      const chunk = this.#chunkOf(node);
      let slot = hashOf(chunk, (node & chunkMask) * this.#width, this.#width) & mask;
      while (slots[slot] !== 0) slot = (slot + 1) & mask;
      slots[slot] = node + 1;
    }
    this.#slots = slots;
  }
}

/** FNV-1a over words, stirred once more at the end (Murmur's finaliser). */
function hashOf(words: Uint16Array, start: number, width: number): number {
  let hash = 0x811c9dc5;
  for (let index = start; index < start + width; index += 1) hash = Math.imul(hash ^ (words[index] ?? 0), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return (hash ^ (hash >>> 13)) >>> 0;
}
