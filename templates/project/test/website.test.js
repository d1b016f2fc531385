// What is tested is what `vedc build` made of src/website.ved: `npm test` builds it first.
import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { Website } from "../dist/website.js";

/** Starts the domain with adapters that note what they are asked for. */
async function start() {
  const calls = [];
  const effects = {
    Visitors: { Show: async (page) => calls.push(`show ${page}`) },
    People: { Tell: async (message) => calls.push(message) },
  };
  return { calls, website: await Website.start({ effects }) };
}

it("shows a page that says sorry and tells people, while the website is down", async () => {
  const { calls, website } = await start();
  await website.observe({ health: "down" });
  await website.settled();
  expect(calls.toSorted()).toEqual(["The website is down", "show sorry"]);
  expect(website.status.goals.Served).toMatchObject({ holds: true, reality: "B" });
  await website.stop();
});

it("takes both back when it is up again", async () => {
  const { calls, website } = await start();
  await website.observe({ health: "down" });
  await website.settled();
  calls.length = 0;
  await website.observe({ health: "up" });
  await website.settled();
  expect(calls.toSorted()).toEqual(["The website is up again", "show site"]);
  expect(website.status.goals.Served).toMatchObject({ holds: true, reality: "A" });
  await website.stop();
});

// What changes in the program shows here as a change of code: read it, then accept it with `npm test -- -u`.
it("is compiled to the code in its snapshot", async () => {
  await expect(readFileSync("dist/website.ts", "utf8")).toMatchFileSnapshot("website.generated.ts");
});
