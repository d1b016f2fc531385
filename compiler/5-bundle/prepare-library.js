// The last step of the package's build: what tsc leaves out of lib/. Copies the parser that Ohm generated, and writes the
// runtime's types as the one self-contained file that goes into every dist/.
import { cpSync } from "node:fs";
import { rollup } from "rollup";
import { dts } from "rollup-plugin-dts";

const parser = "compiler/1-parse/ved.ohm-bundle";
for (const extension of [".js", ".d.ts"]) cpSync(`${parser}${extension}`, `lib/${parser}${extension}`);

const types = await rollup({ input: "lib/runtime-lib/index.d.ts", plugins: [dts()] });
await types.write({ file: "lib/runtime-lib/ved-runtime.d.ts" });
