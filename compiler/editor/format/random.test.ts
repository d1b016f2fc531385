import fc from "fast-check";
import { it } from "vitest";
import { independentDomain, smallDomain, smallTalk, timedDomain } from "../../testing/arbitrary-domain.js";
import { scribbled } from "../../testing/arbitrary-layout.js";
import { arbitraryDomain, commented, talkingProgram } from "../../testing/arbitrary-program.js";
import { smallSystem } from "../../testing/arbitrary-system.js";
import { expectWellFormatted } from "../../testing/formatting.js";

const narrow = fc.oneof(
  { weight: 4, arbitrary: arbitraryDomain("D") },
  { weight: 1, arbitrary: talkingProgram(2) },
  { weight: 2, arbitrary: smallDomain },
  { weight: 2, arbitrary: independentDomain },
  { weight: 6, arbitrary: timedDomain },
  { weight: 4, arbitrary: smallTalk },
  { weight: 4, arbitrary: smallSystem },
);

/** Half of them with names so long that lines have to be broken. */
const program = fc.tuple(narrow, fc.boolean()).map(([text, isWide]) => {
  return isWide ? text.replaceAll(/\b[abnops]\b/g, "$&_has_a_rather_long_name") : text;
});

it("keeps the syntax tree and the comments of random programs, and is done at once", () => {
  fc.assert(fc.property(program, expectWellFormatted), { numRuns: 50 });
});

it("keeps them with comments between all words", () => {
  fc.assert(fc.property(commented(program), expectWellFormatted), { numRuns: 100 });
});

it("keeps them with comments and line breaks here and there", () => {
  fc.assert(fc.property(scribbled(program), expectWellFormatted), { numRuns: 200 });
});
