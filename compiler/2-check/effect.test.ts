import { expect, it } from "vitest";
import { compile } from "../index.js";

const domain = (name: string, signature: string) => `domain ${name} {
  state { up: bool }
  ${signature}
  goal G { predicate up }
  transition T { step { if !up { emit Service.Restart("api") } } }
}`;

const codes = (...parts: readonly string[]) =>
  compile({ path: "test.ved", text: parts.join("\n") }).diagnostics.map(({ code }) => code);

it("lets domains that each say what they expect of an effect repeat its signature", () => {
  const signature = "effect Service.Restart(name: string) expects up";
  expect(codes(domain("A", signature), domain("B", signature))).toEqual([]);
  expect(codes("effect Service.Restart(name: string)", domain("A", signature))).toEqual([]);
});

it("refuses signatures that disagree, and two in one place", () => {
  const signature = "effect Service.Restart(name: string) expects up";
  expect(codes(domain("A", signature), domain("B", "effect Service.Restart(name: int) expects up"))).toEqual(["VED2003"]);
  expect(codes(domain("A", signature), domain("B", 'effect Service.Restart(name: "api") expects up'))).toEqual(["VED2003"]);
  expect(codes(domain("A", `${signature} ${signature}`))).toEqual(["VED2003"]);
});
