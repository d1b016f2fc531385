import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["compiler/**/*.test.{ts,js}", "runtime-lib/**/*.test.ts", "examples/**/*.test.js", "bench/**/*.test.ts"],
    testTimeout: 60_000,
    // What a browser shows may take its time on a busy machine.
    expect: { poll: { timeout: 20_000 } },
    restoreMocks: true,
  },
});
