// The command as a user meets it: the built package, in a folder of its own.
import { spawnSync } from "node:child_process";
import { cpSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { compile, hints } from "../index.js";
import { bin, folderWith, node, vedc } from "../testing/command.js";
import { scratchFolder } from "../testing/load.js";
import { typeErrors } from "../testing/type-check.js";

const seed = readFileSync("fixtures/failover.ved", "utf8");
const broken = seed.replace("active_route = ", "active_rout = ");

describe("what vedc finds", () => {
  it("is shown in full up to 50 findings, errors first, and then counted", () => {
    const emits = Array.from({ length: 60 }, (_, index) => `emit Go(nobody${index})`).join("\n");
    const text = `domain A { state { up: bool } goal G { predicate up } transition T { step { if !up { ${emits} } } } }`;
    const { status, stderr } = vedc(folderWith({ "a.ved": text }), "check", "a.ved");
    expect(status).toBe(1);
    expect(stderr.match(/^error\[/gm)).toHaveLength(50);
    expect(stderr).toContain("… and 10 more: 10 of VED2001.\n\n60 errors.");
    const { stdout } = vedc(folderWith({ "a.ved": text }), "check", "a.ved", "--format", "json");
    expect(JSON.parse(stdout).diagnostics).toHaveLength(60);
  });

  it("ends at what is no text, also where it is imported", () => {
    const folder = folderWith({ "a.ved": 'import { A } from "./b.ved"\ndomain B { state { x: bool } goal x }\n' });
    writeFileSync(join(folder, "b.ved"), Buffer.from("\ufeffdomain A { state { x: bool } goal x }\n", "utf16le"));
    const { status, stderr } = vedc(folder, "check", "a.ved");
    expect([status, stderr.match(/^\w+\[VED\d+\]/gm)]).toEqual([1, ["error[VED1015]"]]);
    expect(stderr).toContain("It looks like UTF-16: save it as UTF-8.");
  });
});

describe("vedc build", () => {
  it("says beside each module what is in it, for the tools", () => {
    const folder = folderWith({ "failover.ved": seed });
    vedc(folder, "build", "failover.ved", "-o", "dist");
    const manifest: unknown = JSON.parse(readFileSync(join(folder, "dist/failover.ved.json"), "utf8"));
    expect(manifest).toMatchObject({
      version: 2,
      source: "failover.ved",
      starts: null,
      imported: [],
      domains: [
        {
          name: "DatabaseRouting",
          fields: [{ name: "primary_status", type: "string", initial: "healthy", observed: true }, {}, {}],
          goals: [{ name: "RoutingStable", realities: [{ name: "A" }, { name: "B" }] }],
          effects: [{ name: "Network.UpdateDNS", named: false, parameters: [{ type: "string" }], returns: null }, {}],
        },
      ],
    });
  });

  it("writes a module, its types and its map, and reports each with its sizes", () => {
    const folder = folderWith({ "src/failover.ved": seed });
    const { status, stdout, stderr } = vedc(folder, "build", "src/", "-o", "dist/");
    expect([status, stderr]).toEqual([0, ""]);
    expect(readdirSync(join(folder, "dist")).sort()).toEqual([
      ".vedc-cache",
      "failover.d.ts",
      "failover.js",
      "failover.js.map",
      "failover.ved.json",
      "journal.d.ts",
      "journal.js",
      "package.json",
      "ved-runtime.d.ts",
    ]);
    expect(stdout).toMatch(/^dist\/failover\.js +[\d.]+ kB +[\d.]+ kB gzipped$/m);
    expect(stdout).toMatch(/^Built in \d+\.\d\d s\.$/m);
  });

  it("writes modules that run and type-check in an empty folder without node_modules", () => {
    const folder = folderWith({ "failover.ved": seed });
    vedc(folder, "build", "failover.ved", "-o", "dist");
    const elsewhere = scratchFolder();
    cpSync(join(folder, "dist"), join(elsewhere, "dist"), { recursive: true });
    const use = `import { DatabaseRouting, OutcomeUnknown, type DatabaseRoutingState, type EffectCall, type KernelEvent, type Status } from "./dist/failover.js";
      const routing = await DatabaseRouting.start({
        effects: { Network: { async UpdateDNS(route: string, call: EffectCall) { const key: string = call.key; if (key === route) throw new OutcomeUnknown(); } }, Alerts: { PageEngineers(message) { return message.length; } } },
        key: "orders-db", retry: { initial: 10, effects: { "Alerts.PageEngineers": { timeout: 5_000 } } },
        onEvent(event: KernelEvent) { if (event.type === "failed") event.reason.trim(); },
      });
      await routing.observe({ primary_status: "failed" });
      const status: Status = await routing.settled();
      const state: DatabaseRoutingState = routing.state;
      const reality: "A" | "B" | null = DatabaseRouting.goals.RoutingStable.reality(state);
      const enabled: boolean = DatabaseRouting.transitions.ExecuteFailover.enabled(DatabaseRouting.initial);
      export const result = { status, reality, enabled };`;
    writeFileSync(join(elsewhere, "use.ts"), use);
    writeFileSync(join(elsewhere, "package.json"), '{ "type": "module" }');
    expect(typeErrors([join(elsewhere, "use.ts")])).toEqual([]);
    const misspelt = use.replace("PageEngineers(message)", "PageEngineer(message: string)");
    writeFileSync(join(elsewhere, "use.ts"), misspelt);
    expect(typeErrors([join(elsewhere, "use.ts")]).join()).toContain("PageEngineer");
    const run = node(
      elsewhere,
      `import { DatabaseRouting } from "./dist/failover.js";
      const routing = await DatabaseRouting.start({ effects: { Network: { UpdateDNS() {} }, Alerts: { PageEngineers() {} } } });
      await routing.observe({ primary_status: "failed" });
      console.log(JSON.stringify((await routing.settled()).goals), JSON.stringify(routing.state));`,
    );
    expect(run.stdout).toBe(
      '{"RoutingStable":{"holds":true,"reality":"B"}} {"primary_status":"failed","active_route":"replica","alert_sent":true}\n',
    );
  });

  it("shares one runtime chunk between several sources, and keeps their relative paths", () => {
    const folder = folderWith({ "src/failover.ved": seed, "src/sub/service.ved": readFileSync("fixtures/service.ved", "utf8") });
    expect(vedc(folder, "build", "src", "-o", "dist").status).toBe(0);
    const names = readdirSync(join(folder, "dist")).sort();
    const runtime = names.find((name) => /^ved-runtime-[0-9a-f]{8}\.js$/.test(name));
    expect(names).toEqual([
      ".vedc-cache",
      "failover.d.ts",
      "failover.js",
      "failover.js.map",
      "failover.ved.json",
      "journal.d.ts",
      "journal.js",
      "package.json",
      "sub",
      runtime,
      `${runtime}.map`,
      "ved-runtime.d.ts",
    ]);
    expect(readFileSync(join(folder, "dist/sub/service.js"), "utf8")).toContain(`from '../${runtime}'`);
    const run = node(
      folder,
      `import { DatabaseRouting, VedFault } from "./dist/failover.js"; import * as service from "./dist/sub/service.js";
      console.log(DatabaseRouting.name, service.Service.name, service.VedFault === VedFault);`,
    );
    expect(run.stdout).toBe("DatabaseRouting Service true\n");
    writeFileSync(
      join(folder, "use.ts"),
      'import { Service } from "./dist/sub/service.js"; export const n: number = Service.initial.wanted;',
    );
    expect(typeErrors([join(folder, "use.ts")])).toEqual([]);
  });

  it("puts into a module only what it uses of the runtime", () => {
    const folder = folderWith({ "failover.ved": seed });
    vedc(folder, "build", "failover.ved", "-o", "dist");
    expect(readFileSync(join(folder, "dist/failover.js"), "utf8")).not.toMatch(/function (add|divide|multiply|negate)/);
  });

  it.each([[], ["--minify"]])("exports domains named like what JavaScript itself provides, and still works (%j)", (...flags) => {
    const names = ["Map", "Promise", "Object", "Error", "Symbol", "Number", "default", "await"];
    const program = (name: string) =>
      `domain ${name} { state { a: bool } goal G { predicate a } transition T { step { if !a { emit Act() a = true } } } }`;
    const folder = folderWith({ "all.ved": names.map(program).join("\n"), "package.json": '{ "type": "module" }' });
    vedc(folder, "build", "all.ved", "-o", "dist", ...flags);
    const run = node(
      folder,
      `import * as all from "./dist/all.js";
      for (const name of ${JSON.stringify(names)}) {
        const running = await all[name].start({ effects: { Act() {} } });
        console.log(all[name].name, (await running.settled()).phase);
      }`,
    );
    expect(run.stdout).toBe(names.map((name) => `${name} resting\n`).join(""));
    const use =
      'import { Map as M, default as d, await as a } from "./dist/all.js"; export const x: boolean = M.initial.a || d.initial.a || a.initial.a;';
    writeFileSync(join(folder, "use.ts"), use);
    expect(typeErrors([join(folder, "use.ts")])).toEqual([]);
  });

  it("minifies, and the result still runs and maps", () => {
    const folder = folderWith({ "failover.ved": seed });
    vedc(folder, "build", "failover.ved", "-o", "dist", "--minify");
    const code = readFileSync(join(folder, "dist/failover.js"), "utf8");
    expect(code.split("\n").length).toBeLessThan(5);
    const run = node(
      folder,
      'import { DatabaseRouting } from "./dist/failover.js"; console.log(DatabaseRouting.goals.RoutingStable(DatabaseRouting.initial));',
    );
    expect(run.stdout).toBe("true\n");
    const map = JSON.parse(readFileSync(join(folder, "dist/failover.js.map"), "utf8")) as {
      sources: string[];
      sourcesContent: string[];
    };
    expect([map.sources, map.sourcesContent]).toEqual([["../failover.ved"], [seed]]);
  });

  it("writes the TypeScript with --emit ts, which type-checks beside the rest", () => {
    const folder = folderWith({ "failover.ved": seed, "package.json": '{ "type": "module" }' });
    expect(vedc(folder, "build", "failover.ved", "-o", "dist", "--emit", "ts").status).toBe(0);
    expect(typeErrors([join(folder, "dist/failover.ts")])).toEqual([]);
  });

  it("leaves the old output as it was when the program has errors", () => {
    const folder = folderWith({ "failover.ved": seed });
    vedc(folder, "build", "failover.ved", "-o", "dist");
    const before = readFileSync(join(folder, "dist/failover.js"), "utf8");
    writeFileSync(join(folder, "failover.ved"), broken);
    const { status, stderr } = vedc(folder, "build", "failover.ved", "-o", "dist");
    expect(status).toBe(1);
    expect(stderr).toContain("failover.ved:20:1");
    expect(stderr).toContain("Did you mean `active_route`?");
    expect(readFileSync(join(folder, "dist/failover.js"), "utf8")).toBe(before);
    expect(readdirSync(join(folder, "dist")).filter((name) => name.startsWith("."))).toEqual([".vedc-cache"]);
  });

  it("is the same bytes every time", () => {
    const folder = folderWith({ "failover.ved": seed });
    for (const out of ["one", "two"]) vedc(folder, "build", "failover.ved", "-o", out);
    for (const file of readdirSync(join(folder, "one"), { recursive: true, encoding: "utf8" })) {
      if (statSync(join(folder, "one", file)).isDirectory()) continue;
      expect(readFileSync(join(folder, "one", file), "utf8")).toBe(readFileSync(join(folder, "two", file), "utf8"));
    }
  });

  it.each([["failover.ved"], ["failover.ved", "--minify"]])(
    "names the line of the source in the stack of a fault (%s %s)",
    (...args) => {
      const text =
        "domain D {\n  state { n: int }\n  goal G {\n    predicate 10 / n > 1\n  }\n  transition T {\n    step {\n      n = 7 % n\n    }\n  }\n}\n";
      const folder = folderWith({ "failover.ved": text });
      vedc(folder, "build", ...args, "-o", "dist");
      const code = `import { D } from "./dist/failover.js";
      for (const f of [() => D.goals.G({ n: 0 }), () => D.transitions.T.plan({ n: 0 }), () => D.transitions.T.enabled({ n: 0 })])
        try { f() } catch (error) { console.log(error.stack); }`;
      const { stdout } = node(folder, code, "--enable-source-maps");
      expect(stdout.match(/failover\.ved:\d+/g)?.filter((line, index, all) => all.indexOf(line) === index)).toEqual([
        "failover.ved:4",
        "failover.ved:8",
      ]);
    },
  );
});

describe("vedc check", () => {
  it("says that all is well", () => {
    const folder = folderWith({ "policy.ved": readFileSync("fixtures/policy.ved", "utf8") });
    expect(vedc(folder, "check", "policy.ved")).toEqual({ status: 0, stdout: "1 file checked: no problems.\n", stderr: "" });
  });

  it("suggests unions, as a hint that is no failure, with the fix written out", () => {
    const { status, stdout, stderr } = vedc(folderWith({ "failover.ved": seed }), "check", "failover.ved");
    expect([status, stdout]).toEqual([0, "1 file checked: 2 hints.\n"]);
    expect(stderr).toContain('= Write `primary_status: "healthy" | "failed"`.');
    const { program } = compile({ path: "failover.ved", text: seed });
    const fixes = program === null ? [] : hints(program).flatMap(({ fix }) => fix ?? []);
    const mended = fixes.reduceRight(
      (text, { span, replacement }) => text.slice(0, span.start) + replacement + text.slice(span.end),
      seed,
    );
    const again = compile({ path: "failover.ved", text: mended });
    expect([again.diagnostics, again.program === null ? null : hints(again.program)]).toEqual([[], []]);
  });

  it("tells warnings and hints in the order in which they stand in the file", () => {
    const other = seed.replace(/^(?=\s*active_route:)/m, "other: int\n");
    const { stdout } = vedc(folderWith({ "failover.ved": other }), "check", "failover.ved", "--format", "compact");
    const lines = [...stdout.matchAll(/:(\d+):\d+: (\w+)/g)].map(([, line, severity]) => [Number(line), severity]);
    expect(lines).toEqual([
      [3, "hint"],
      [4, "warning"],
      [5, "hint"],
    ]);
  });

  it("reports in JSON on standard output, with positions from 1", () => {
    const folder = folderWith({ "failover.ved": broken });
    const position = { start: { line: 20, column: 1 }, end: { line: 20, column: 12 } };
    const { status, stdout, stderr } = vedc(folder, "check", "failover.ved", "--format", "json");
    expect([status, stderr]).toEqual([1, ""]);
    expect(JSON.parse(stdout)).toEqual({
      version: 1,
      diagnostics: [
        {
          code: "VED2001",
          severity: "error",
          message: "There is no field `active_rout` in domain `DatabaseRouting`.",
          file: "failover.ved",
          ...position,
          related: [],
          notes: [],
          fix: { message: "Did you mean `active_route`?", ...position, replacement: "active_route" },
        },
      ],
    });
  });

  it("colours only when asked or on a terminal", () => {
    const folder = folderWith({ "failover.ved": broken });
    const run = (env: Record<string, string>) =>
      spawnSync(process.execPath, [bin, "check", "failover.ved"], {
        cwd: folder,
        encoding: "utf8",
        env: { ...process.env, ...env },
      }).stderr;
    expect(run({})).not.toContain("\u001b[");
    expect(run({ FORCE_COLOR: "1" })).toContain("\u001b[");
  });

  it("says where a file stops being UTF-8", () => {
    const folder = folderWith({});
    writeFileSync(join(folder, "x.ved"), Uint8Array.from([100, 111, 0xff, 10]));
    const { status, stderr } = vedc(folder, "check", "x.ved");
    expect(status).toBe(1);
    expect(stderr).toContain("byte 2 is the first that does not fit");
  });
});

describe("wrong usage ends with 2 and a message without a stack:", () => {
  it.each([
    [["check", "nowhere.ved"], "Cannot read nowhere.ved: it does not exist."],
    [["check", "empty"], "There is no .ved file in empty."],
    [["check", "notes.txt"], "notes.txt is not a .ved file."],
    [["build", "failover.ved"], "--out"],
    [["build", "failover.ved", "-o", "notes.txt"], "Cannot write notes.txt: a file is in the way."],
    [["build", "failover.ved", "-o", "dist", "--emit", "wasm"], "ts"],
    [["biuld"], "Did you mean build?"],
    [["explain", "VED9999"], "There is no code VED9999."],
    [["check", "failover.ved", "--format", "xml"], "pretty, compact, json, github, sarif"],
  ])("vedc %j", (args, message) => {
    const folder = folderWith({ "failover.ved": seed, "notes.txt": "x", "empty/readme": "" });
    const { status, stderr } = vedc(folder, ...args);
    expect(status).toBe(2);
    expect(stderr).toContain(message);
    expect(stderr).not.toMatch(/^\s+at /m);
  });
});

describe("vedc explain, --help and --version", () => {
  it("explain prints the page, and without a code the list", () => {
    const { status, stdout } = vedc(".", "explain", "ved2001");
    expect(status).toBe(0);
    expect(stdout).toContain("error[VED2001] unknown field");
    expect(stdout).toContain("Wrong:");
    expect(vedc(".", "explain").stdout.split("\n").length).toBeGreaterThan(40);
  });

  it("help names commands, examples and exit codes", () => {
    const { status, stdout } = vedc(".", "--help");
    expect(status).toBe(0);
    for (const word of ["build", "check", "fmt", "explain", "Examples:", "Exit codes:"]) expect(stdout).toContain(word);
  });

  it("version is the package's", () => {
    const { version } = JSON.parse(readFileSync("package.json", "utf8")) as { version: string };
    expect(vedc(".", "--version").stdout).toBe(`${version}\n`);
  });
});

describe("vedc graph", () => {
  it("draws to standard output, or into a file", () => {
    const folder = folderWith({ "failover.ved": seed });
    const { status, stdout } = vedc(folder, "graph", "failover.ved");
    expect([status, stdout.startsWith("flowchart TB\n")]).toEqual([0, true]);
    expect(vedc(folder, "graph", "failover.ved", "--format", "dot").stdout).toMatch(/^digraph \{/);
    expect(vedc(folder, "graph", "failover.ved", "--format", "svg", "-o", "out/failover.svg")).toMatchObject({
      status: 0,
      stdout: "",
    });
    expect(readFileSync(join(folder, "out/failover.svg"), "utf8")).toMatch(/^<svg [\s\S]*<\/svg>\n$/);
  });

  it("refuses what has errors, and domains that are not there", () => {
    const folder = folderWith({ "failover.ved": seed, "broken.ved": broken });
    expect(vedc(folder, "graph", "broken.ved")).toMatchObject({ status: 1, stdout: "" });
    const { status, stderr } = vedc(folder, "graph", "failover.ved", "--domain", "Nothing");
    expect([status, stderr]).toEqual([2, "vedc: There is no domain Nothing; there is only DatabaseRouting.\n"]);
  });
});
