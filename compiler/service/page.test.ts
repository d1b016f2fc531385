// The page in a real Chromium, as people use it: the scenario is played while it is open. With SCREENSHOTS=1 the pictures under
// docs/images are taken anew.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import process from "node:process";
import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { TestClock } from "../../runtime-lib/testing/clock.js";
import { hostile, unseenIn } from "../testing/hostile-text.js";
import { readPage } from "./page-files.js";
import { browser, openTab } from "./testing/browser.js";
import { startTestService, until } from "./testing/service.js";

const source = readFileSync("fixtures/failover.ved", "utf8");
const seed = "DatabaseRouting/orders-db";

/** A world under control: what the router and the pager answer. */
function world() {
  const waiting: { effect: string; end: (error?: Error) => void }[] = [];
  const effect = (name: string) => ({
    run: () =>
      new Promise<void>((resolve, reject) => {
        waiting.push({ effect: name, end: (error) => (error === undefined ? resolve() : reject(error)) });
      }),
  });
  const answer = async (name: string, error?: Error) => {
    const call = await until(() => waiting.find((each) => each.effect === name));
    waiting.splice(waiting.indexOf(call), 1);
    call.end(error);
  };
  return { answer, effects: { "Network.UpdateDNS": effect("dns"), "Alerts.PageEngineers": effect("page") } };
}

async function picture(page: Page, name: string): Promise<void> {
  // Colours change slowly; what is pictured is what they come to.
  await page.waitForTimeout(300);
  if (process.env.SCREENSHOTS === "1") await page.screenshot({ path: `docs/images/${name}.png`, fullPage: true });
}

/** What a person with an aid would stumble over, by axe. */
async function barriers(page: Page): Promise<string[]> {
  // The page's policy forbids inline scripts: the tool is put in by the debugger.
  await page.evaluate(readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8"));
  const found: unknown = await page.evaluate(
    "axe.run().then(({ violations }) => violations.map(({ id, nodes }) => id + ': ' + nodes.map(({ html }) => html).join(' | ')))",
  );
  return found as string[];
}

const page = browser === undefined ? [] : await readPage();

if (browser === undefined) it.skip("the page in a real Chromium: skipped, as there is none (apt-get install chromium)", () => {});

describe.runIf(browser !== undefined)("the page", () => {
  it("shows the scenario as it happens: at rest, recovering with the next retry, degraded, and restored", async () => {
    const { answer, effects } = world();
    const clock = new TestClock(Date.UTC(2026, 10, 26, 3, 0));
    const { url, observe } = await startTestService({
      source,
      name: "failover",
      config: { effects, instances: [{ key: "orders-db" }] },
      page,
      clock,
    });
    const tab = await openTab(url);
    await tab.page.getByRole("option", { name: /orders-db/ }).click();
    const badge = tab.page.locator("h1 .badge");
    const here = tab.page.locator(".chart .here");
    await expect.poll(() => badge.textContent()).toBe("at rest in A");
    await expect.poll(() => here.textContent()).toContain("Reality A");
    await picture(tab.page, "reality-a");

    await observe(seed, { primary_status: "failed" });
    await expect.poll(() => badge.textContent()).toBe("working");
    await expect.poll(() => here.textContent()).toContain("Recovers: ExecuteFailover, TriggerPagerDuty");
    await answer("dns");
    await answer("page", new Error("503 Service Unavailable"));
    await expect.poll(() => badge.textContent()).toBe("waiting");
    await expect.poll(() => here.textContent()).toContain("Recovers: TriggerPagerDuty");
    const flight = tab.page.getByRole("region", { name: "In flight" });
    expect(await flight.textContent()).toMatch(/TriggerPagerDuty.*"Primary DB Down".*attempt 2 is due in 1 s/);
    expect(await tab.page.getByRole("region", { name: "Timeline" }).textContent()).toContain("failed: 503 Service Unavailable");
    await picture(tab.page, "recovering");

    await clock.advance(1000);
    await answer("page");
    await expect.poll(() => badge.textContent()).toBe("at rest in B");
    await expect.poll(() => here.textContent()).toContain("Reality B");
    expect(await tab.page.getByRole("region", { name: "State" }).textContent()).toContain('active_route "replica"');
    await picture(tab.page, "reality-b");

    await observe(seed, { primary_status: "healthy" });
    await answer("dns");
    await expect.poll(() => badge.textContent()).toBe("at rest in A");
    expect(await tab.page.locator(".timeline li").first().textContent()).toContain("rests in RoutingStable A");
    expect([tab.requests, tab.errors]).toEqual([[], []]);
  });

  it("shows the fleet at a glance, filters it, searches it, and is used with the keyboard", async () => {
    const effects = { "Network.UpdateDNS": { run: () => {} }, "Alerts.PageEngineers": { run: () => {} } };
    const { url, observe } = await startTestService({ source, name: "failover", config: { effects, instances: [] }, page });
    const names = ["orders", "users", "billing", "search", "mail", "reports", "sessions", "audit"];
    for (const name of names)
      await observe(`DatabaseRouting/${name}-db`, { primary_status: name === "billing" ? "failed" : "healthy" });
    await observe("DatabaseRouting/mail-db", { primary_status: "on fire" });
    const tab = await openTab(url);
    const options = tab.page.getByRole("option");
    await expect.poll(() => options.count()).toBe(8);
    const chips = await tab.page.locator(".chip").allTextContents();
    expect(chips).toEqual([
      "1 stuck",
      "0 going round in circles",
      "0 waiting",
      "0 working",
      "7 at rest",
      "6 in reality A",
      "1 in reality B",
      "1 in none",
    ]);
    expect(await tab.page.title()).toBe("(1) failover");
    await picture(tab.page, "fleet");
    expect(await barriers(tab.page)).toEqual([]);

    await tab.page.getByRole("button", { name: "1 in reality B" }).click();
    await expect.poll(() => options.allTextContents()).toEqual([expect.stringContaining("billing-db")]);
    await tab.page.getByRole("button", { name: "1 in reality B" }).click();
    await expect.poll(() => options.count()).toBe(8);

    await tab.page.keyboard.press("/");
    await tab.page.keyboard.type("EPO");
    await expect.poll(() => options.allTextContents()).toEqual([expect.stringContaining("reports-db")]);
    await tab.page.keyboard.press("Control+A");
    await tab.page.keyboard.press("Delete");
    await expect.poll(() => options.count()).toBe(8);
    await tab.page.keyboard.press("Tab");
    await tab.page.keyboard.press("ArrowDown");
    await tab.page.keyboard.press("ArrowDown");
    await expect.poll(() => tab.page.locator('[aria-selected="true"]').textContent()).toContain("mail-db");
    await tab.page.keyboard.press("Enter");
    await expect.poll(() => tab.page.locator("h1").textContent()).toBe("mail-db stuck");
    await tab.page.keyboard.press("Escape");
    await expect.poll(() => options.count()).toBe(8);
    expect([tab.requests, tab.errors]).toEqual([[], []]);
  });

  it("has no barriers in its depth either, in light and in dark, and fits a phone", async () => {
    const { url } = await startTestService({ source, observeOnly: true, page });
    for (const dark of [false, true]) {
      const tab = await openTab(`${url}/#/DatabaseRouting/default`, { width: 390, height: 844, dark });
      await tab.page.locator(".chart svg").waitFor();
      await tab.page.waitForTimeout(300);
      expect(await barriers(tab.page)).toEqual([]);
      expect(await tab.page.evaluate("document.documentElement.scrollWidth <= innerWidth")).toBe(true);
      if (dark) await picture(tab.page, "phone-dark");
    }
  });

  it("asks for the token, says when it is wrong, and keeps it out of the address", async () => {
    const token = "a-token-of-some-length";
    const { url } = await startTestService({ source, observeOnly: true, page, config: { listen: { token } } });
    const tab = await openTab(url);
    await tab.page.getByLabel(/^The token/).fill("not-this-one");
    await tab.page.getByRole("button", { name: "Go on" }).click();
    await tab.page.getByText("That is not the token.").waitFor();
    await tab.page.getByLabel(/^The token/).fill(token);
    await tab.page.getByRole("button", { name: "Go on" }).click();
    await tab.page.getByRole("option", { name: /default/ }).waitFor();
    await expect.poll(() => tab.page.locator(".live").textContent()).toBe("live");
    expect(tab.page.url()).not.toContain(token);
  });

  it("says when it hears nothing, and goes on by itself", async () => {
    const first = await startTestService({ source, observeOnly: true, page });
    const tab = await openTab(first.url);
    const live = tab.page.locator(".live");
    await expect.poll(() => live.textContent()).toBe("live");
    await first.service.stop();
    await expect.poll(() => live.textContent()).toBe("connecting…");
    await startTestService({ source, observeOnly: true, page, config: { listen: { port: first.service.port } } });
    await expect.poll(() => live.textContent()).toBe("live");
  });

  it("shows the list also where changes come faster than answers", async () => {
    const { url, observe } = await startTestService({ source, observeOnly: true, page });
    const tab = await openTab("about:blank");
    await tab.page.route("**/api/instances?**", async (route) => {
      await new Promise((resolve) => setTimeout(resolve, 1500));
      await route.continue();
    });
    let isOver = false;
    const changing = (async () => {
      for (let turn = 0; !isOver; turn += 1) {
        await observe(seed, { primary_status: turn % 2 === 0 ? "failed" : "healthy" });
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    })();
    await tab.page.goto(url);
    await expect.poll(() => tab.page.getByRole("option").count()).toBe(2);
    isOver = true;
    await changing;
    await tab.page.unrouteAll({ behavior: "ignoreErrors" });
  });

  it("shows what names and texts say, and runs nothing of it", async () => {
    const nasty = `domain Web { state { note: string = "<img src=x onerror=alert(1)>", on: bool }
      // <script>alert(1)</script>
      goal Calm { predicate note == "</script><script>alert(1)</script>" || !on }
      transition Calm_down { step { if on { emit Say.Hush("<b>hush</b>") on = false } } } }`;
    const { url, observe } = await startTestService({ source: nasty, observeOnly: true, page });
    const key = '<img src="x" onerror="alert(1)">';
    await observe(`Web/${encodeURIComponent(key)}`, { on: true });
    const tab = await openTab(url);
    let alerts = 0;
    tab.page.on("dialog", (dialog) => {
      alerts += 1;
      void dialog.dismiss();
    });
    await tab.page.getByRole("option", { name: /img src/ }).click();
    await tab.page.locator(".chart svg").waitFor();
    await expect.poll(() => tab.page.locator("h1").textContent()).toContain(key);
    expect(await tab.page.locator("main img, main script").count()).toBe(0);
    expect([alerts, tab.requests, tab.errors]).toEqual([0, [], []]);
  });

  it("shows names and texts in characters that can be seen", async () => {
    const text = hostile.replaceAll("\n", "");
    const spoofed = `domain Web { state { note: string = "${text}", on: bool }
      // Calm ${text}
      goal Calm { predicate note == "${text}x" || !on }
      transition Calm_down { step { if on { emit Say.Hush("${text}") on = false } } } }`;
    const { url, observe } = await startTestService({ source: spoofed, name: `web${hostile}`, observeOnly: true, page });
    const key = "admin\u202e\u200btxt";
    expect((await observe(`Web/${encodeURIComponent(key)}`, { on: true, note: hostile })).status).toBe(200);
    const tab = await openTab(url);
    const line = tab.page.getByRole("option", { name: "admin" });
    await line.waitFor();
    expect(unseenIn(await tab.page.content())).toEqual([]);
    await line.click();
    await tab.page.locator(".chart svg").waitFor();
    await tab.page.getByText("would call").first().waitFor();
    expect(unseenIn(await tab.page.content())).toEqual([]);
    expect(await tab.page.locator("h1").textContent()).toContain("admin\\u{202e}\\u{200b}txt");
    await tab.page.goto(`${url}/#/Web/${encodeURIComponent("nobody\u202e")}`);
    await tab.page.getByText("there is no instance").waitFor();
    expect(unseenIn(await tab.page.content())).toEqual([]);
  });

  it("stays fluid with ten thousand instances: it holds the lines that are seen, and no more", async () => {
    const effects = { "Network.UpdateDNS": { run: () => {} }, "Alerts.PageEngineers": { run: () => {} } };
    const instances = Array.from({ length: 10_000 }, (_, index) => ({ key: `db-${String(index).padStart(5, "0")}` }));
    const { url } = await startTestService({ source, config: { effects, instances }, page });
    const tab = await openTab(url);
    await tab.page.getByText("10,000 instances", { exact: true }).first().waitFor();
    await tab.page.getByRole("listbox").focus();
    await tab.page.keyboard.press("End");
    await tab.page.getByRole("option", { name: /db-09999/ }).waitFor();
    expect(await tab.page.getByRole("option").count()).toBeLessThan(200);
    await tab.page.keyboard.press("/");
    await tab.page.keyboard.type("07777");
    await expect.poll(() => tab.page.getByRole("option").allTextContents()).toEqual([expect.stringContaining("db-07777")]);
  });
});
