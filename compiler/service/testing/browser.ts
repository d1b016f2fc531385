import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { chromium, type Page } from "playwright-core";
import { onTestFinished } from "vitest";

/** Where a Chromium may be found; CHROMIUM says where else. */
const paths = [process.env.CHROMIUM ?? "", "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

/** The Chromium of this machine; undefined: there is none. */
export const browser = paths.find((path) => path !== "" && existsSync(path));

// A browser that asks nobody about anything.
const quiet = [
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--no-first-run",
  "--disable-quic",
];

/** A tab in a real Chromium; `requests` are those to other hosts, `errors` what went wrong in it. */
export interface Tab {
  readonly page: Page;
  readonly requests: readonly string[];
  readonly errors: readonly string[];
}

/** Opens a tab at an address; the browser goes when the test is over. */
export async function openTab(url: string, { width = 1200, height = 900, dark = false } = {}): Promise<Tab> {
  const profile = mkdtempSync(join(tmpdir(), "vedc-browser-"));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: browser ?? "",
    args: [...quiet, "--no-sandbox", "--disable-gpu"],
    viewport: { width, height },
    colorScheme: dark ? "dark" : "light",
    locale: "en-GB",
    timezoneId: "UTC",
  });
  onTestFinished(async () => {
    await context.close();
    rmSync(profile, { recursive: true, force: true });
  });
  const page = await context.newPage();
  const [requests, errors]: [string[], string[]] = [[], []];
  const own = new URL(url).origin;
  page.on("request", (request) => {
    if (new URL(request.url()).origin !== own && !request.url().startsWith("data:")) requests.push(request.url());
  });
  page.on("pageerror", (error) => errors.push(error.message));
  page.on("console", (message) => {
    if (message.type() === "error") errors.push(message.text());
  });
  await page.goto(url);
  return { page, requests, errors };
}
