import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compile } from "../index.js";
import { programsIn } from "../testing/corpus.js";

/** What is told of brackets in a text whose `«` and `»` mark the place that should be blamed. */
function blamed(marked: string) {
  const text = marked.replace(/[«»]/g, "");
  const { diagnostics } = compile({ path: "a.ved", text });
  const shown = diagnostics.map(
    ({ span }) => `${text.slice(0, span.start)}«${text.slice(span.start, span.end)}»${text.slice(span.end)}`,
  );
  return { codes: diagnostics.map(({ code }) => code), shown };
}

describe("a bracket without a partner", () => {
  it.each([
    [
      "an `if` in a step",
      "domain A {\n  state { x: int }\n  goal G { predicate x == 1 }\n  transition T {\n    step {\n      if x == 0 «{»\n        x = 1\n    }\n  }\n}\n",
    ],
    [
      "a step",
      "domain A {\n  state { x: int }\n  goal G { predicate x == 1 }\n  transition T {\n    step «{»\n      if x == 0 {\n        x = 1\n      }\n  }\n  transition U {\n    step { x = 2 }\n  }\n}\n",
    ],
    ["a state", "domain A {\n  state «{»\n    x: int\n  goal G { predicate x == 1 }\n}\n"],
    ["a state before a goal without a name", "domain A {\n  state «{»\n    x: bool\n  goal x\n}\n"],
    ["a state in a file without layout", "domain A {\nstate «{»\nx: int\ngoal G {\npredicate x == 1\n}\n}\n"],
    [
      "a domain before another",
      "domain A «{»\n  state { x: int }\n  goal G { predicate x == 1 }\n\ndomain B {\n  state { x: int }\n  goal G { predicate x == 1 }\n}\n",
    ],
    ["a domain at the end", "domain A «{»\n  state { x: int }\n  goal G { predicate x == 1 }\n"],
    [
      "a block before a comment",
      "domain A {\n  state { x: int }\n  goal G «{»\n    predicate x == 1 // } is missing\n  // here\n}\n",
    ],
  ])("is a brace that is never closed: %s", (_, marked) => {
    expect(blamed(marked)).toEqual({ codes: ["VED1003"], shown: [marked] });
  });

  it.each([
    [
      "before a block",
      "domain A { state { x: int } goal G { predicate x == 1 } transition T { step { if «(»x == 0 { x = 1 } } } }",
    ],
    [
      "before the next line",
      "domain A {\n  state { x: int }\n  goal G { predicate x == 1 }\n  transition T {\n    step {\n      emit Go«(»x\n      x = 1\n    }\n  }\n}\n",
    ],
    ["before the end of a goal", "domain A { state { x: int } goal G { predicate (x == 1) || «(»x == 2 } }"],
  ])("is a parenthesis that is never closed: %s", (_, marked) => {
    expect(blamed(marked)).toEqual({ codes: ["VED1032"], shown: [marked] });
  });

  it.each([
    ["behind a state", "domain A {\n  state { x: int } «}»\n  goal G { predicate x == 1 }\n}\n"],
    ["on a line of its own", "domain A {\n  state { x: int }\n  «}»\n  goal G { predicate x == 1 }\n}\n"],
    ["without layout", "domain A {\nstate {\nx: int\n}\n«}»\ngoal G {\npredicate x == 1\n}\n}\n"],
    [
      "between domains",
      "domain A {\n  state { x: int }\n  goal G { predicate x == 1 }\n}\n«}»\ndomain B {\n  state { x: int }\n  goal G { predicate x == 1 }\n}\n",
    ],
    ["at the end", "domain A { state { x: int } goal G { predicate x == 1 } } «}»"],
    ["a parenthesis", "domain A { state { x: int } goal G { predicate (x == 1)«)» } }"],
  ])("is one too many: %s", (_, marked) => {
    expect(blamed(marked)).toEqual({ codes: ["VED1033"], shown: [marked] });
  });

  it("is not looked for where the brackets match, however the lines are indented", () => {
    const text =
      "domain A {\n      state {\nx: int\n  }\ngoal G {\n    predicate (x == 1\n||\nx == 2)\n} transition T { step {\n x = 1\n} } }\n";
    expect(compile({ path: "a.ved", text }).diagnostics).toEqual([]);
  });
});

/** Gives what findings show of a text that is not there: places outside of it, and brackets that nobody wrote. */
function phantomsIn(text: string) {
  return compile({ path: "a.ved", text }).diagnostics.flatMap(({ span, related, fix, message }) => {
    const spans = [span, ...related.map((each) => each.span), ...(fix === null ? [] : [fix.span])];
    const isWithin = spans.every(({ start, end }) => 0 <= start && start <= end && end <= text.length);
    const [, bracket] = /(?:^Unexpected|not with) `([)\]}])`/.exec(message) ?? [];
    // What is missing before a bracket is told of what stands there.
    const isThere = bracket === undefined || text.slice(span.start, span.end + 1).includes(bracket);
    return isWithin && isThere ? [] : [{ span, message }];
  });
}

describe("a bracket that was added", () => {
  it.each([
    ["behind a field without a type", "domain A {\n  state «{»\n    x: bool\n    y:\n"],
    ["behind a word that begins a block", "domain A «{» state\n"],
    ["behind the head of a goal", "domain A «{»\n  state { x: bool }\n  goal\n"],
    ["behind a condition", "domain A {\n  state { x: bool }\n  goal x\n  transition T {\n    step «{»\n      if x"],
    ["before another declaration", "domain A {\n  state «{»\n    x: bool\n    y:\n\n  goal G { predicate x }\n}\n"],
  ])("is not reported: %s", (_, marked) => {
    expect(blamed(marked)).toEqual({ codes: ["VED1003"], shown: [marked] });
  });

  it("is not reported, wherever a program is cut off", () => {
    const texts = programsIn("fixtures").map(({ text }) => text);
    const cutOff = fc
      .constantFrom(...texts)
      .chain((text) => fc.integer({ min: 0, max: text.length }).map((length) => text.slice(0, length)));
    fc.assert(
      fc.property(cutOff, (text) => {
        expect(phantomsIn(text)).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });
});
