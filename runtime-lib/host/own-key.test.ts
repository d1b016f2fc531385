// `self`: an instance comes to life with its key, and whatever happens keeps it.
import { describe, expect, it } from "vitest";
import { loadSystem } from "../../compiler/4-bundle/load.js";
import { type AnyDomain, loadDomains, programOf } from "../../compiler/testing/load.js";
import type { DomainHost } from "../domain.js";
import type { Images } from "../journal/images.js";
import { journalOver } from "../journal/journal.js";
import { memoryStore } from "../journal/memory.js";
import type { State } from "../kernel/value.js";
import type { System } from "../system.js";

const node = (asks: boolean) => `domain Node {
  state { leader: string, leads: bool, seen: int }
  goal Clear { predicate ${asks ? "leads == (leader == self)" : 'leads == (leader == "nobody")'} }
  transition Lead { if ${asks ? "leader == self" : 'leader == "nobody"'} && !leads { leads = true seen += 1 } }
  transition Yield { if ${asks ? "leader != self" : 'leader != "nobody"'} && leads { leads = false } }
}`;

async function hostOf(text: string, images: Images = new Map()): Promise<DomainHost<State>> {
  const { Node } = (await loadDomains(text)) as Record<string, AnyDomain>;
  if (Node === undefined) throw new Error("there is no Node");
  return Node.host({ effects: {}, journal: journalOver(memoryStore(images)) });
}

describe("the own key", () => {
  it("is that of each instance, and `default` where none is given", async () => {
    const host = await hostOf(node(true));
    await host.instance("east").observe({ leader: "east" });
    await host.instance("west").observe({ leader: "east" });
    await host.instance().observe({ leader: "default" });
    expect(host.instance("east").state).toMatchObject({ self: "east", leads: true });
    expect(host.instance("west").state).toMatchObject({ self: "west", leads: false });
    expect(host.instance().state).toMatchObject({ self: "default", leads: true });
  });

  it("cannot be observed, and nothing of such an observation is applied", async () => {
    const host = await hostOf(node(true));
    const asked = host.instance("east").observe({ leader: "x", self: "west" });
    await expect(asked).rejects.toThrow("self is kept by the runtime");
    expect(host.instance("east").state).toMatchObject({ self: "east", leader: "" });
  });

  it("is there for a new version that asks for it, and gone for one that does not", async () => {
    const images: Images = new Map();
    const first = await hostOf(node(false), images);
    await first.instance("east").observe({ leader: "east" });
    expect(first.instance("east").state).toEqual({ leader: "east", leads: false, seen: 0 });
    await first.stop();
    const second = await hostOf(node(true), images);
    expect(second.instance("east").state).toEqual({ leader: "east", leads: true, seen: 1, self: "east" });
    await second.instance("east").observe({ leader: "nobody" });
    await second.stop();
    const third = await hostOf(node(false), images);
    expect(third.instance("east").state).toEqual({ leader: "nobody", leads: true, seen: 2 });
    await third.stop();
  });

  it("is what the instance is called, whatever a journal says that was written under another name", async () => {
    const images: Images = new Map();
    const first = await hostOf(node(true), images);
    await first.instance("east").observe({ leader: "east" });
    await first.stop();
    const [kept] = images.values();
    const copied: Images = new Map([["Node/west", { ...(kept ?? expect.fail()), key: "west" }]]);
    const second = await hostOf(node(true), copied);
    expect(second.instance("west").state).toMatchObject({ self: "west", leader: "east", leads: false });
    await second.stop();
  });

  it("goes along with messages, so that who asks is answered, and comes with whom they bring to life", async () => {
    const text = `system Main { start Shop["a"] { want = true } start Shop["b"] }
    domain Shop {
      state { want: bool, asked: bool, by: string }
      goal Got { predicate !want || by == "store of " + self }
      transition Ask { if want && !asked { send Store["store of " + self] Give(self) asked = true } }
      on Given(by_whom: string) { by = by_whom }
    }
    domain Store { state { given: int } on Give(to: string) { given += 1 send Shop[to] Given(self) } }`;
    const program = programOf(text);
    const { start } = await loadSystem(program, [program]);
    const system = (await start({ effects: {} as never })) as unknown as System<Record<string, never>>;
    await system.settled();
    const { Shop, Store } = system.domains as unknown as Record<string, DomainHost<State>>;
    expect(Shop?.instance("a").state).toMatchObject({ by: "store of a", self: "a" });
    expect(Shop?.instance("b").state).toMatchObject({ by: "", asked: false });
    expect([...(Store?.keys() ?? [])]).toEqual(["store of a"]);
    await system.stop();
  });
});
