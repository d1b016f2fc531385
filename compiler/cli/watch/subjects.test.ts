import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { folderWith } from "../../testing/command.js";
import { UsageError } from "../exit.js";
import { foldersOf, importedBy, isSubject, mayBeSubject, subjectsOf } from "./subjects.js";

describe("what is watched", () => {
  const subjects = {
    folders: [resolve("/p/src")],
    files: new Set([resolve("/p/lib/worker.ved"), resolve("/p/vedc.config.yaml")]),
  };

  it.each(["/p/src/a.ved", "/p/src/deep/b.ved", "/p/lib/worker.ved", "/p/vedc.config.yaml"])("is %s", (path) => {
    expect(isSubject(subjects, resolve(path))).toBe(true);
  });

  it.each([
    "/p/src/a.ved.json",
    "/p/src/a.ved~",
    "/p/src/node_modules/b.ved",
    "/p/src/.git/c.ved",
    "/p/lib/other.ved",
    "/p/package.json",
  ])("is not %s", (path) => expect(isSubject(subjects, resolve(path))).toBe(false));

  it("may be any source and any configuration", () => {
    for (const path of ["/x/a.ved", "/x/vedc.config.mjs"]) expect(mayBeSubject(path), path).toBe(true);
    for (const path of ["/x/a.ved.json", "/x/ved", "/x/vedc.config.ts"]) expect(mayBeSubject(path), path).toBe(false);
  });

  it("lies in folders", () => {
    expect(foldersOf(subjects)).toEqual(["/p/src", "/p/lib", "/p"].map((path) => resolve(path)));
  });
});

describe("what the arguments of a command name", () => {
  it("is folders, files, and the folder below which a pattern finds files", async () => {
    const folder = folderWith({ "src/a.ved": "", "one.ved": "" });
    const { folders, files } = await subjectsOf([join(folder, "src"), join(folder, "one.ved"), join(folder, "src/**/*.ved")]);
    expect(folders).toEqual([join(folder, "src"), join(folder, "src")]);
    expect([...files]).toEqual(
      expect.arrayContaining([join(folder, "one.ved"), join(folder, "src/vedc.config.js"), resolve("vedc.config.yaml")]),
    );
  });

  it("has to be there, and is not standard input", async () => {
    await expect(subjectsOf([join(folderWith({}), "none.ved")])).rejects.toThrow("it does not exist");
    await expect(subjectsOf(["-"])).rejects.toThrow(UsageError);
  });

  it("imports other files, whether or not these are there", async () => {
    const text = 'import { B } from "../lib/b.ved"\nimport { C } from "./none.ved"\n';
    const folder = folderWith({ "src/a.ved": text, "lib/b.ved": "domain B { state { x: int } on M { x = 1 } }" });
    const imported = await importedBy([join(folder, "src")]);
    expect(imported).toEqual(
      expect.arrayContaining(["src/a.ved", "lib/b.ved", "src/none.ved"].map((path) => join(folder, path))),
    );
    expect(await importedBy([join(folder, "none")])).toEqual([]);
  });
});
