import { describe, expect, it } from "vitest";
import { compileAll } from "../index.js";
import { decode } from "./decode.js";

const text = "domain A {\n  state { x: int }\n  goal G { predicate x == 1 }\n}\n";

/** Writes a text in UTF-16, little-endian, with or without its mark. */
function utf16(from: string, mark: readonly number[]): Uint8Array {
  return Uint8Array.from([...mark, ...from.split("").flatMap((unit) => [unit.charCodeAt(0) & 0xff, unit.charCodeAt(0) >> 8])]);
}

/** All that is found in bytes, with the notes. */
function findingsIn(bytes: Uint8Array) {
  const { source, diagnostics } = decode("a.ved", bytes);
  return [...diagnostics, ...compileAll([source]).flatMap((checked) => checked.diagnostics)].map(({ code, notes }) => [
    code,
    ...notes,
  ]);
}

describe("a file that is no text", () => {
  it("is told what it looks like, and nothing else: UTF-16", () => {
    const told = [["VED1015", "It looks like UTF-16: save it as UTF-8."]];
    expect(findingsIn(utf16(text, [0xff, 0xfe]))).toEqual(told);
    expect(findingsIn(utf16(text, []))).toEqual(told);
  });

  it("is told so, and nothing else: binary data", () => {
    const told = [["VED1015", "It does not look like text at all."]];
    expect(findingsIn(Uint8Array.from({ length: 2000 }, (_, index) => (index * 7) % 256))).toEqual(told);
    expect(findingsIn(Uint8Array.from({ length: 2000 }, (_, index) => index % 32))).toEqual(told);
  });

  it("is told so, and nothing else: a program for the machine, most of which is NUL", () => {
    const elf = [0x7f, 0x45, 0x4c, 0x46, 2, 1, 1, 0];
    const words = Array.from({ length: 500 }, (_, index) => [index % 251, index % 7, 0, 0, 0, 0, 0, 0]).flat();
    expect(findingsIn(Uint8Array.from([...elf, ...words]))).toEqual([["VED1015", "It does not look like text at all."]]);
  });

  it("has no program, nor has what imports it; and that is told once", () => {
    const broken = decode("b.ved", utf16(text, [0xff, 0xfe])).source;
    const [first, second] = compileAll([
      { path: "a.ved", text: `import { A } from "./b.ved"\n${text.replace("A", "C")}` },
      broken,
    ]);
    expect([first, second]).toEqual([
      { program: null, silenced: [], diagnostics: [] },
      { program: null, silenced: [], diagnostics: [] },
    ]);
  });

  it("is none for a single NUL, which is named where it stands", () => {
    expect(findingsIn(new TextEncoder().encode(text.replace("1 }", "1\0 }")))).toEqual([["VED1020"]]);
  });
});
