import { spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it, vi } from "vitest";
import { replay, type SimulatedDomain } from "../../runtime-lib/simulate/index.js";
import { compile } from "../index.js";
import { bin, folderWith, vedc } from "../testing/command.js";
import { loadDomains } from "../testing/load.js";
import { defaultLimits } from "./limits.js";
import { verifyPrograms } from "./verify.js";

const seed = readFileSync("fixtures/failover.ved", "utf8");
const clean = readFileSync("fixtures/verify/clean-flag.ved", "utf8");
const stuck = readFileSync("fixtures/verify/gives-up.ved", "utf8");
const endless = readFileSync("fixtures/verify/endless-counter.ved", "utf8");
const joined = readFileSync("fixtures/verify/joined-strings.ved", "utf8");

/** Far too large to be searched whole. */
const large = [
  "domain Large {",
  `state { ${Array.from({ length: 24 }, (_, index) => `o${index}: bool = true r${index}: bool`).join(" ")} }`,
  `goal G { predicate ${Array.from({ length: 24 }, (_, index) => `(o${index} || r${index})`).join(" && ")} }`,
  ...Array.from(
    { length: 24 },
    (_, index) => `transition T${index} { step { if !o${index} && !r${index} { emit Fix.R${index}() r${index} = true } } }`,
  ),
  "}",
].join("\n");

it("says four different things first", () => {
  const folder = folderWith({ "a.ved": clean, "b.ved": stuck, "c.ved": endless, "d.ved": joined });
  const first = (file: string, ...args: string[]) =>
    vedc(folder, "verify", file, ...args)
      .stdout.split(": ")
      .slice(0, 2)
      .join(": ");
  expect(first("a.ved")).toBe("Service: proved");
  expect(first("b.ved")).toBe("Service: refuted");
  expect(first("c.ved")).toBe("Count: proved up to a bound");
  expect(first("d.ved")).toBe("Name: gave up");
});

it("ends with a code for each verdict: 0 proved, 1 refuted, 3 proved up to a bound, 4 gave up; with --strict with 1 for a warning", () => {
  const folder = folderWith({
    "seed.ved": seed,
    "clean.ved": clean,
    "stuck.ved": stuck,
    "endless.ved": endless,
    "joined.ved": joined,
  });
  const status = (...args: string[]) => vedc(folder, "verify", ...args).status;
  expect([status("clean.ved"), status("seed.ved"), status("endless.ved")]).toEqual([0, 0, 3]);
  expect([status("clean.ved", "--strict"), status("seed.ved", "--strict"), status("endless.ved", "--strict")]).toEqual([0, 1, 1]);
  expect([status("stuck.ved"), status("joined.ved"), status("nothing.ved")]).toEqual([1, 4, 2]);
  expect(status("clean.ved", "endless.ved", "joined.ved", "stuck.ved")).toBe(1);
  expect(status("clean.ved", "--int-bound", "many")).toBe(2);
});

it("ends with 1 for a warning of the check with --strict, whatever is proved", () => {
  const noted = clean.replace("state {", "state { noted: bool").replace("paged = true", "paged = true noted = true");
  const folder = folderWith({ "noted.ved": noted, "bounded.ved": endless.replace("state {", "state { unread: bool") });
  const run = (...args: string[]) => vedc(folder, "verify", ...args);
  expect(run("noted.ved").stderr).toContain("VED4004");
  expect([run("noted.ved").status, run("noted.ved", "--strict").status]).toEqual([0, 1]);
  expect([run("bounded.ved").status, run("bounded.ved", "--strict").status]).toEqual([3, 1]);
  expect(run("noted.ved", "--strict", "--format", "json").status).toBe(1);
});

it("gives machines everything, and a story that the runtime plays", async () => {
  const folder = folderWith({ "stuck.ved": stuck });
  const { stdout, stderr } = vedc(folder, "verify", "stuck.ved", "--format", "json");
  expect(stderr).toBe("");
  const { version, results } = JSON.parse(stdout);
  const [{ verdict, findings }] = results;
  expect([version, verdict, findings[0].code, findings[0].start.line]).toEqual([1, "refuted", "VED5001", 5]);
  const { Service } = await loadDomains(stuck);
  const { played } = await replay(
    Service as unknown as SimulatedDomain,
    findings[0].story.steps.map(({ cue }: { cue: never }) => cue),
  );
  expect(played.at(-1)?.phase).toBe("stuck");
});

it("plays the stories through the runtime when asked to", () => {
  const folder = folderWith({ "stuck.ved": stuck });
  const { stdout } = vedc(folder, "verify", "stuck.ved", "--replay");
  expect(stdout).toContain("Replayed (VED5001), with the runtime and a clock under control:");
  expect(stdout).toMatch(/In the end it is stuck\.\n\n$/);
});

it("says where a story cannot be played, by the lengths of times that the verifier leaves out, and goes on", () => {
  const folder = folderWith({
    "a.ved": `domain S {
      state { down: bool f: bool ok: bool }
      goal G { predicate !down || ok }
      transition Flip { cooldown 1m step { if down { emit X() f = !f } } }
      transition R { step { if (down && f) for 30s { ok = true } } }
    }`,
    "b.ved": `domain S {
      state { down: bool a: bool b: bool bad: bool }
      goal G { predicate !bad && (!down || b) }
      transition A { step { if down for 10s && !a { a = true } } }
      transition B { step { if down for 30s && !b { b = true if !a { bad = true } } } }
      transition C { step { if !down && (a || b) { a = false b = false } } }
    }`,
    "c.ved": stuck,
  });
  const { stdout, stderr, status } = vedc(folder, "verify", "a.ved", "b.ved", "c.ved", "--replay");
  expect([stderr, status]).toEqual(["", 1]);
  const why =
    "  The verifier lets what is due come due in any order: the finding may rest on one that the lengths of these times rule out.\n";
  expect(stdout).toContain(
    `  It cannot be played to its end: after step 3 (the time comes to try Flip again) \`ok\` is true, and not false; step 4 (X() is done) cannot be played, as Flip calls nothing here.\n${why}`,
  );
  expect(stdout).toContain(
    `  Played, it does not come about like that: after step 2 (\`down for 30s\` comes true) \`a\` is true, and not false.\n${why}`,
  );
  expect(stdout).toMatch(/In the end it is stuck\.\n\n$/);
});

it("plays a story with the mailboxes that it was found with, and says who is stuck in the end", () => {
  const folder = folderWith({
    "large.ved": readFileSync("fixtures/verify/systems/mailbox.ved", "utf8"),
    "full.ved": readFileSync("fixtures/verify/systems/mailbox-fills-for-ever.ved", "utf8"),
    "small.ved": readFileSync("fixtures/verify/systems/stuck-beside-a-wait.ved", "utf8"),
  });
  const [json] = JSON.parse(vedc(folder, "verify", "large.ved", "--format", "json").stdout).results;
  expect(json.findings[0].story.mailbox).toBe(64);
  const shown = (file: string) => vedc(folder, "verify", file, "--replay").stdout;
  expect(shown("large.ved")).toMatch(/With mailboxes of 64 messages:\n.*In the end C\/default is stuck\.\n\n$/s);
  expect(shown("full.ved")).toMatch(/With mailboxes of 64 messages:\n.*In the end Worker\/default is waiting for room\.\n\n$/s);
  expect(shown("small.ved")).toMatch(
    /With mailboxes of 3 messages:\n.*In the end Clerk\/default is stuck, and Service\/default is working\.\n\n$/s,
  );
});

it("lets a hostile outside set every field", () => {
  const folder = folderWith({ "clean.ved": clean });
  const { stdout } = vedc(folder, "verify", "clean.ved", "--hostile", "--format", "json");
  expect(Object.keys(JSON.parse(stdout).results[0].inputs).sort()).toEqual(["paged", "up"]);
});

it("builds only what is proved", () => {
  const folder = folderWith({ "clean.ved": clean, "stuck.ved": stuck });
  expect(vedc(folder, "build", "clean.ved", "-o", "good", "--verify").status).toBe(0);
  expect(existsSync(join(folder, "good/clean.js"))).toBe(true);
  const refused = vedc(folder, "build", "stuck.ved", "-o", "bad", "--verify");
  expect([refused.status, existsSync(join(folder, "bad"))]).toEqual([1, false]);
  expect(refused.stdout).toContain("error[VED5001]");
});

it("gives up at a limit, and says how far it came", () => {
  const folder = folderWith({ "large.ved": large });
  const { stdout, status } = vedc(folder, "verify", "large.ved", "--memory-limit", "200");
  expect(stdout).toContain(
    "Large: gave up: nothing is known of it: the memory limit of 200 MB was reached (--memory-limit); nothing was found within ",
  );
  expect(stdout).toMatch(/Looked at [\d,]+ situations in [\d,]+ states.* [\d,]+ more were found and not looked at\./);
  expect(status).toBe(4);
});

it("says what makes a search large, and gives the next one the memory that it has used", () => {
  const folder = folderWith({ "disks.ved": `${readFileSync("fixtures/verify/exploding/disks.ved", "utf8")}\n${clean}` });
  const { stdout } = vedc(folder, "verify", "disks.ved", "--memory-limit", "400");
  expect(stdout).toMatch(
    /Disk: gave up: .*\n.*\n {2}Observed in most values: used \(1,003\), total \(1,003\)\. A range or a union/,
  );
  expect(stdout).toContain("Service: proved");
});

it("says how far it came when it is interrupted", async () => {
  // Every clause reads `r0`, so that none is explored by itself.
  const folder = folderWith({ "large.ved": large.replaceAll(/\((o\d+ \|\| r\d+)\)/g, "($1 || r0)") });
  const child = spawn(process.execPath, [bin, "verify", "large.ved"], { cwd: folder });
  let stdout = "";
  child.stdout.on("data", (chunk) => {
    stdout += chunk;
  });
  setTimeout(() => child.kill("SIGINT"), 1500);
  const code = await new Promise((resolve) => child.on("close", resolve));
  // On a slow machine the command may not have begun to listen, and is ended by the signal itself.
  if (code !== null) expect(stdout).toMatch(/it was interrupted|Interrupted before/);
  expect([130, null]).toContain(code);
});

it("names what it did not come to when it is interrupted", async () => {
  const named = (name: string) => clean.replace("domain Service", `domain ${name}`);
  const texts = { "a.ved": named("A"), "b.ved": `${named("B")}\n${named("C")}` };
  const programs = Object.entries(texts).flatMap(([path, text]) => compile({ path, text }).program ?? []);
  const interruptedAt = async (text: string, format: "pretty" | "json") => {
    const written: string[] = [];
    const write = vi.spyOn(process.stdout, "write").mockImplementation((chunk) => {
      written.push(String(chunk));
      if (written.join("").includes(text)) process.emit("SIGINT");
      return true;
    });
    const exitCode = verifyPrograms(programs, { diagnostics: [], silenced: [] }, { ...defaultLimits, format });
    if (text === "") process.emit("SIGINT");
    await exitCode.finally(() => write.mockRestore());
    return { exitCode: await exitCode, stdout: written.join("") };
  };
  const late = await interruptedAt("A: proved", "pretty");
  expect(late.stdout.split("\n").at(-2)).toBe("Interrupted before anything was known of B and C.");
  const early = await interruptedAt("", "json");
  expect(JSON.parse(early.stdout)).toMatchObject({ results: [], notVerified: ["A", "B", "C"] });
  expect([late.exitCode, early.exitCode]).toEqual([130, 130]);
});

/** A domain that rests as it is declared, and has something to do where a system starts it with another value. */
const counter = "domain W { state { n: int } goal G { predicate n == 0 } transition T { if n != 0 { emit A.B() n = 0 } } }";
const starting = (start: string) => `import { W } from "./w.ved" system Main { ${start} }`;

/** What each report is on, as its first line says. */
const heads = (stdout: string) => [...stdout.matchAll(/^(\S.*?): (?:proved|refuted|gave up)/gm)].map(([, head]) => head);

it.each(["src", "src/main.ved"])("looks at a domain of another file as a system starts it: %s", (path) => {
  const folder = folderWith({ "src/main.ved": starting('start W["eu"] start W["us"] { n = 2 }'), "src/w.ved": counter });
  const { status, stdout } = vedc(folder, "verify", path, "--strict");
  expect([status, heads(stdout), stdout]).toEqual([0, ["W", "W started with n = 2"], expect.not.stringContaining("VED51")]);
});

it("does not say that something makes no difference which does as another system starts it, and names the systems' files", () => {
  const folder = folderWith({ "a.ved": starting("start W"), "b.ved": starting("start W { n = 2 }"), "w.ved": counter });
  const { stdout } = vedc(folder, "verify", ".", "--strict");
  expect(heads(stdout)).toEqual(["W (a.ved)", "W (b.ved) started with n = 2"]);
  expect(stdout).not.toContain("VED51");
  expect(vedc(folder, "verify", "a.ved").stdout).toContain("VED5105");
});

it("gives one report on files that import each other, as their system starts them", () => {
  const folder = folderWith({
    "a.ved": `import { B } from "./b.ved" system Main { start A["x"] start B["x"] }
      domain A { state { n: bool } goal G { predicate !n } transition T { if n { send B[self] Hi n = false } } on Yo { n = false } }`,
    "b.ved": `import { A } from "./a.ved"
      domain B { state { m: bool } goal G { predicate !m } transition T { if m { send A[self] Yo m = false } } on Hi { m = true } }`,
  });
  const { stdout } = vedc(folder, "verify", ".");
  expect(heads(stdout)).toEqual(["A, B"]);
  expect(stdout).toContain("A/x G A, B/x G A");
  expect(vedc(folder, "simulate", ".", "--runs", "5").stdout.match(/no promise is broken/g)).toHaveLength(1);
});

it("looks also at domains of other files that no system starts", () => {
  const folder = folderWith({
    "main.ved": starting("start W"),
    "w.ved": `${counter} ${counter.replace("domain W", "domain V")}`,
  });
  expect(heads(vedc(folder, "verify", ".").stdout)).toEqual(["W", "V"]);
});

it("names the file where programs of one call have domains of one name", () => {
  const folder = folderWith({ "a.ved": counter, "b.ved": counter, "c.ved": counter.replace("domain W", "domain V") });
  expect(heads(vedc(folder, "verify", ".").stdout)).toEqual(["W (a.ved)", "W (b.ved)", "V"]);
  const { stdout } = vedc(folder, "simulate", ".", "--runs", "5");
  expect(stdout.match(/^\S.*?(?=: no promise)/gm)).toEqual(["W (a.ved)", "W (b.ved)", "V"]);
});
