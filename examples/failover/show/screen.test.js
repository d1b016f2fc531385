import { expect, it } from "vitest";
import { Screen } from "./screen.js";

/** What a screen of so many columns shows; undefined: nobody knows how many. */
async function shown(columns, show) {
  let text = "";
  const write = (part) => {
    text += part;
  };
  await show(new Screen({ columns, write }, async () => {}));
  return text;
}

const left = { caption: "a.ved", lines: ["goal Up {", "predicate up", "}"] };
const right = { caption: "a.js", lines: ["Up(state) {", "    if (state.up)", '        return "A";', "    return null;", "}"] };

it("shows code beside code where there is room", async () => {
  expect(await shown(40, (screen) => screen.sideBySide(left, right))).toBe(`\
  a.ved          a.js
  goal Up {      Up(state) {
  predicate up       if (state.up)
  }                      return "A";
                     return null;
                 }

`);
});

it("shows code below code where there is none, at the margin if need be", async () => {
  expect(await shown(20, (screen) => screen.sideBySide(left, right))).toBe(`\
  a.ved
  goal Up {
  predicate up
  }

 a.js
 Up(state) {
     if (state.up)
         return "A";
     return null;
 }

`);
});

it("breaks commands so that they can be pasted, and logs below what happened", async () => {
  const text = await shown(40, async (screen) => {
    await screen.command("npx vedc run some/where/failover.ved --port 0");
    screen.log(1, "done", "green", "Network.UpdateDNS after a while");
  });
  expect(text).toBe(`
  $ npx vedc run \\
      some/where/failover.ved --port 0
   1.00 s  done       Network.UpdateDNS
                      after a while
`);
});
