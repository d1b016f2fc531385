import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { default as draft04 } from "ajv-draft-04";
import { default as formats } from "ajv-formats";
import { describe, expect, it } from "vitest";
import { compile, hints } from "../index.js";
import { hostile } from "../testing/hostile-text.js";
import { renderCompact } from "./compact.js";
import type { Diagnostic } from "./diagnostic.js";
import { renderGithub } from "./github.js";
import { renderSarif } from "./sarif.js";

const text = `domain Service {
  state { up: bool, version: int, mode: string = "a" }
  goal Up { predicate up || mode == "b" }
  transition Start { step { if !up { emit Process.Start() up = true } } }
}
`;

function findingsIn(path: string, source = text): Diagnostic[] {
  const { program, diagnostics } = compile({ path, text: source });
  return [...diagnostics, ...(program === null ? [] : hints(program))];
}

/** Gives what the official schema has against a log. */
function complaintsAbout(log: string): unknown {
  const entry = createRequire(import.meta.url).resolve("@microsoft/jest-sarif");
  const schema: unknown = JSON.parse(readFileSync(join(dirname(entry), "schemas/sarif-2.1.0-rtm.5.json"), "utf8"));
  const ajv = new draft04.default({ strict: false, allErrors: true, unicodeRegExp: false });
  formats.default(ajv);
  const validate = ajv.compile(schema as object);
  return validate(JSON.parse(log)) ? null : validate.errors;
}

describe("findings for others than people", () => {
  it("are a line each, with their place in front, in the compact form", () => {
    expect(findingsIn("src/service.ved").map(renderCompact).join("")).toBe(
      "src/service.ved:2:21: warning: Field `version` is never read. [VED4004]\n" +
        "src/service.ved:2:35: hint: `mode` is only compared with strings that are written down; its type could list them. [VED4101]\n",
    );
  });

  it("are commands of GitHub's runner, which nothing in them breaks out of", () => {
    expect(findingsIn("src/50%, a:b.ved").map(renderGithub).join("")).toBe(
      "::warning file=src/50%25%2C a%3Ab.ved,line=2,endLine=2,col=21,endColumn=28,title=VED4004::Field `version` is never read.\n" +
        "::notice file=src/50%25%2C a%3Ab.ved,line=2,endLine=2,col=35,endColumn=39,title=VED4101::" +
        '`mode` is only compared with strings that are written down; its type could list them.%0AWrite `mode: "a" | "b"`.\n',
    );
    const commands = findingsIn(`a\n::stop-commands::x${hostile}.ved`).map(renderGithub).join("");
    expect(commands.split("\n").filter((line) => !/^::(?:warning|notice) file=/.test(line))).toEqual([""]);
  });

  it("are a log that the official schema of SARIF 2.1.0 has nothing against", () => {
    const broken = findingsIn("a b/ü.ved", text.replaceAll("up", "UP\u202e").replace("mode:", "mode"));
    const related = findingsIn("/abs/twice.ved", `${text}${text}`);
    const all = [...findingsIn("C:\\x\\y.ved"), ...broken, ...related];
    expect(related.some((finding) => finding.related.length > 0)).toBe(true);
    const [first] = all;
    const log = renderSarif(all, first === undefined ? [] : [{ diagnostic: first, reason: "it is meant" }], "1.2.3");
    expect(complaintsAbout(log)).toBeNull();
    expect(complaintsAbout(renderSarif([], [], "1.2.3"))).toBeNull();
    expect(complaintsAbout(log.replaceAll('"startLine"', '"beginLine"'))).not.toBeNull();
    const uris = [...log.matchAll(/"uri": "([^"]*)"/g)].map(([, uri]) => uri);
    expect(new Set(uris)).toEqual(new Set(["file:///C:/x/y.ved", "a%20b/%C3%BC.ved", "file:///abs/twice.ved"]));
  });

  it("say in SARIF where they are, how grave, how to mend them, and which are silenced and why", () => {
    const all = findingsIn("service.ved");
    const log = JSON.parse(renderSarif(all.slice(1), [{ diagnostic: all[0] as Diagnostic, reason: "it is meant" }], "1.2.3"));
    const region = { startLine: 2, startColumn: 35, endLine: 2, endColumn: 39 };
    expect(log.runs[0].results).toMatchObject([
      {
        ruleId: "VED4101",
        level: "note",
        locations: [{ physicalLocation: { artifactLocation: { uri: "service.ved" }, region } }],
        fixes: [{ artifactChanges: [{ replacements: [{ insertedContent: { text: '"a" | "b"' } }] }] }],
      },
      { ruleId: "VED4004", level: "warning", suppressions: [{ kind: "inSource", justification: "it is meant" }] },
    ]);
  });
});
