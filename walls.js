// The walls of the house: what each room may import. A room that is not here may import nothing, and nothing imports it, so that
// a new one is walled in from its first day. `npm run generate` makes the linter's configuration of this table
// (biome.walls.json); tests and the helpers under testing/ are free.
import { writeFileSync } from "node:fs";
import { posix } from "node:path";
import { argv } from "node:process";
import { fileURLToPath } from "node:url";

const compiled = ["compiler/language", "compiler/diagnostics"];
const runtime = [
  "runtime-lib",
  "runtime-lib/kernel",
  "runtime-lib/host",
  "runtime-lib/journal",
  "runtime-lib/journal/file",
  "runtime-lib/simulate",
];

/**
 * For each room the rooms and files that it may import (`rooms`), the packages that it may use (`packages`; `node:*` is the
 * machine), what of the machine it may use without an import (`globals`), and why it may not import more.
 */
export const walls = {
  "compiler/language": { rooms: [], packages: [], why: "The tables are what every room agrees on: they know no room." },
  "compiler/diagnostics": {
    rooms: [],
    packages: ["fast-string-width", "fastest-levenshtein"],
    why: "Diagnostics are data that every phase makes: they know no phase.",
  },
  "compiler/1-parse": {
    rooms: compiled,
    packages: ["ohm-js"],
    why: "Source flows down the rooms once: parsing comes first. It also runs in a browser.",
  },
  "compiler/2-check": {
    rooms: [...compiled, ...files("compiler/1-parse", "ast", "comments", "parse", "walk")],
    packages: [],
    why: "Source flows down the rooms once, and of the parser checking sees the result: the tree and its comments.",
  },
  "compiler/3-emit": {
    rooms: [...compiled, ...files("compiler/2-check", "own-key", "program", "facts", "traverse", "usage")],
    packages: ["ts-morph", "@jridgewell/gen-mapping"],
    why: "What is emitted is the checked program and what follows from it, not the syntax tree.",
  },
  "compiler/4-bundle": {
    rooms: [
      "compiler/language",
      ...files("compiler/2-check", "own-key", "program", "description", "traverse", "usage"),
      ...files("compiler/3-emit", "emit", "runtime-names", "system"),
      ...runtime,
    ],
    packages: ["node:*", "rollup", "terser", "tinyglobby", "ts-morph"],
    why: "What is bundled is emitted modules and the runtime library as it lies on the disk.",
  },
  "compiler/5-verify": {
    rooms: [
      ...compiled,
      ...files("compiler/2-check", "canonical", "own-key", "program", "traverse", "usage", "description"),
      "runtime-lib/kernel",
      ...files("runtime-lib", "words"),
      ...files("runtime-lib/simulate", "cue"),
    ],
    packages: [],
    why: "What is verified is the checked program, through the kernel that runs: what is proved is what runs.",
  },
  "compiler/diagrams": {
    rooms: [...compiled, ...files("compiler/2-check", "description"), "runtime-lib/kernel"],
    packages: ["@viz-js/viz"],
    why: "A chart is drawn of a description and a compiled domain: it touches no machine.",
  },
  "compiler/editor": {
    rooms: [...compiled, ...files("compiler/1-parse", "ast", "ignores", "parse", "scan")],
    packages: ["prettier/doc"],
    why: "What is formatted is the syntax tree with its comments: nothing has to be checked for it. It also runs in a browser.",
  },
  "compiler/service": {
    rooms: [
      ...compiled,
      ...files("compiler/2-check", "program", "description", "roots"),
      ...files("compiler/4-bundle", "load", "manifest", "package-root"),
      "compiler/diagrams",
      ...runtime,
    ],
    packages: ["node:*", "@hono/node-server", "hono", "prom-client", "rollup", "yaml", "zod"],
    why: "What runs is a compiled program and its description: neither its syntax tree nor its text.",
  },
  "compiler/service/page": {
    rooms: [
      ...files("compiler/service", "standing", "views"),
      ...files("compiler/2-check", "description"),
      ...files("compiler/diagnostics", "visible"),
      "compiler/language",
      "runtime-lib/kernel",
    ],
    packages: ["preact", "@preact/signals", "eventsource-parser"],
    why: "The page runs in a browser: of the service it knows what that answers.",
  },
  "compiler/cli": {
    rooms: [
      "compiler",
      ...compiled,
      "compiler/1-parse",
      "compiler/2-check",
      "compiler/4-bundle",
      "compiler/5-verify",
      "compiler/diagrams",
      "compiler/service",
      ...runtime,
    ],
    packages: ["node:*", "chokidar", "cli-progress", "commander", "tinyglobby"],
    why: "The command uses what the rooms give, and the page is a browser's.",
  },
  compiler: {
    rooms: [
      ...compiled,
      "compiler/1-parse",
      "compiler/2-check",
      "compiler/3-emit",
      "compiler/4-bundle",
      "compiler/5-verify",
      "compiler/editor",
    ],
    packages: [],
    why: "The public API is the pipeline: it knows no command and no service.",
  },
  "runtime-lib/kernel": {
    rooms: [],
    packages: [],
    why: "The kernel decides: hosts and journals serve it, never the other way round.",
  },
  "runtime-lib/host": {
    rooms: ["runtime-lib/kernel", ...files("runtime-lib", "errors")],
    packages: [],
    why: "The host drives the kernel, whatever journal it is given. It also runs in a browser.",
  },
  "runtime-lib/journal": {
    rooms: ["runtime-lib/kernel", "runtime-lib/host", "runtime-lib/journal/file", ...files("runtime-lib", "words")],
    packages: [],
    why: "A journal keeps what the host gives it; only journal/file touches the machine.",
  },
  "runtime-lib/journal/file": {
    rooms: ["runtime-lib/kernel", "runtime-lib/host", "runtime-lib/journal"],
    packages: ["node:*"],
    why: "The file journal is a journal, on a disk.",
  },
  "runtime-lib/simulate": {
    rooms: ["runtime-lib", "runtime-lib/kernel", "runtime-lib/host", "runtime-lib/journal"],
    packages: [],
    globals: ["process"],
    why: "What is simulated is the runtime, with clock, world and disk under control.",
  },
  "runtime-lib": {
    rooms: ["runtime-lib/kernel", "runtime-lib/host"],
    packages: [],
    why: "The runtime library knows nothing of the compiler, has no dependency, and leaves the journal to those who want one.",
  },
};

/** Doors into a room: single files of it. */
function files(room, ...names) {
  return names.map((name) => `${room}/${name}.js`);
}

/** Files lie no deeper than this below their room. */
const maxDepth = 2;

/** Gives what is wrong with the walls in words of the linter: a part of its configuration. */
export function linterConfiguration() {
  return { overrides: [unknownRooms(), ...Object.keys(walls).flatMap(overridesOf)] };
}

function overridesOf(room) {
  const inner = roomsInside(room);
  // Of the two libraries themselves only the files beside the rooms are meant.
  const isLibrary = !room.includes("/");
  const depths = isLibrary ? [0] : Array.from({ length: maxDepth + 1 }, (_, depth) => depth);
  return depths.map((depth) => {
    const includes = ["ts", "tsx", "mts", "js"].map((extension) => `${room}/${"*/".repeat(depth)}*.${extension}`);
    const rules = { noRestrictedImports: option({ patterns: patternsOf(room, depth, inner) }), ...globalsFor(room) };
    return override([...includes, ...inner.map((other) => `!${other}/**`)], rules);
  });
}

function roomsInside(room) {
  return Object.keys(walls).filter((other) => room.includes("/") && other.startsWith(`${room}/`));
}

function patternsOf(room, depth, inner) {
  const { rooms, packages, why } = walls[room];
  const up = "../".repeat(depth);
  const isLibrary = !room.includes("/");
  const wayTo = (target) => {
    const path = posix.relative(room, target);
    return path.startsWith("..") ? up + path : depth === 0 ? `./${path}` : up + path;
  };
  // Of the libraries, and of a room around this one, only the files themselves are meant.
  const isShallow = (target) => !target.includes("/") || room.startsWith(`${target}/`);
  const doors = rooms.map((target) => `!${wayTo(target)}${target.endsWith(".js") ? "" : isShallow(target) ? "/*.js" : "/**"}`);
  const behindDoors = rooms.flatMap((target) => roomsInside(target).filter((other) => other !== room && !rooms.includes(other)));
  const denied = [`${up}../**`, ...(isLibrary ? ["./*/**"] : inner.map((other) => `${wayTo(other)}/**`))];
  const known = packages.flatMap((name) => (name === "node:*" ? ["!node:*", "!node:*/**"] : [`!${name}`, `!${name}/**`]));
  return [
    { group: [...denied, ...doors, ...behindDoors.map((other) => `${wayTo(other)}/**`)], message: `${why} (walls.js)` },
    { group: ["./../**", "./**/../**", "././**"], message: "Say the shortest way to what is imported. (walls.js)" },
    { group: ["**", "!./**", "!../**", ...known], message: `${room} does not use this package. ${why} (walls.js)` },
  ];
}

/** A folder that the table does not know. */
function unknownRooms() {
  const known = Object.keys(walls).filter((room) => room.includes("/"));
  const message = "This room has no walls yet: give it a line in walls.js.";
  return override(["compiler/*/**/*.ts", "runtime-lib/*/**/*.ts", ...known.map((room) => `!${room}/**`)], {
    noRestrictedImports: option({ patterns: [{ group: ["**", "!./**"], message }] }),
  });
}

/** What of the machine needs no import is walled off as well. */
function globalsFor(room) {
  const { packages, globals = [] } = walls[room];
  if (packages.includes("node:*")) return {};
  const message = "Only the rooms that may import node:* touch the machine. (walls.js)";
  const denied = ["process", "Buffer", "require", "__dirname"].filter((name) => !globals.includes(name));
  const deniedGlobals = Object.fromEntries(denied.map((name) => [name, message]));
  return { noRestrictedGlobals: option({ deniedGlobals }) };
}

function option(options) {
  return { level: "error", options };
}

/** Scripts of the build that stand beside what they make. */
const scripts = ["compiler/1-parse/derive-tokens.js", "compiler/4-bundle/prepare-library.js", "compiler/diagnostics/generate.js"];

function override(includes, style) {
  return {
    includes: [...includes, "!**/*.test.{ts,js}", "!**/testing/**", ...scripts.map((script) => `!${script}`)],
    linter: { rules: { style } },
  };
}

/** Gives the text of biome.walls.json. */
export function configurationText() {
  return `${JSON.stringify(linterConfiguration(), null, 2)}\n`;
}

if (argv[1] === fileURLToPath(import.meta.url)) writeFileSync("biome.walls.json", configurationText());
