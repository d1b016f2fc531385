// The map on the wall: what ARCHITECTURE.md and CONTRIBUTING.md name is there, and every room is on it.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename } from "node:path";
import { describe, expect, it } from "vitest";
import { walls } from "../walls.js";

const pages = ["ARCHITECTURE.md", "CONTRIBUTING.md"];
const topLevel = readdirSync(".");
const fileNames = new Set(
  ["compiler", "runtime-lib", "bench", "examples", "docs"]
    .flatMap((folder) => readdirSync(folder, { recursive: true, encoding: "utf8" }))
    .map((path) => basename(path)),
);

/** What a page has in code: between backticks, and in its fenced blocks. */
function codeIn(page) {
  const text = readFileSync(page, "utf8");
  const fenced = [...text.matchAll(/^```\n(.*?)^```/gms)].map(([, code = ""]) => code);
  return [...fenced, ...[...text.replaceAll(/^```\n.*?^```/gms, "").matchAll(/`([^`\n]+)`/g)].map(([, code = ""]) => code)];
}

/** Its words that name a file or a folder: from the top, or a file of whatever room is spoken of. */
function pathsIn(page) {
  return codeIn(page)
    .flatMap((code) => code.split(/[\s()]+/))
    .filter((word) => !word.includes("…") && !word.startsWith("VED"))
    .filter((word) => topLevel.includes(word.split("/")[0] ?? "") || /^[\w.-]+\.(ts|tsx|js|md|ohm)$/.test(word));
}

function isThere(path) {
  return existsSync(path) || fileNames.has(path);
}

describe.each(pages)("%s", (page) => {
  it("names files and folders that are there", () => {
    const paths = pathsIn(page);
    expect(paths.length).toBeGreaterThan(20);
    expect(paths.filter((path) => !isThere(path))).toEqual([]);
  });

  it("names scripts that are there", () => {
    const { scripts } = JSON.parse(readFileSync("package.json", "utf8"));
    const named = codeIn(page).flatMap((code) => [...code.matchAll(/npm run ([\w:-]+)/g)].map(([, name = ""]) => name));
    expect(named.filter((name) => !Object.hasOwn(scripts, name))).toEqual([]);
  });
});

it("shows every room that has walls", () => {
  const shown = readFileSync("ARCHITECTURE.md", "utf8");
  const rooms = Object.keys(walls).filter((room) => room.includes("/") && !room.startsWith("compiler/service/"));
  expect(rooms.filter((room) => !shown.includes(`\`${room}/\``))).toEqual([]);
});
