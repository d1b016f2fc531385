import { join } from "node:path";
import { expect, it } from "vitest";
import { folderWith } from "../testing/command.js";
import { dependencyFrom } from "./dependency.js";

it.each([
  ["a file", { devDependencies: { vedc: "file:../vedc-0.1.0.tgz" } }, "file:../../vedc-0.1.0.tgz"],
  ["the registry", { dependencies: { vedc: "^0.1.0" } }, "^0.1.7"],
  ["nobody knows where", {}, "^0.1.7"],
])("asks for what came from %s by the way that leads there", (_, owner, expected) => {
  const folder = folderWith({ "app/package.json": JSON.stringify(owner), "app/node_modules/vedc/package.json": "{}" });
  expect(dependencyFrom(join(folder, "app/demo"), join(folder, "app/node_modules/vedc"), "0.1.7")).toBe(expected);
});

it("asks for a version where it is installed for all, and for the folder of a clone", () => {
  expect(dependencyFrom("/home/me/demo", "/opt/none/lib/node_modules/vedc", "0.1.7")).toBe("^0.1.7");
  expect(dependencyFrom("/home/me/demo", "/home/me/src/vedc", "0.1.7")).toBe("file:../src/vedc");
});
