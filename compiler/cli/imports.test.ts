// Programs in several files: what is imported is read by itself, checked, and built once.
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { describe, expect, it } from "vitest";
import { vedc } from "../testing/command.js";
import { scratchFolder } from "../testing/load.js";
import { typeErrors } from "../testing/type-check.js";

const shop = `import { Store } from "./stock/store.ved"
system Main { start Shop { want = 2 } start Store { left = 5 } }
domain Shop {
  state { want: int, got: int }
  goal Got { predicate want == 0 }
  transition Ask { step { if want > 0 { send Store Take(1) want -= 1 } } }
  on Given(amount: int) { got = amount }
}
`;
const store = `import { Shop } from "../shop.ved"
domain Store {
  state { left: int }
  transition Take(amount: int) { step { emit Lorry.Drive(amount) left -= amount send Shop Given(left) } }
}
`;

/** A folder with both files, or with others in their place. */
function folderWith(files: Readonly<Record<string, string>> = {}): string {
  const folder = scratchFolder();
  mkdirSync(join(folder, "src/stock"), { recursive: true });
  for (const [path, text] of Object.entries({ "shop.ved": shop, "stock/store.ved": store, ...files })) {
    writeFileSync(join(folder, "src", path), text);
  }
  return folder;
}

describe("files that import each other", () => {
  it("are read by themselves and each built once, and run together", () => {
    const folder = folderWith();
    const { status, stderr } = vedc(folder, "build", "src/shop.ved", "-o", "dist", "--emit", "ts");
    expect([status, stderr]).toEqual([0, expect.stringContaining("VED4004")]);
    const built = readdirSync(join(folder, "dist"), { recursive: true }).map(String).sort();
    const shared = /-[0-9a-f]{8}\.js$/;
    expect(built.filter((name) => name.endsWith(".js") && !shared.test(name))).toEqual([
      "journal.js",
      "shop.js",
      "stock/store.js",
      "ved-runtime.js",
    ]);
    expect(built.filter((name) => shared.test(name)).map((name) => name.replace(shared, ""))).toEqual(["shop", "ved-runtime"]);
    writeFileSync(join(folder, "package.json"), '{ "type": "module" }');
    writeFileSync(
      join(folder, "run.js"),
      `import { start } from "./dist/shop.js";
       const system = await start({ effects: { Lorry: { async Drive() {} } } });
       await system.settled();
       console.log(JSON.stringify([system.domains.Shop.instance().state, system.domains.Store.instance().state]));`,
    );
    const out = execFileSync(process.execPath, ["run.js"], { cwd: folder, encoding: "utf8" });
    expect(JSON.parse(out)).toEqual([{ want: 0, got: 3 }, { left: 3 }]);
    writeFileSync(
      join(folder, "use.ts"),
      `import { start } from "./dist/shop.js";
       const system = await start({ effects: { Lorry: { async Drive(amount: number) {} } } });
       await system.domains.Store.instance("x").send("Take", 1);
       // @ts-expect-error an amount is a number
       await system.domains.Store.instance("x").send("Take", "1");
       // @ts-expect-error there is no such message
       await system.domains.Shop.instance().send("Take", 1);
       export const want: number = system.domains.Shop.instance().state.want;`,
    );
    expect(typeErrors([join(folder, "use.ts")])).toEqual([]);
  });

  it("are verified and simulated together", () => {
    const folder = folderWith();
    expect(vedc(folder, "verify", "src/shop.ved").stdout).toContain("explored together, with mailboxes of 3 messages");
    expect(vedc(folder, "simulate", "src", "--runs", "30").stdout).toMatch(/Shop, Store: no promise is broken/);
  });

  it("are each wrong where the other is, and only the one with the mistake says so", () => {
    const folder = folderWith({ "stock/store.ved": store.replace("left -= amount", "lefft -= amount") });
    const { status, stderr } = vedc(folder, "build", "src/shop.ved", "-o", "dist");
    expect(status).toBe(1);
    expect(stderr).toMatch(/VED2001.*lefft/);
    expect(stderr.match(/error\[/g)).toHaveLength(1);
    expect(existsSync(join(folder, "dist"))).toBe(false);
  });

  it("are told apart from files that are not there, and from names that they do not have", () => {
    const missing = folderWith({ "shop.ved": shop.replace("store.ved", "stroe.ved") });
    expect(vedc(missing, "check", "src/shop.ved").stderr).toContain("There is no file `./stock/stroe.ved`.");
    const unknown = folderWith({ "shop.ved": shop.replace("{ Store }", "{ Stoer }") });
    const { stderr } = vedc(unknown, "check", "src/shop.ved");
    expect(stderr).toContain("`./stock/store.ved` declares no `Stoer`.");
    expect(stderr).toContain("Did you mean `Store`?");
  });

  it("are checked against each other: messages and their arguments", () => {
    const folder = folderWith({ "shop.ved": shop.replace("Take(1)", 'Take("one")') });
    expect(vedc(folder, "check", "src").stderr).toContain("`amount` of `Take` is an int, not a string.");
  });

  it("are started by the module of a file that has nothing but a `system`, with the values that stand there", () => {
    const folder = scratchFolder();
    const counter = "domain W { state { n: int } goal G { predicate n == 0 } transition T { if n != 0 { emit A.B(n) n = 0 } } }";
    writeFileSync(join(folder, "w.ved"), counter);
    writeFileSync(join(folder, "main.ved"), 'import { W } from "./w.ved" system Main { start W["eu"] start W["us"] { n = 2 } }');
    expect(vedc(folder, "build", ".", "-o", "dist")).toMatchObject({ status: 0 });
    writeFileSync(join(folder, "package.json"), '{ "type": "module" }');
    const run = `import { start } from "./dist/main.js";
      const emitted: number[] = [];
      const system = await start({ effects: { A: { async B(n: number) { emitted.push(n); } } } });
      await system.settled();
      const keys = [...system.domains.W.keys()];`;
    writeFileSync(join(folder, "run.ts"), `${run}\nexport { keys };`);
    expect(typeErrors([join(folder, "run.ts")])).toEqual([]);
    const script = run.replace(": number[]", "").replace(": number", "");
    writeFileSync(join(folder, "run.js"), `${script}\nconsole.log(JSON.stringify([emitted, keys]));`);
    expect(execFileSync(process.execPath, ["run.js"], { cwd: folder, encoding: "utf8" })).toBe('[[2],["eu","us"]]\n');
  });

  it("need no domain as long as others import them, also where a build goes by the one before", () => {
    const folder = scratchFolder();
    mkdirSync(join(folder, "src"));
    const main = join(folder, "src/main.ved");
    const counter =
      "domain W { state { n: int } goal G { predicate n > MOST } transition T { if n <= MOST { emit A.B() n = MOST + 1 } } }";
    const codes = () => vedc(folder, "build", "src", "-o", "dist").stderr.match(/VED\d+/g);
    writeFileSync(join(folder, "src/limits.ved"), "const MOST = 3");
    expect(codes()).toEqual(["VED4008"]);
    writeFileSync(main, `import { MOST } from "./limits.ved" ${counter}`);
    expect(codes()).toBe(null);
    rmSync(main);
    expect(codes()).toEqual(["VED4008"]);
  });
});
