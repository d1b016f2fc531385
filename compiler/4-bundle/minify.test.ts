import { expect, it } from "vitest";
import { type AnyDomain, programOf } from "../testing/load.js";
import { bundle } from "./bundle.js";

it("an `if` of 900 branches is made small before anybody loses patience, and decides as before", async () => {
  const branches = Array.from({ length: 900 }, (_, index) => `if v == ${index} { v = ${2 * index + 1000} }`).join(" else ");
  const program = programOf(
    `domain D { state { v: int = 1, done: bool } goal G { predicate done } transition T { step { ${branches} } } }`,
  );
  const options = { minify: true, typescript: false, folder: "/dist" };
  const files = await bundle([{ program, path: "/program.ved", name: "program" }], options);
  const { text = "" } = files.find(({ path }) => path === "program.js") ?? {};
  const module: unknown = await import(`data:text/javascript,${encodeURIComponent(text)}`);
  // The module exports the domain under its name.
  const { D } = module as { readonly D: AnyDomain };
  expect(D.definition.transitions.T?.plan({ v: 450, done: false })?.writes).toEqual({ v: 1900 });
  expect(D.definition.transitions.T?.plan({ v: 900, done: false })).toBeNull();
});
