// What a configuration knows and others must not: whatever servers, programs and functions say of it, it gets nowhere.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { expect, it, onTestFinished } from "vitest";
import { testServer } from "../service/testing/server.js";
import { until } from "../service/testing/service.js";
import { bin, folderWith, vedc } from "../testing/command.js";

const program = `domain Web {
  state { dns: bool = true, page: bool = true, job: bool = true, own: bool = true, why: string, id: string, seen: string, used: int }
  goal Up { predicate dns && page && job && own }
  transition Route { step { if !dns { emit Dns.Update("a") dns = true } } }
  transition Page { step { if !page { emit Pager.Page("down") page = true } } }
  transition Job { step { if !job { emit Job.Start("x") job = true } } }
  transition Own { step { if !own { emit Own.Act("x") own = true } } }
  on Dns.Update failed (reason: string) { why = reason }
  on Pager.Page failed (reason: string) { why = why + reason }
  on Job.Start done (result: string) { id = result }
}`;

const secrets = {
  DNS_TOKEN: "dns-Token/with+signs==",
  PAGER_PASSWORD: 'p@ss "word" & more',
  PIPELINE_KEY: "-----BEGIN KEY-----\nc2VjcmV0IGxpbmUgb25l\nc2VjcmV0IGxpbmUgdHdv\n-----END KEY-----",
  VEDC_TOKEN: "the-token-of-the-service",
};
const literal = { basic: Buffer.from("user:literal-Password").toString("base64"), env: "literal-in-env", url: "literal-in-url" };

/** A variable of the environment, as a configuration names it. */
const variable = (name: string) => `\${${name}}`;

/** Everything that a secret may look like on its way. */
function looksOf(secret: string): string[] {
  return [secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1), Buffer.from(secret).toString("base64")];
}

it("no secret of a configuration gets into state, journal, history, log, metrics or answers", async () => {
  const everything = [...Object.values(secrets), ...Object.values(literal), "literal-Password"].flatMap(looksOf);
  const echo = await testServer(({ url, headers }, response) => {
    const said = `no: ${url} ${headers.authorization ?? ""} ${headers["x-extra"] ?? ""} ${headers.authorization ?? ""}`;
    if (url.startsWith("/jobs")) response.writeHead(201, { "content-type": "text/plain" }).end(headers.authorization ?? "");
    else response.writeHead(url.startsWith("/probe") ? 200 : 403).end(said);
  });
  const say = `const { env } = process; const all = env.SAID + ' ' + encodeURIComponent(env.SAID) + ' ' + Buffer.from('user:' + env.SAID).toString('base64') + ' ' + env.MORE;
    process.stderr.write(all.slice(0, 15)); setTimeout(() => { process.stderr.write(all.slice(15) + '\\n'); process.exitCode = 3; }, 50);`;
  const file = `import process from "node:process";
  export default {
    listen: { port: 0 },
    journal: "data",
    retry: { initial: "50ms", max: "50ms" },
    effects: {
      "Dns.Update": { http: { url: "${echo.url}/hooks/\${HOOK}/{0}", headers: { authorization: "Bearer \${DNS_TOKEN}", "x-extra": "t=\${DNS_TOKEN}" } } },
      "Pager.Page": { exec: { command: [process.execPath, "-e", ${JSON.stringify(say)}, "https://me:${literal.url}@pager.example/"], env: { SAID: "\${PAGER_PASSWORD}", MORE: "\${PIPELINE_KEY}", API_TOKEN: "${literal.env}" } } },
      "Job.Start": { http: { url: "${echo.url}/jobs", headers: { authorization: "Basic ${literal.basic}" } } },
      "Own.Act": async () => { throw Object.assign(new Error("refused: " + process.env.VEDC_TOKEN + " ${literal.env} https://me:${literal.url}@x/"), { code: "ECONNRESET" }); },
    },
    probes: [
      { field: "seen", exec: { command: [process.execPath, "-e", "console.log(process.env.MY_TOKEN)"], env: { MY_TOKEN: "\${DNS_TOKEN}" } }, every: "50ms" },
      { field: "used", exec: { command: [process.execPath, "-e", "console.log('x'.repeat(50) + process.env.SAID)"], env: { SAID: "\${PAGER_PASSWORD}" } }, every: "50ms" },
      { field: "used", http: { url: "${echo.url}/probe", contains: "\${DNS_TOKEN}", headers: {} }, up: 1, down: 2, every: "50ms" },
    ],
  };`;
  const folder = folderWith({ "web.ved": program, "c.mjs": file });
  const child = spawn(process.execPath, [bin, "run", "web.ved", "-c", "c.mjs", "--log", "json"], {
    cwd: folder,
    env: { ...process.env, ...secrets, HOOK: "services/T0/B0" },
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  let log = "";
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding("utf8").on("data", (text) => {
      log += text;
    });
  const url = await until(() => /http:\/\/localhost:\d+\//.exec(log)?.[0] ?? (child.exitCode === null ? "" : expect.fail(log)));
  const headers = { authorization: `Bearer ${secrets.VEDC_TOKEN}`, "content-type": "application/json" };
  const ask = async (path: string) => (await fetch(`${url}${path}`, { headers })).text();
  const facts = JSON.stringify({ dns: false, page: false, job: false, own: false });
  await fetch(`${url}api/instances/Web/default/observe`, { method: "POST", headers, body: facts });
  const view = () => ask("api/instances/Web/default");
  await until(
    async () =>
      ["Dns", "Pager", "Own"].every((name) => new RegExp(`"type":"(failed|unknown)"[^\\n]*${name}`).test(log)) &&
      log.includes("the probe of"),
  );
  await until(async () => JSON.parse(await view()).state.id !== "" && JSON.parse(await view()).state.seen !== "");
  const answers = [
    await view(),
    await ask("metrics"),
    await ask("openapi.json"),
    await ask("api/counts"),
    await ask("api/program"),
  ];
  child.kill("SIGTERM");
  await once(child, "exit");
  const kept = readdirSync(join(folder, "data")).map((name) => readFileSync(join(folder, "data", name), "utf8"));
  const history = vedc(folder, "inspect", "data", "--history", "--json").stdout;
  const found = everything.filter((look) =>
    [log, ...answers, ...kept, history].some((text) => text.includes(look) || text.includes(JSON.stringify(look).slice(1, -1))),
  );
  expect(found).toEqual([]);
  // What it was is still said.
  for (const name of [
    variable("DNS_TOKEN"),
    variable("PAGER_PASSWORD"),
    variable("VEDC_TOKEN"),
    "[env API_TOKEN]",
    "[password in a URL]",
    "[header authorization]",
  ])
    expect([name, log.includes(name)]).toEqual([name, true]);
});

it("a problem with a configuration does not tell what a variable holds", () => {
  const yaml = `effects:
  Dns.Update: { http: { url: "\${DNS_TOKEN}" }, timeout: "\${PAGER_PASSWORD}" }
  Pager.Page: { log: "\${DNS_TOKEN}" }
listen: "\${DNS_TOKEN}"
probes:
  - { field: used, up: "\${DNS_TOKEN}", tcp: { host: x, port: 1 } }
  - { field: "\${DNS_TOKEN}", up: a, domain: "\${DNS_TOKEN}", tcp: { host: x, port: 1 } }
`;
  const folder = folderWith({ "web.ved": program, "c.yaml": yaml });
  for (const [name, value] of Object.entries(secrets)) process.env[name] = value;
  onTestFinished(() => {
    for (const name of Object.keys(secrets)) delete process.env[name];
  });
  const { status, stderr } = vedc(folder, "run", "web.ved", "-c", "c.yaml");
  expect(status).toBe(1);
  expect(
    Object.values(secrets)
      .flatMap(looksOf)
      .filter((look) => stderr.includes(look)),
  ).toEqual([]);
  expect(stderr).toContain(variable("PAGER_PASSWORD"));
});
