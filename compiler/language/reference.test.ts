import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { withReference } from "./reference.js";

// `npx vitest run compiler/language -u` writes the page anew.
it("says on the reference page what the tables say", async () => {
  await expect(withReference(readFileSync("docs/language.md", "utf8"))).toMatchFileSnapshot("../../docs/language.md");
});
