import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { programOf } from "../testing/load.js";
import { environmentAmong, environmentOf } from "./environment.js";

const environment = (text: string) => programOf(text).domains.map(environmentOf)[0];

it("takes the seed's observed field and what it is compared with", () => {
  expect(environment(readFileSync("fixtures/failover.ved", "utf8"))).toEqual({ primary_status: ["healthy", "failed"] });
});

it("takes both booleans, ints around the constants, and something else where there is only one value", () => {
  const values = environment(`domain D {
    state { up: bool, load: int = 5, name: string = "x", shed: bool }
    goal G { predicate !up || load < 80 || shed }
    transition T { step { if up && load >= 80 { emit Shed(name) shed = true } } }
  }`);
  expect(values).toEqual({ up: [false, true], load: [4, 5, 6, 79, 80, 81], name: ["x", "other"] });
});

it("takes all fields of a domain that observes none", () => {
  const values = environment(`domain D { state { n: int } goal G { predicate n == 0 } transition T { step { n = 0 } } }`);
  expect(values).toEqual({ n: [-1, 0, 1] });
});

it("takes what instances are called for what is compared with the own key", () => {
  const node = `domain Node {
    state { leader: string, leads: bool }
    goal G { predicate leads == (leader == self) }
    transition T { step { if self != "witness" && leads != (leader == self) { leads = !leads } } }
  }`;
  const [domain] = programOf(node).domains;
  expect(environment(node)?.leader).toEqual(["", "default", "witness"]);
  expect(domain === undefined ? null : environmentAmong(domain, ["east"]).leader).toEqual(["", "default", "east", "witness"]);
});
