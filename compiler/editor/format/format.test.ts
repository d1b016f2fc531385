import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { independentDomain, smallDomain, smallTalk, timedDomain } from "../../testing/arbitrary-domain.js";
import { scribbled } from "../../testing/arbitrary-layout.js";
import { arbitraryDomain, commented, talkingProgram } from "../../testing/arbitrary-program.js";
import { smallSystem } from "../../testing/arbitrary-system.js";
import { expectWellFormatted } from "../../testing/formatting.js";

const programs = {
  arbitraryDomain: arbitraryDomain("D"),
  talkingProgram: talkingProgram(2),
  smallDomain,
  independentDomain,
  timedDomain,
  smallTalk,
  smallSystem,
};

describe.each(Object.entries(programs))("of random programs (%s)", (_, program) => {
  it("keeps the syntax tree and the comments, and is done at once", () => {
    fc.assert(fc.property(program, expectWellFormatted), { numRuns: 25 });
  });

  it("keeps them with comments between all words", () => {
    fc.assert(fc.property(commented(program), expectWellFormatted), { numRuns: 25 });
  });

  it("keeps them with comments and line breaks here and there", () => {
    fc.assert(fc.property(scribbled(program), expectWellFormatted), { numRuns: 50 });
  });
});
