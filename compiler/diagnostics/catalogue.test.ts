import { describe, expect, it } from "vitest";
import { decode } from "../1-parse/decode.js";
import { compile } from "../index.js";
import { type Code, catalogue } from "./catalogue.js";
import { renderPretty } from "./pretty.js";

/** The page's example as bytes: `\xFF` stands for a byte that is not UTF-8. */
function bytesOf(example: string): Uint8Array {
  const [before = "", ...rest] = example.split("\\xFF");
  const encode = (text: string) => [...new TextEncoder().encode(text)];
  return Uint8Array.from([...encode(before), ...rest.flatMap((part) => [0xff, ...encode(part)])]);
}

function findingsIn(example: string) {
  const { source, diagnostics } = decode("example.ved", bytesOf(example));
  return [...diagnostics, ...compile(source).diagnostics];
}

describe.each(Object.keys(catalogue) as Code[])("%s", (code) => {
  const { title, wrong, right } = catalogue[code];

  it("is what its wrong example gets, and nothing else", async () => {
    const findings = findingsIn(wrong);
    expect(findings.map((finding) => finding.code)).toEqual([code]);
    const shown = findings.map((finding) => renderPretty(finding)).join("\n");
    await expect(`# ${code}: ${title}\n\n\`\`\`ved\n${wrong}\`\`\`\n\n\`\`\`text\n${shown}\`\`\`\n`).toMatchFileSnapshot(
      `../../snapshots/diagnostics/${code}.md`,
    );
  });

  it("is not what its right example gets", () => {
    expect(findingsIn(right).map((finding) => renderPretty(finding))).toEqual([]);
  });
});
