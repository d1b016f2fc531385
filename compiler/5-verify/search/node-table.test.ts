import fc from "fast-check";
import { expect, it } from "vitest";
import { NodeTable } from "./node-table.js";

it("numbers nodes in the order of their coming, and knows each again", () => {
  const words = fc.tuple(fc.nat(3), fc.nat(3), fc.nat(0xffff));
  fc.assert(
    fc.property(fc.array(words, { maxLength: 200 }), (all) => {
      const table = new NodeTable(3);
      const seen = new Map<string, number>();
      for (const each of all) {
        const known = seen.get(each.join());
        const expected = known ?? seen.size;
        expect(table.find(Uint16Array.from(each))).toBe(known ?? -1);
        expect(table.add(Uint16Array.from(each))).toBe(expected);
        seen.set(each.join(), expected);
      }
      expect(table.size).toBe(seen.size);
    }),
  );
});

it("grows, and gives every node back as it was", () => {
  const table = new NodeTable(2);
  const count = 100_000;
  for (let node = 0; node < count; node += 1) table.add(Uint16Array.of(node & 0xffff, node >> 16));
  const words = new Uint16Array(2);
  for (let node = 0; node < count; node += 997) {
    table.read(node, words);
    expect((words[0] ?? 0) + (words[1] ?? 0) * 0x10000).toBe(node);
    expect(table.find(words)).toBe(node);
  }
});
