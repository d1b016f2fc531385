import { readdirSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { emit } from "../3-emit/emit.js";
import { compile } from "../index.js";
import { toJavaScript, transpile } from "./transpile.js";

it("modules come out together as each does alone", () => {
  const sources = readdirSync("fixtures").filter((name) => name.endsWith(".ved"));
  const programs = sources.flatMap((name) => {
    const { program } = compile({ path: `fixtures/${name}`, text: readFileSync(`fixtures/${name}`, "utf8") });
    return program === null || program.imported.length > 0 ? [] : [program];
  });
  const texts = programs.map((program) => emit(program, { runtime: "./ved-runtime.js", file: "m.js", source: "m.ved" }).text);
  const together = transpile(texts);
  expect(together.length).toBeGreaterThan(5);
  expect(together).toEqual(texts.flatMap((text) => transpile([text])));
  expect(together.map(({ code }) => code)).toEqual(texts.map(toJavaScript));
  for (const { declarations } of together) expect(declarations).toMatch(/^(im|ex)port /m);
});
