/** A list of numbers that grows, packed. */
export class NumberList<A extends Int32Array | Uint16Array | Uint8Array> {
  length = 0;
  #items: A;
  readonly #make: (length: number) => A;

  constructor(make: (length: number) => A) {
    this.#make = make;
    this.#items = make(1 << 10);
  }

  /** Bytes that the list takes. */
  get bytes(): number {
    return this.#items.byteLength;
  }

  /** Gives the bytes that it takes to grow, where so many more items may make it grow. */
  growthWithin(more: number): number {
    return this.length + more > this.#items.length ? 2 * this.#items.byteLength : 0;
  }

  push(item: number): void {
    if (this.length === this.#items.length) {
      const larger = this.#make(this.length * 2);
      larger.set(this.#items);
      this.#items = larger;
    }
    this.#items[this.length++] = item;
  }

  /** @param index of an item that is there */
  at(index: number): number {
    return this.#items[index] ?? 0;
  }
}

export const int32List = () => new NumberList((length) => new Int32Array(length));
export const uint16List = () => new NumberList((length) => new Uint16Array(length));
export const uint8List = () => new NumberList((length) => new Uint8Array(length));
