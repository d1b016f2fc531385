// A session says of sources that change, step by step, what `compileAll` says of them as they are.
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compileAll, openSession, type Session, type Source } from "./index.js";
import { programsIn } from "./testing/corpus.js";

/** Says of all sources of a session what it found out of them on the way, and what it would of them at once. */
function bothWays(session: Session, texts: ReadonlyMap<string, string>) {
  const sources = session.paths.map((path): Source => ({ path, text: texts.get(path) ?? "" }));
  const onTheWay = session.paths.map((path) => ({
    program: session.program(path),
    diagnostics: session.diagnostics(path),
    silenced: session.silenced(path),
  }));
  return { onTheWay, atOnce: compileAll(sources) };
}

/** Sources that have much to do with each other. */
const talking: Readonly<Record<string, string>> = {
  "clock.ved": `import { Door } from "./door.ved"
const TICKS = 3
type Phase = "early" | "late"
// Tells the time.
domain Clock {
  state { phase: Phase, ticks: int 0..9 = TICKS }
  goal Late { predicate phase == "late" }
  transition Tick { step { if phase == "early" { phase = "late" send Door Open("front", ticks) emit Broadcast(Event::Late) } } }
  on Set(to: Phase) { phase = to }
}
`,
  "door.ved": `import { Clock, TICKS, Phase } from "./clock.ved"
const SOON = 5s
effect Lock.Turn(side: string, times: int 0..9)

domain Door {
  const MOST = TICKS
  define ajar = open && !locked
  state { open: bool, locked: bool, seen: Phase, side: string, count: int = 2 }
  goal Shut { predicate !ajar }
  transition Close { step { if ajar { emit Lock.Turn(side, count) open = false } } }
  transition Count { step { if count < MOST { count += 1 } } }
  on Open(where: string, times: int) { open = true side = where }
  on Event::Late { seen = "late" }
}

domain Guard {
  state { awake: bool, paged: bool // vedc-ignore VED4004: the page shows it
  }
  goal Awake { predicate awake for SOON }
  transition Wake { step { if !awake { emit Lock.Turn("back", TICKS) send Clock Set("early") awake = true } } }
}
`,
  "house.ved": `import { Door, Guard } from "./door.ved"
import { Clock } from "./clock.ved"
system House {
  start Door { count = 1 }
  start Guard
  start Clock
}
domain Cellar {
  state { dry: bool }
  effect Pump.Run(litres: int)
  goal Dry { predicate dry }
  transition Pump { step { if !dry { emit Pump.Run(7) send Door Open("cellar", 1) dry = true } } }
  transition Air(deep: bool) { step { if deep { dry = true } } }
}
`,
};

const bits = [
  ..."{}()[]\"'`|;,=!.#1 \n",
  "/*",
  "*/",
  "//",
  "é",
  "&&",
  "x",
  "domain ",
  "goal",
  "const TICKS = 4\n",
  "// vedc-ignore VED4004: so\n",
];

/** Something that happens to sources: numbers choose what, in which, and where. */
type Edit = (texts: Map<string, string>, pick: (count: number) => number) => void;

/** Edits one of the sources that are there. */
const inSource =
  (edit: (text: string, pick: (count: number) => number) => string): Edit =>
  (texts, pick) => {
    const path = [...texts.keys()][pick(texts.size)];
    if (path !== undefined) texts.set(path, edit(texts.get(path) ?? "", pick));
  };

const inLines = (edit: (lines: string[], pick: (count: number) => number) => void) =>
  inSource((text, pick) => {
    const lines = text.split("\n");
    edit(lines, pick);
    return lines.join("\n");
  });

const edits: readonly Edit[] = [
  inSource((text, pick) => {
    const at = pick(text.length + 1);
    return text.slice(0, at) + bits[pick(bits.length)] + text.slice(at);
  }),
  inSource((text, pick) => {
    const at = pick(text.length + 1);
    return text.slice(0, at) + text.slice(at + 1 + pick(3));
  }),
  // Names, numbers and types become others that are there.
  ...[/\b[A-Z]\w*/g, /\b[a-z]\w*/g, /\b\d+/g, /"\w+"/g].map((shape) =>
    inSource((text, pick) => {
      const words = text.match(shape) ?? [];
      const [which, other = ""] = [pick(words.length), words[pick(words.length)]];
      let index = 0;
      return text.replace(shape, (word) => (index++ === which ? other : word));
    }),
  ),
  inLines((lines, pick) => lines.splice(pick(lines.length), 0, "", "// What follows has moved.")),
  inLines((lines, pick) => lines.splice(pick(lines.length), 1 + pick(2))),
  inLines((lines, pick) => lines.splice(pick(lines.length), 0, lines[pick(lines.length)] ?? "")),
  // A domain moves before another.
  inSource((text, pick) => {
    const parts = text.split(/^(?=domain )/m);
    const [taken = ""] = parts.splice(pick(parts.length), 1);
    parts.splice(pick(parts.length + 1), 0, taken);
    return parts.join("");
  }),
  // What is imported goes, or comes back.
  inSource((text, pick) => text.replace(/^(?:\/\/ )?(import .*)$/m, (_, line: string) => (pick(2) === 0 ? `// ${line}` : line))),
  (texts, pick) => {
    const path = [...texts.keys()][pick(texts.size)];
    if (path !== undefined) texts.delete(path);
  },
  (texts, pick) => {
    const [path, text] = Object.entries(talking)[pick(Object.keys(talking).length)] ?? [];
    if (path !== undefined && text !== undefined) texts.set(path, text);
  },
];

/** Brings a session to where the sources are. */
function follow(session: Session, texts: ReadonlyMap<string, string>): void {
  for (const path of session.paths) if (!texts.has(path)) session.remove(path);
  for (const [path, text] of texts) session.update({ path, text });
}

/** Makes choices of drawn numbers. */
function picking(numbers: readonly number[]) {
  let next = 0;
  return (count: number) => {
    next += 1;
    return Math.floor((numbers[next % numbers.length] ?? 0) * 7919 * next) % Math.max(count, 1);
  };
}

describe("a session", () => {
  it("begins with what nothing is wrong with", () => {
    const session = openSession();
    follow(session, new Map(Object.entries(talking)));
    expect(session.paths.map((path) => session.program(path)?.domains.length)).toEqual([1, 2, 1]);
  });

  it("says at each step what is said of the sources at once", () => {
    const step = fc.record({ edit: fc.nat(edits.length - 1), numbers: fc.array(fc.nat(99_991), { minLength: 3, maxLength: 6 }) });
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 8 }), (steps) => {
        const [session, texts] = [openSession(), new Map(Object.entries(talking))];
        follow(session, texts);
        for (const { edit, numbers } of steps) {
          edits[edit]?.(texts, picking(numbers));
          follow(session, texts);
          const { onTheWay, atOnce } = bothWays(session, texts);
          expect(onTheWay).toEqual(atOnce);
        }
      }),
      { numRuns: 100 },
    );
  });

  it.each([
    [
      "a constant",
      "const MOST = 3",
      "const MOST = 4",
      "domain B { state { n: int } goal G { predicate n < MOST } transition T { step { n = 0 } } }",
    ],
    ["a constant that is called as something in it", "const OTHER = 3", "const n = 3", "domain B { state { n: bool } goal n }"],
    ["a type", 'type Way = "a" | "b"', 'type Way = "a"', 'domain B { state { w: Way } goal G { predicate w == "b" } }'],
    [
      "what a message gives",
      "domain A { on Go(x: int) {} }",
      "domain A { on Go(x: bool) {} }",
      "domain B { state { n: int } goal G { predicate n > 0 } transition T { step { if n == 0 { send A Go(n) n = 1 } } } }",
    ],
    [
      "who takes an event",
      "domain A { on Event::E {} }",
      "domain A { on Event::F {} }",
      "domain B { state { n: int } goal G { predicate n > 0 } transition T { step { if n == 0 { emit Broadcast(Event::E) n = 1 } } } }",
    ],
    [
      "a signature",
      "effect Net.Go(x: int)",
      "effect Net.Go(x: bool)",
      "domain B { state { n: int } goal G { predicate n > 0 } transition T { step { if n == 0 { emit Net.Go(n) n = 1 } } } }",
    ],
    [
      "what else is said of an effect",
      "domain A { state { n: int } goal G { predicate n > 0 } transition T { step { if n == 0 { emit Net.Go(n) n = 1 } } } }",
      "domain A { state { n: int } goal G { predicate n > 0 } transition T { step { if n == 0 { emit Net.Go(1) n = 1 } } } }",
      "domain B { state { n: int } goal G { predicate n > 0 } transition T { step { if n == 0 { emit Net.Go(n) n = 1 } } } }",
    ],
    [
      "who sends it a message",
      "domain A { state { n: int } goal G { predicate n > 0 } transition T { step { if n == 0 { send B Idle n = 1 } } } }",
      "domain A { state { n: int } goal G { predicate n > 0 } transition T { step { if n == 0 { n = 1 } } } }",
      "domain B { state { n: int } goal G { predicate n > 0 strategy { T } } transition T { step { n = 1 } } transition Idle { step { n = 2 } } }",
    ],
    [
      "a domain of the same name",
      "domain A { state { x: bool } goal x }",
      "domain B { state { x: bool } goal x }",
      "domain B { state { n: bool } goal n }",
    ],
  ])("looks again at a domain that stays as it is once %s is another", (_, before, after, domain) => {
    const [session, path] = [openSession(), "a.ved"];
    const said = [before, after].map((text) => {
      const texts = new Map([[path, `${domain}\n${text}\n`]]);
      follow(session, texts);
      const { onTheWay, atOnce } = bothWays(session, texts);
      expect(onTheWay).toEqual(atOnce);
      return JSON.stringify(
        onTheWay.map(({ program, diagnostics }) => [
          program?.domains.find(({ name }) => name === "B"),
          diagnostics.map(({ message }) => message),
        ]),
      );
    });
    expect(said[0]).not.toBe(said[1]);
  });

  it("keeps nothing of the versions that are over but what it would find again", async () => {
    setFlagsFromString("--expose-gc");
    const collect: () => void = runInNewContext("gc");
    const domains = Array.from({ length: 9 }, (_, index) => `domain D${index} { state { x: bool, y: bool } goal x }\n`);
    const session = openSession();
    const versions = domains.map((_, edited) => {
      const text = domains.map((domain, index) => (index > edited ? domain : domain.replace("y:", `unread${index}:`))).join("");
      const source = { path: "a.ved", text };
      session.update(source);
      expect(session.diagnostics("a.ved").length).toBeGreaterThan(0);
      return new WeakRef(source);
    });
    // What a reference was made to stays until the turn is over.
    await new Promise(setImmediate);
    collect();
    // One or another may still be held by the engine itself.
    expect(versions.filter((version) => version.deref() !== undefined).length).toBeLessThan(4);
  });

  it("says so after a keystroke in any program of the project, and after it is taken back", () => {
    for (const [index, { name: path, text }] of programsIn("fixtures").entries()) {
      const [session, pick] = [openSession(), picking([index + 1, text.length])];
      session.update({ path, text });
      const at = pick(text.length);
      for (const next of [text.slice(0, at) + bits[pick(bits.length)] + text.slice(at), text]) {
        session.update({ path, text: next });
        const { onTheWay, atOnce } = bothWays(session, new Map([[path, next]]));
        expect(onTheWay, path).toEqual(atOnce);
      }
    }
  });
});
