import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["compiler/**/*.test.ts", "runtime-lib/**/*.test.ts", "examples/**/*.test.js"],
    testTimeout: 60_000,
    restoreMocks: true,
  },
});
