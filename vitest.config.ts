import { defineConfig } from "vitest/config";

/** What the fast loop leaves out (`npm run test:quick`): processes, servers, browsers, databases, and what is long. */
const slow = [
  "bench/**",
  "examples/**",
  "compiler/cli/**",
  "compiler/service/**",
  "compiler/examples.test.ts",
  "compiler/package.test.ts",
  "compiler/walls.test.js",
  "compiler/2-check/exhaustive.test.ts",
  "compiler/3-emit/{agreement,fixtures,types}.test.ts",
  "compiler/4-bundle/{features,left-out,minify,output,size,transpile}.test.ts",
  "compiler/5-verify/{agreement,campaign,corpus,spin,together}.test.ts",
  "compiler/diagrams/**",
  "compiler/editor/format/{corpus,random}.test.ts",
  "runtime-lib/kernel/{promises,message-promises,planted-message-bugs}.test.ts",
  "runtime-lib/journal/file/**",
  "runtime-lib/simulate/planted*.test.ts",
  "runtime-lib/testing/chaos/**",
  "editors/{textmate,vim,vscode}.test.ts",
];

export default defineConfig(({ mode }) => ({
  test: {
    include: [
      "compiler/**/*.test.{ts,js}",
      "runtime-lib/**/*.test.ts",
      "editors/*.test.ts",
      "examples/**/*.test.js",
      "bench/**/*.test.ts",
    ],
    // The compiler is loaded once for all.
    isolate: mode !== "quick",
    exclude: ["**/node_modules/**", ...(mode === "quick" ? slow : [])],
    // Not a bound on speed: a test that hangs ends some day.
    testTimeout: 240_000,
    // What a browser shows may take its time on a busy machine.
    expect: { poll: { timeout: 20_000 } },
    // On two cores Vitest would leave one idle.
    maxWorkers: "100%",
    restoreMocks: true,
  },
}));
