import { readdirSync, readFileSync } from "node:fs";
import { Validator } from "@seriousme/openapi-schema-validator";
import { describe, expect, it } from "vitest";
import { runProgramOf, startTestService } from "../testing/service.js";
import { openApiOf } from "./openapi.js";

const fixtures = readdirSync("fixtures").filter(
  (name) => name.endsWith(".ved") && !readFileSync(`fixtures/${name}`, "utf8").includes("import "),
);

describe("the OpenAPI document", () => {
  it.each(fixtures)("of %s is a valid one", async (fixture) => {
    const program = await runProgramOf(readFileSync(`fixtures/${fixture}`, "utf8"));
    const { valid, errors } = await new Validator().validate({ ...openApiOf(program, "1.2.3", true) });
    expect([valid, errors ?? []]).toEqual([true, []]);
  });

  it("has the types of the program", async () => {
    const program = await runProgramOf(`domain Web {
      state { health: "up" | "down", load: int, forced: bool, note: string }
      goal Fine { predicate health == "up" && load < 90 && !forced && note == "" }
    }`);
    expect(openApiOf(program, "1.2.3", false)).toMatchObject({
      components: {
        schemas: {
          WebFacts: {
            properties: {
              health: { type: "string", enum: ["up", "down"] },
              load: { type: "integer" },
              forced: { type: "boolean" },
              note: { type: "string" },
            },
            additionalProperties: false,
          },
        },
      },
    });
  });

  it("describes every path that the service answers to", async () => {
    const source = readFileSync("fixtures/failover.ved", "utf8");
    const { get, json } = await startTestService({ source, observeOnly: true });
    const { paths } = (await json("/openapi.json")) as { paths: Record<string, { get?: unknown }> };
    for (const [path, { get: isRead }] of Object.entries(paths)) {
      if (isRead === undefined || path === "/api/events" || path === "/api/changes") continue;
      expect([path, (await get(path.replace("{key}", "default"))).status]).toEqual([path, 200]);
    }
  });
});
