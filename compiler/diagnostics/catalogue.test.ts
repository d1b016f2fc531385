import { describe, expect, it } from "vitest";
import { decode } from "../1-parse/decode.js";
import { renderFinding } from "../5-verify/report/render.js";
import { compile, compileAll, hints } from "../index.js";
import { verifySource } from "../testing/verify.js";
import { type Code, catalogue } from "./catalogue.js";
import { renderPretty } from "./pretty.js";

/** The page's example as bytes: `\xFF` stands for a byte that is not UTF-8. */
function bytesOf(example: string): Uint8Array {
  const [before = "", ...rest] = example.split("\\xFF");
  const encode = (text: string) => [...new TextEncoder().encode(text)];
  return Uint8Array.from([...encode(before), ...rest.flatMap((part) => [0xff, ...encode(part)])]);
}

/** What is found in an example, as it is shown; what only the verifier finds needs more than checking. */
async function findingsIn(code: Code, text: string) {
  // A line such as `// office.ved` begins another file.
  const [example = "", name, other = ""] = text.split(/^\/\/ (\S+\.ved)\n/m);
  const { source, diagnostics } = decode("example.ved", bytesOf(example));
  const others = name === undefined ? [] : [{ path: name, text: other }];
  const checked = compileAll([source, ...others]).flatMap((each) => each.diagnostics);
  const found = [...diagnostics, ...checked].map((finding) => ({
    code: finding.code,
    shown: renderPretty(finding),
  }));
  if (code.startsWith("VED41")) {
    const { program } = compile(source);
    return [
      ...found,
      ...(program === null ? [] : hints(program)).map((hint) => ({ code: hint.code, shown: renderPretty(hint) })),
    ];
  }
  if (!code.startsWith("VED5")) return found;
  const { report } = await verifySource(example, {}, "example.ved");
  return [...found, ...report.findings.map((finding) => ({ code: finding.diagnostic.code, shown: renderFinding(finding) }))];
}

describe.each(Object.keys(catalogue) as Code[])("%s", (code) => {
  const { title, wrong, right } = catalogue[code];

  it("is what its wrong example gets, and nothing else", async () => {
    const findings = await findingsIn(code, wrong);
    expect(findings.map((finding) => finding.code)).toEqual([code]);
    const shown = findings.map((finding) => finding.shown).join("\n");
    await expect(`# ${code}: ${title}\n\n\`\`\`ved\n${wrong}\`\`\`\n\n\`\`\`text\n${shown}\`\`\`\n`).toMatchFileSnapshot(
      `../../snapshots/diagnostics/${code}.md`,
    );
  });

  it("is not what its right example gets", async () => {
    expect((await findingsIn(code, right)).map((finding) => finding.shown)).toEqual([]);
  });
});
