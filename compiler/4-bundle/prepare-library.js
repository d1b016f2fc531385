// The last step of the package's build: what tsc leaves out of lib/. Copies the parser that Ohm generated, writes the file journal and
// the types of it and of the runtime as the self-contained files that go into every dist/, and joins the command with what every
// call of it loads, so that it starts quickly. Joins the page of `vedc run` into one file, as it goes to browsers. Takes the fingerprint of it all.
import { createHash } from "node:crypto";
import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { rollup } from "rollup";
import { dts } from "rollup-plugin-dts";
import { minify as terser } from "terser";

const parser = "compiler/1-parse/generated/ved.ohm-bundle";
for (const extension of [".js", ".d.ts"]) cpSync(`${parser}${extension}`, `lib/${parser}${extension}`);

for (const [input, name] of [
  ["index.d.ts", "ved-runtime"],
  ["journal/file/journal.d.ts", "ved-journal"],
]) {
  const types = await rollup({ input: `lib/runtime-lib/${input}`, plugins: [dts()] });
  await types.write({ file: `lib/runtime-lib/${name}.d.ts` });
}

// It bundles as builds do, with what tsc has just made of it.
const { roll } = await import("../../lib/compiler/4-bundle/roll.js");
const journal = {
  name: "journal",
  isHashed: false,
  entry: resolve("lib/runtime-lib/journal/file/journal.js"),
  resolve: () => null,
  load: () => null,
};
for (const minify of [false, true]) {
  const [made] = await roll([journal], { folder: resolve("lib"), minify, hasMaps: false });
  writeFileSync(`lib/runtime-lib/ved-journal${minify ? ".min" : ""}.js`, made.files[0].text);
}

const parserLibrary = fileURLToPath(import.meta.resolve("ohm-js"));
const command = await rollup({
  input: "lib/compiler/cli/main.js",
  external: (id) => !/^[./]/.test(id) && id !== "ohm-js" && id !== "ts-morph",
  plugins: [
    { name: "join", resolveId: (id) => (id === "ohm-js" ? parserLibrary : null) },
    required("ts-morph", "@ts-morph/common/dist/typescript.js"),
  ],
});
await command.write({ dir: "lib/cli", format: "es", chunkFileNames: "[name].js" });

const page = await rollup({
  input: "./lib/page-modules/compiler/service/page/app.js",
  plugins: [{ name: "join", resolveId: (id) => (/^[./]/.test(id) ? null : fileURLToPath(import.meta.resolve(id))) }],
});
const minify = { name: "terser", renderChunk: async (code) => (await terser(code, { module: true, ecma: 2022 })).code ?? code };
const { output } = await page.write({ file: "lib/page/app.js", format: "es", plugins: [minify] });
writeFileSync("lib/page/LICENSES.txt", licensesOf(output));
for (const name of ["index.html", "app.css", "icon.svg"]) cpSync(`compiler/service/page/${name}`, `lib/page/${name}`);
rmSync("lib/page-modules", { recursive: true });
writeFileSync("lib/fingerprint", `${digestOf(["package.json", ...filesBelow("lib/cli"), ...filesBelow("lib/runtime-lib")])}\n`);

/**
 * Loads a CommonJS library by `require`. Where one is imported Node looks through its text for what it exports: with the ten megabytes of
 * TypeScript that takes as long as to check a program.
 */
function required(library, largest) {
  const loader = resolve("lib/compiler/cli/compiled.js");
  const [names, scripts] = [JSON.stringify(library), JSON.stringify(largest)];
  const code = `import { requireCompiled } from ${JSON.stringify(loader)};\nexport default requireCompiled(${names}, ${scripts});\n`;
  return {
    name: "required",
    resolveId: (id) => (id === library ? { id: `\0${library}`, moduleSideEffects: false } : null),
    load: (id) => (id === `\0${library}` ? { code, syntheticNamedExports: true } : null),
  };
}

/** Gives the digest of all that what `vedc build` writes comes from: by it a cache knows the vedc that has written it. */
function digestOf(paths) {
  const hash = createHash("sha256");
  for (const path of paths) hash.update(`${path}\0`).update(readFileSync(path)).update("\0");
  return hash.digest("base64url");
}

function filesBelow(folder) {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  return entries.flatMap((entry) => (entry.isFile() ? [`${entry.parentPath}/${entry.name}`] : [])).sort();
}

/** Gives the licenses of the libraries that were joined, as they ask for it. */
function licensesOf(output) {
  const folders = output
    .flatMap(({ modules }) => Object.keys(modules))
    .map((path) => /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0]);
  const texts = [...new Set(folders)]
    .filter((folder) => folder !== undefined)
    .map((folder) => {
      const { name, version } = JSON.parse(readFileSync(`${folder}/package.json`, "utf8"));
      const file = readdirSync(folder).find((each) => /^licen[cs]e/i.test(each));
      return `${name} ${version}\n\n${file === undefined ? "" : readFileSync(`${folder}/${file}`, "utf8")}`;
    });
  return texts.join("\n\n");
}
