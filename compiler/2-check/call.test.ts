import { expect, it } from "vitest";
import { compile } from "../index.js";
import { functionRules } from "../language/function.js";

const named = functionRules.map(({ name }) => `\`${name}\``);
const functions = `${named.slice(0, -1).join(", ")} and ${named.at(-1)}`;

const messages = (predicate: string) =>
  compile({ path: "test.ved", text: `domain D { state { n: int  s: string  b: bool } goal G { predicate ${predicate} } }` })
    .diagnostics.filter(({ severity }) => severity === "error")
    .map(({ message, fix }) => (fix === null ? message : `${message} (${fix.replacement})`));

it.each([
  ["min(n, 2) > 1 && max(n, n) == 3 && text(n) == text(b)", []],
  ["min(n) > 1", ["`min(int, int)` takes its arguments by position, one for each parameter; 1 is given."]],
  ["max(n, 1, 2) > 1", ["`max(int, int)` takes its arguments by position, one for each parameter; 3 are given."]],
  ["text() == s", ["`text(int or bool)` takes its arguments by position, one for each parameter; none is given."]],
  ["min(a: n, b: 2) > 1", ["`min(int, int)` takes its arguments by position, one for each parameter; `a` is given by name."]],
  ["min(n, b) > 1", ["`min` takes an int here; this is a bool."]],
  ["text(s) == s", ["`text` takes an int or a bool here; this is a string."]],
  ["mim(n, 2) > 1", [`\`mim(…)\` is a call, and expressions call nothing but ${functions}. (min)`]],
  ["db.isUp()", [`\`db.isUp(…)\` is a call, and expressions call nothing but ${functions}.`]],
  ["min(n, nn) > 1", ["There is no field `nn` in domain `D`. (n)"]],
])("says of `%s` what is wrong with the call", (predicate, expected) => {
  expect(messages(predicate)).toEqual(expected);
});
