// `vedc run` as a user meets it: a process of its own, signals, wrong input.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { createInterface } from "node:readline";
import { describe, expect, it, onTestFinished } from "vitest";
import { until } from "../service/testing/service.js";
import { bin, folderWith, vedc } from "../testing/command.js";
import { scratchFolder } from "../testing/load.js";

const seed = readFileSync("fixtures/failover.ved", "utf8");
/** Effects that write a line into a file each time, and take their time where a file says so. */
const config = `import { appendFileSync, existsSync } from "node:fs";
const note = (name) => async (argument, call) => {
  appendFileSync("calls", name + " " + argument + " " + call.key + "\\n");
  while (existsSync("slow")) await new Promise((resolve) => setTimeout(resolve, 20));
};
export default { effects: { "Network.UpdateDNS": note("dns"), "Alerts.PageEngineers": { run: note("page") } }, journal: "data", listen: { port: 0 } };`;
const slowly = { "failover.ved": seed, "vedc.config.js": config, "package.json": '{ "type": "module" }' };

interface Started {
  readonly child: ChildProcess;
  readonly url: string;
  readonly lines: readonly string[];
  ended(): Promise<[number | null, NodeJS.Signals | null]>;
}

/** Starts `vedc run` and waits until it listens. */
async function start(folder: string, args: readonly string[], env: Record<string, string> = {}): Promise<Started> {
  const child = spawn(process.execPath, [bin, "run", ...args], { cwd: folder, env: { ...process.env, ...env }, detached: true });
  onTestFinished(() => void child.kill("SIGKILL"));
  const lines: string[] = [];
  for (const stream of [child.stdout, child.stderr]) createInterface({ input: stream }).on("line", (line) => lines.push(line));
  const exit = once(child, "exit") as Promise<[number | null, NodeJS.Signals | null]>;
  const line = await until(() => {
    if (child.exitCode !== null) expect.fail(lines.join("\n"));
    return lines.find((each) => each.includes("http://"));
  });
  return { child, url: /http:\/\/\S+\//.exec(line)?.[0] ?? "", lines, ended: () => exit };
}

function observe(url: string, facts: object, headers: Record<string, string> = {}): Promise<Response> {
  const request = { method: "POST", headers: { "content-type": "application/json", ...headers }, body: JSON.stringify(facts) };
  return fetch(`${url}api/instances/DatabaseRouting/default/observe`, request);
}

async function view(
  url: string,
): Promise<{ standing: string; goals: { RoutingStable: { reality: string } }; history: { text: string }[] }> {
  const answer = await fetch(`${url}api/instances/DatabaseRouting/default`);
  // The view of the seed's instance.
  return (await answer.json()) as Awaited<ReturnType<typeof view>>;
}

const callsIn = (folder: string) =>
  existsSync(join(folder, "calls")) ? readFileSync(join(folder, "calls"), "utf8").trim().split("\n") : [];

describe("vedc run", () => {
  it("finds its configuration, runs a source, and ends well with SIGTERM", async () => {
    const folder = folderWith(slowly);
    const { child, url, lines, ended } = await start(folder, ["failover.ved"]);
    expect((await observe(url, { primary_status: "failed" })).status).toBe(200);
    await until(async () => (await view(url)).goals.RoutingStable.reality === "B");
    child.kill("SIGTERM");
    expect(await ended()).toEqual([0, null]);
    expect(lines.join("\n")).toMatch(/SIGTERM: it stops[\s\S]*stopped$/);
    expect(callsIn(folder).map((line) => line.split(" ")[0])).toEqual(["dns", "page"]);
  });

  it("runs what `vedc build` made of it, in a folder without sources, also of a CommonJS project", async () => {
    const folder = folderWith({ "failover.ved": seed });
    expect(vedc(folder, "build", "failover.ved", "-o", "dist").status).toBe(0);
    const elsewhere = scratchFolder();
    cpSync(join(folder, "dist"), join(elsewhere, "dist"), { recursive: true });
    writeFileSync(join(elsewhere, "package.json"), '{ "type": "commonjs" }');
    for (const argument of ["dist/failover.js", "dist"]) {
      const { child, url, ended } = await start(elsewhere, [argument, "--observe-only", "--port", "0"]);
      expect(await (await fetch(`${url}api/program`)).json()).toMatchObject({
        name: "failover",
        observeOnly: true,
        domains: [{ name: "DatabaseRouting" }],
      });
      child.kill("SIGINT");
      expect(await ended()).toEqual([0, null]);
    }
  });

  it("runs a system with what it imports, from its sources and as built, and starts what its own `system` names", async () => {
    const worker = `domain Worker { state { done: int } goal Idle { predicate done >= 0 } on Work { done += 1 } }
      system Alone { start Worker["never"] }`;
    const main = `import { Worker } from "./parts/worker.ved"
      system Main { start Boss start Worker["w"] { done = 5 } }
      domain Boss { state { told: bool } goal Told { predicate told } transition Tell { step { if !told { send Worker["w"] Work() told = true } } } }`;
    const folder = folderWith({ "src/main.ved": main, "src/parts/worker.ved": worker });
    const { status, stderr } = vedc(folder, "build", "src", "-o", "dist");
    expect([status, stderr]).toEqual([0, ""]);
    for (const what of ["src", "src/main.ved", "dist", "dist/main.js"]) {
      const { url, lines } = await start(folder, [what, "--observe-only", "--port", "0", "--log", "json"]);
      const { instances } = (await (await fetch(`${url}api/instances`)).json()) as {
        instances: { domain: string; key: string }[];
      };
      expect(instances.map(({ domain, key }) => `${domain}/${key}`).sort()).toEqual(["Boss/default", "Worker/w"]);
      expect(await (await fetch(`${url}api/instances/Worker/w`)).json()).toMatchObject({ state: { done: 6 } });
      expect(await (await fetch(`${url}api/program`)).json()).toMatchObject({ name: "main" });
      for (const line of lines.filter((each) => !each.includes("warning"))) expect(JSON.parse(line)).toHaveProperty("level");
    }
  });

  it("goes on after SIGKILL: the same key, the journal's history, and the goal in the end", async () => {
    const folder = folderWith({ ...slowly, slow: "" });
    const first = await start(folder, ["failover.ved"]);
    await observe(first.url, { primary_status: "failed" });
    await until(() => callsIn(folder).length === 2);
    first.child.kill("SIGKILL");
    await first.ended();
    const before = callsIn(folder);
    rmSync(join(folder, "slow"));
    const second = await start(folder, ["failover.ved"]);
    await until(async () => (await view(second.url)).history.at(-1)?.text === "rests in RoutingStable B");
    expect(callsIn(folder).slice(2).sort()).toEqual(before.sort());
    const texts = (await view(second.url)).history.map(({ text }) => text);
    expect(texts[0]).toBe("started");
    expect(texts).toContain('observed primary_status = "failed"');
  });

  it("lets calls under way come to their end, and begins no others; a second signal does not wait", async () => {
    const folder = folderWith({ ...slowly, slow: "" });
    const { child, url, lines, ended } = await start(folder, ["failover.ved", "--grace", "1h"]);
    await observe(url, { primary_status: "failed" });
    await until(() => callsIn(folder).length === 2);
    child.kill("SIGTERM");
    await until(() => lines.some((line) => line.includes("SIGTERM")));
    expect((await observe(url, { primary_status: "healthy" })).status).toBe(503);
    expect(child.exitCode).toBeNull();
    child.kill("SIGTERM");
    expect(await ended()).toEqual([130, null]);
  });

  it("ends also where the configuration holds something open", async () => {
    const open = "setInterval(() => {}, 1000);\nexport default { listen: { port: 0 } };\n";
    const { child, lines, ended } = await start(folderWith({ "failover.ved": seed, "c.mjs": open }), [
      ...["failover.ved", "--observe-only", "-c", "c.mjs"],
    ]);
    child.kill("SIGTERM");
    expect(await ended()).toEqual([0, null]);
    expect(lines.at(-1)).toContain("stopped");
  });

  it("goes on at SIGHUP, and says what reads a configuration anew", async () => {
    const { child, url, lines, ended } = await start(folderWith(slowly), ["failover.ved"]);
    for (let times = 1; times <= 2; times += 1) {
      child.kill("SIGHUP");
      await until(
        () => lines.filter((line) => line.includes("SIGHUP")).length === times || child.exitCode !== null || child.signalCode,
      );
      expect((await observe(url, { primary_status: "failed" })).status).toBe(200);
    }
    expect(lines.filter((line) => line.includes("SIGHUP: it goes on; a restart reads its configuration anew"))).toHaveLength(2);
    child.kill("SIGTERM");
    expect(await ended()).toEqual([0, null]);
  });

  it.runIf(existsSync("/usr/bin/script"))("stops, as with SIGTERM, when its terminal hangs up", async () => {
    const note = `import { writeFileSync } from "node:fs"; process.on("exit", (code) => writeFileSync("exit", String(code)));\n`;
    const folder = folderWith({ ...slowly, "vedc.config.js": note + config });
    // It gives the command a terminal of its own, which hangs up when it goes.
    const command = `'${process.execPath}' '${bin}' run failover.ved`;
    const terminal = spawn("/usr/bin/script", ["-qfc", command, "/dev/null"], {
      cwd: folder,
      stdio: ["ignore", "pipe", "inherit"],
    });
    onTestFinished(() => void terminal.kill("SIGKILL"));
    let shown = "";
    terminal.stdout.setEncoding("utf8").on("data", (text: string) => {
      shown += text;
    });
    await until(() => shown.includes("http://"));
    terminal.kill("SIGKILL");
    expect(await until(() => existsSync(join(folder, "exit")) && readFileSync(join(folder, "exit"), "utf8"))).toBe("0");
    expect(vedc(folder, "inspect", "data").stdout).toContain("no host has it open");
    expect(readdirSync(join(folder, "data")).filter((name) => name.startsWith("lock-"))).toEqual([]);
  });

  it("keeps Ctrl-C from the programs that it runs, and leaves none of them behind", async () => {
    const effects = {
      "Network.UpdateDNS": { exec: { command: ["sh", "-c", "touch began; sleep 0.5; touch ended"] } },
      "Alerts.PageEngineers": {
        exec: { command: ["sh", "-c", "echo $$ > stubborn; trap '' TERM; while :; do sleep 0.1; done"] },
      },
    };
    const settings = { effects, listen: { port: 0 }, journal: "data", grace: "1s" };
    const folder = folderWith({ "failover.ved": seed, "vedc.config.json": JSON.stringify(settings) });
    const { child, url, ended } = await start(folder, ["failover.ved"]);
    await observe(url, { primary_status: "failed" });
    await until(() => existsSync(join(folder, "began")) && existsSync(join(folder, "stubborn")));
    // As a terminal does it: everybody of the group is told.
    process.kill(-(child.pid ?? 0), "SIGINT");
    expect(await ended()).toEqual([0, null]);
    expect(existsSync(join(folder, "ended"))).toBe(true);
    const stubborn = Number(readFileSync(join(folder, "stubborn"), "utf8"));
    await until(() => {
      try {
        return !process.kill(stubborn, 0);
      } catch {
        return true;
      }
    });
  });

  it("warns of arguments that become a part of what a shell runs, and starts all the same", async () => {
    const effect = '{ exec: { command: [sh, -c, "echo {0}"] } }';
    const good = `effects:\n  Network.UpdateDNS: ${effect}\n  Alerts.PageEngineers: { log: {} }\nlisten: { port: 0 }\n`;
    const folder = folderWith({ "failover.ved": seed, "good.yaml": good, "bad.yaml": good.replace("log: {}", "lo: {}") });
    const { lines } = await start(folder, ["failover.ved", "-c", "good.yaml", "--log", "json"]);
    const warnings = lines.filter((line) => line.includes('"warning"')).map((line) => JSON.parse(line) as { text: string });
    expect(warnings.map(({ text }) => text)).toEqual([
      expect.stringMatching(
        /^good\.yaml:2:50: effects\["Network\.UpdateDNS"\]\.exec\.command\[2\]: \{0\} becomes a part of what sh runs/,
      ),
      expect.stringContaining("no journal is configured"),
    ]);
    const { status, stderr } = vedc(folder, "run", "failover.ved", "-c", "bad.yaml");
    expect(status).toBe(1);
    expect(stderr).toMatch(
      /^bad\.yaml:2:50: warning: effects.*becomes a part of what sh runs.*\n {2}help: pass it behind the script/m,
    );
    expect(stderr).toMatch(/^2 problems and 1 warning; nothing was started\.$/m);
  });

  it("warns where others can get at the journal", async () => {
    const folder = folderWith(slowly);
    mkdirSync(join(folder, "shared"), { mode: 0o755 });
    writeFileSync(join(folder, "shared/notes.txt"), "");
    const shared = await start(folder, ["failover.ved", "--journal", "shared"]);
    await until(() => shared.lines.some((line) => line.includes("others can get into ")));
    const { child, lines, ended } = await start(folder, ["failover.ved"]);
    child.kill("SIGTERM");
    await ended();
    expect(lines.join("\n")).not.toContain("warning");
  });

  it("takes its token from the environment, and shows it nowhere", async () => {
    const token = "a-token-of-some-length";
    const folder = folderWith(slowly);
    const { url, lines } = await start(folder, ["failover.ved", "--host", "0.0.0.0"], { VEDC_TOKEN: token });
    const local = url.replace("0.0.0.0", "127.0.0.1");
    expect((await observe(local, {})).status).toBe(401);
    expect((await observe(local, {}, { authorization: `Bearer ${token}` })).status).toBe(200);
    expect(lines.join("\n")).not.toContain(token);
  });
});

it("goes on where nobody reads its log any longer", async () => {
  const { child, url } = await start(folderWith(slowly), ["failover.ved"]);
  child.stdout?.destroy();
  child.stderr?.destroy();
  for (const primary_status of ["failed", "healthy", "failed"]) expect((await observe(url, { primary_status })).status).toBe(200);
  await until(async () => (await view(url)).goals.RoutingStable.reality === "B");
});

describe("vedc run refuses", () => {
  it("a configuration with something wrong in it, with all of it and its places, and starts nothing", () => {
    const folder = folderWith({ "failover.ved": seed, "c.yaml": "effects:\n  Network.UpdateDN: { log: {} }\nport: 80\n" });
    const { status, stdout, stderr } = vedc(folder, "run", "failover.ved", "-c", "c.yaml");
    expect([status, stdout]).toEqual([1, ""]);
    expect(stderr).toMatch(/^c\.yaml:1:1: effects: nothing carries out Network\.UpdateDNS\.$/m);
    expect(stderr).toMatch(
      /^c\.yaml:2:3: effects\["Network\.UpdateDN"\]: the program has no effect Network\.UpdateDN\.\n {2}help: Did you mean `Network\.UpdateDNS`\?$/m,
    );
    expect(stderr).toMatch(/^c\.yaml:3:1: port: there is no option port\.$/m);
    expect(stderr).toMatch(/^4 problems; nothing was started\.$/m);
  });

  it("to start without adapters, and says where to put them", () => {
    const { status, stderr } = vedc(folderWith({ "failover.ved": seed }), "run", "failover.ved");
    expect(status).toBe(1);
    expect(stderr).toContain("effects: nothing carries out Network.UpdateDNS.");
    expect(stderr).toContain("There is no configuration: give one with --config <file>, or write vedc.config.js.");
  });

  it("a configuration in JavaScript that cannot be loaded, with the place", () => {
    const folder = folderWith({
      "failover.ved": seed,
      "syntax.mjs": "export default {\n  effects: {\n    a: 1 b: 2\n  },\n};\n",
      "thrown.mjs": "const { url } = undefined;\nexport default {};\n",
      "elsewhere.mjs": "import './syntax.mjs';\nexport default {};\n",
      "nothing.mjs": "export const config = {};\n",
    });
    const refused = (name: string) => {
      const { status, stderr } = vedc(folder, "run", "failover.ved", "-c", name);
      expect(status).toBe(1);
      return stderr;
    };
    expect(refused("syntax.mjs")).toBe(
      "syntax.mjs:3:10: it cannot be loaded: Expected ',', got 'ident'.\n1 problem; nothing was started.\n",
    );
    expect(refused("thrown.mjs")).toMatch(/^thrown\.mjs:1:\d+: it cannot be loaded: Cannot destructure property 'url'/);
    expect(refused("elsewhere.mjs")).toMatch(/^elsewhere\.mjs: it cannot be loaded: Unexpected identifier 'b'\.\n/);
    expect(refused("nothing.mjs")).toMatch(/^nothing\.mjs: it has no default export\.\n {2}help: write/);
  });

  it("a configuration and a module that Node takes for CommonJS, and says how to change that", () => {
    const folder = folderWith({
      "failover.ved": seed,
      "package.json": '{ "type": "commonjs" }',
      "vedc.config.js": "export default {};",
      "ok.mjs": "export default {};",
    });
    const config = vedc(folder, "run", "failover.ved");
    expect(config.status).toBe(1);
    expect(config.stderr).toContain(
      "vedc.config.js: it cannot be loaded: Node takes it, or what it imports, for CommonJS.\n  help: put",
    );
    vedc(folder, "build", "failover.ved", "-o", "dist");
    rmSync(join(folder, "dist/package.json"));
    const built = vedc(folder, "run", "dist", "-c", "ok.mjs", "--observe-only");
    expect(built.status).toBe(2);
    expect(built.stderr).toMatch(/dist\/failover\.js for CommonJS: put `"type": "module"` into the package\.json/);
  });

  it("programs with errors, modules without their manifest, and files that are not there", () => {
    const folder = folderWith({ "bad.ved": "domain X {", "a.js": "", "failover.ved": seed });
    expect(vedc(folder, "run", "bad.ved").status).toBe(1);
    const usage = (...args: string[]) => {
      const { status, stderr } = vedc(folder, "run", ...args);
      expect(status).toBe(2);
      return stderr;
    };
    expect(usage("nothing.ved")).toBe("vedc: Cannot read nothing.ved: it does not exist.\n");
    expect(usage("a.js")).toContain("a.ved.json is missing: `vedc build` writes it beside the module.");
    expect(usage("failover.ved", "-c", "none.yaml")).toBe("vedc: Cannot read none.yaml: it does not exist.\n");
    expect(usage("failover.ved", "--port", "99999")).toContain("It is a number from 0 to 65535.");
    expect(usage("failover.ved", "--grace", "5")).toContain('as in "10s"');
  });

  it("an address that others reach without a token, and a port that is taken", async () => {
    const folder = folderWith(slowly);
    expect(vedc(folder, "run", "failover.ved", "--host", "0.0.0.0").stderr).toContain(
      "listen.host: 0.0.0.0 can be reached from other machines",
    );
    const { url } = await start(folder, ["failover.ved"]);
    const port = new URL(url).port;
    const taken = vedc(folder, "run", "failover.ved", "--observe-only", "--journal", "other", "--port", port);
    expect([taken.status, taken.stderr]).toEqual([
      2,
      `vedc: Port ${port} of 127.0.0.1 is taken: --port chooses another, and 0 a free one.\n`,
    ]);
    const locked = vedc(folder, "run", "failover.ved");
    expect(locked.status).toBe(2);
    expect(locked.stderr).toMatch(/^vedc: .*in use/);
  });

  it("a journal where none can be, as that and not as something else", () => {
    const folder = folderWith({ ...slowly, "file.txt": "" });
    const { status, stderr } = vedc(folder, "run", "failover.ved", "--journal", "file.txt/data");
    expect([status, stderr]).toEqual([2, `vedc: Cannot write ${join(folder, "file.txt/data")}: a part of the path is a file.\n`]);
  });

  it("a module that another release has built", () => {
    const folder = folderWith({ "failover.ved": seed });
    vedc(folder, "build", "failover.ved", "-o", "dist");
    const manifest = join(folder, "dist/failover.ved.json");
    writeFileSync(manifest, readFileSync(manifest, "utf8").replace(/"vedc": "[^"]+"/, '"vedc": "0.0.1"'));
    const { status, stderr } = vedc(folder, "run", "dist");
    expect([status, stderr.includes("was built by vedc 0.0.1")]).toEqual([2, true]);
  });
});
