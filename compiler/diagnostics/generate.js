// Turns the pages of the catalogue into generated/catalogue.ts. A duplicate code or a malformed page fails the build.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";

const pages = new URL("./pages/", import.meta.url);
const generated = new URL("./generated/", import.meta.url);

const entries = new Map();
for (const file of readdirSync(pages).sort()) {
  const text = readFileSync(new URL(file, pages), "utf8");
  const head = /^# (VED\d{4}) (.+)\n\n(error|warning|hint): (.+)\n\n([\s\S]+)$/.exec(text);
  if (head === null)
    throw new Error(`${file}: expected "# CODE title", "error: message", "warning: …" or "hint: …", and the page`);
  const [, code, title, severity, message, body] = head;
  if (!file.startsWith(`${code}-`)) throw new Error(`${file}: its title says ${code}`);
  if (entries.has(code)) throw new Error(`${file}: ${code} is taken`);
  const example = (name) => {
    const block = new RegExp(`## ${name}\\n\\n\`\`\`ved\\n([\\s\\S]*?)\`\`\``).exec(body);
    if (block === null) throw new Error(`${file}: no "## ${name}" example`);
    return block[1];
  };
  entries.set(code, { code, title, severity, message, body, wrong: example("Wrong"), right: example("Right") });
}

mkdirSync(generated, { recursive: true });
writeFileSync(
  new URL("catalogue.ts", generated),
  `export const catalogue = ${JSON.stringify(Object.fromEntries(entries), null, 2)} as const;\n`,
);
