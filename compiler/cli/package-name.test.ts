import fc from "fast-check";
import { expect, it } from "vitest";
import { packageNameFor } from "./package-name.js";

it.each([
  ["demo", "demo"],
  ["fail-over.2", "fail-over.2"],
  ["My Demo", "my-demo"],
  ["Störung (neu)", "storung-neu"],
  [".hidden", "hidden"],
  ["@ops/pager", "ops-pager"],
  ["数据库", "ved-project"],
  ["", "ved-project"],
  ["node_modules", "ved-project"],
])("makes of %j the package %s", (folder, name) => expect(packageNameFor(folder)).toBe(name));

it("makes a name that npm takes of every folder, and leaves it alone from then on", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme", maxLength: 300 }), (folder) => {
      const name = packageNameFor(folder);
      expect(name).toMatch(/^[a-z0-9][a-z0-9._-]{0,213}$/);
      expect(packageNameFor(name)).toBe(name);
    }),
  );
});
