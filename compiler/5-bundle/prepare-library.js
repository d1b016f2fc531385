// The last step of the package's build: what tsc leaves out of lib/. Copies the parser that Ohm generated, writes the
// runtime's types as the one self-contained file that goes into every dist/, and joins the command with what every call of it
// loads, so that it starts quickly.
import { cpSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { rollup } from "rollup";
import { dts } from "rollup-plugin-dts";

const parser = "compiler/1-parse/ved.ohm-bundle";
for (const extension of [".js", ".d.ts"]) cpSync(`${parser}${extension}`, `lib/${parser}${extension}`);

const types = await rollup({ input: "lib/runtime-lib/index.d.ts", plugins: [dts()] });
await types.write({ file: "lib/runtime-lib/ved-runtime.d.ts" });

const parserLibrary = fileURLToPath(import.meta.resolve("ohm-js"));
const command = await rollup({
  input: "lib/compiler/cli/main.js",
  external: (id) => !/^[./]/.test(id) && id !== "ohm-js",
  plugins: [{ name: "join", resolveId: (id) => (id === "ohm-js" ? parserLibrary : null) }],
});
await command.write({ dir: "lib/cli", format: "es", chunkFileNames: "[name].js" });
