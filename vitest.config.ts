import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["compiler/**/*.test.ts", "runtime-lib/**/*.test.ts"],
    testTimeout: 60_000,
    restoreMocks: true,
  },
});
