import { expect, it } from "vitest";
import { compileAll, openSession } from "../index.js";

type Files = Readonly<Record<string, string>>;

const limits = '/* What all agree on. */\n// Nobody changes it.\n\nconst MOST = 3\ntype Phase = "on" | "off"\n';
const user =
  'import { MOST } from "./limits.ved" domain D { state { n: int } goal G { predicate n > MOST } transition T { if n <= MOST { n = 9 } } }';

/** Gives the files that are said to have no domain, each with the line. */
function said(files: Files): string[] {
  const sources = Object.entries(files).map(([path, text]) => ({ path, text }));
  const found = compileAll(sources).flatMap(({ diagnostics }) => diagnostics);
  expect(found.map(({ code }) => code).filter((code) => code !== "VED4008")).toEqual([]);
  return found.map(({ source, span }) => `${source.path}:${source.text.slice(0, span.start).split("\n").length}`);
}

it("is said of a file with constants and types that nobody imports, at its first declaration", () => {
  expect(said({ "limits.ved": limits })).toEqual(["limits.ved:4"]);
});

it("is said of a file with nothing in it", () => {
  expect(said({ "empty.ved": "", "note.ved": "// later" })).toEqual(["empty.ved:1", "note.ved:1"]);
});

it("is not said of a file that another one imports, however its path is written", () => {
  expect(said({ "src/limits.ved": limits, "src/user.ved": user })).toEqual([]);
  expect(said({ "./limits.ved": limits, "other/user.ved": user.replace("./limits", "../limits") })).toEqual([]);
});

it("is not said of a file with a `system`", () => {
  expect(
    said({ "main.ved": 'import { D } from "./user.ved" system Main { start D }', "user.ved": user, "limits.ved": limits }),
  ).toEqual([]);
});

it("is silenced by a comment in front of the first declaration, also below a comment on the file", () => {
  expect(said({ "limits.ved": limits.replace("const", "// vedc-ignore VED4008: others have it\nconst") })).toEqual([]);
  expect(said({ "limits.ved": `// vedc-ignore VED4008: others have it\n${limits}` })).toEqual([]);
});

it("comes and goes with those who import the file, in a session", () => {
  const session = openSession();
  const codes = () => session.diagnostics("limits.ved").map(({ code }) => code);
  session.update({ path: "limits.ved", text: limits });
  expect(codes()).toEqual(["VED4008"]);
  session.update({ path: "user.ved", text: user });
  expect(codes()).toEqual([]);
  session.remove("user.ved");
  expect(codes()).toEqual(["VED4008"]);
});
