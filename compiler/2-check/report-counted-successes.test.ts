import { expect, it } from "vitest";
import { compile } from "../index.js";

const codes = (name: string, goal: string) =>
  compile({
    path: "test.ved",
    text: `domain D {
      state { sent: bool, ${name}: int }
      goal G { predicate ${goal} }
      transition T { step { if !sent && ${name} < 3 { emit API.Send() ${name} += 1 } else if !sent { sent = true } } }
    }`,
  }).diagnostics.map(({ code }) => code);

it.each(["attempts", "send_attempts", "sendRetries", "failures", "tries"])("speaks of %s", (name) => {
  expect(codes(name, "sent")).toEqual(["VED4010"]);
});

it.each(["entries", "country", "pages_sent", "registryEntries", "untried"])("has nothing to say of %s", (name) => {
  expect(codes(name, "sent")).toEqual([]);
});
