// What the compiler knows of a program, its users' TypeScript knows too: small programs over what `vedc build` has written.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { folderWith, vedc } from "../testing/command.js";
import { typeErrors } from "../testing/type-check.js";

const strictest = {
  noUncheckedIndexedAccess: true,
  noPropertyAccessFromIndexSignature: true,
  exactOptionalPropertyTypes: true,
  noUnusedLocals: true,
  skipLibCheck: false,
};

/** Whether two types are the same, and not merely assignable. */
const same = "type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;";

/** What tsc says about a user's module beside a program that was built. */
function errorsIn(ved: string, use: string): string[] {
  const folder = folderWith({ "program.ved": ved, "package.json": '{ "type": "module" }' });
  expect(vedc(folder, "build", "program.ved", "-o", "dist")).toMatchObject({ status: 0 });
  writeFileSync(join(folder, "use.ts"), `${use}\n${same}`);
  return typeErrors([join(folder, "use.ts")], strictest);
}

const failover = readFileSync("fixtures/failover.ved", "utf8");
const warehouse = readFileSync("fixtures/warehouse.ved", "utf8");

it("a status has the program's goals, each with its realities, its transitions and its effects", () => {
  const use = `import { DatabaseRouting, type Status, type StatusOf } from "./dist/program.js";
    declare const routing: Awaited<ReturnType<typeof DatabaseRouting.start>>;
    const status = await routing.settled();
    export const reality: Same<typeof status.goals.RoutingStable.reality, "A" | "B" | null> = true;
    // @ts-expect-error a goal that is misspelt
    status.goals.RoutingStabel;
    // @ts-expect-error a reality that the goal does not have
    if (status.goals.RoutingStable.reality === "C") throw new Error();
    for (const { transition, intent, blocks } of status.activations) {
      show(transition satisfies "ExecuteFailover" | "TriggerPagerDuty" | "AutoRestore", blocks satisfies readonly (typeof transition)[]);
      // @ts-expect-error an effect that is misspelt
      if (intent.effect === "Network.UpdateDns") throw new Error();
      if (intent.effect === "Network.UpdateDNS") break;
    }
    for (const fault of status.faults) if (fault.kind === "goal") show(fault.name satisfies "RoutingStable");
    // Both its own name and the one of any program fit.
    export const own: StatusOf<typeof DatabaseRouting> = routing.status;
    export const any: Status = status;
    declare function show(...values: unknown[]): void;`;
  expect(errorsIn(failover, use)).toEqual([]);
});

it("an event names the program's transitions, effects, fields, goals and realities", () => {
  const use = `import { DatabaseRouting, type DatabaseRoutingEffects, type DatabaseRoutingState, type EventOf, type KernelEvent } from "./dist/program.js";
    declare const effects: DatabaseRoutingEffects;
    const seen: EventOf<typeof DatabaseRouting>[] = [];
    await DatabaseRouting.start({
      effects,
      onEvent(event) {
        seen.push(event);
        switch (event.type) {
          case "started": {
            const same: Same<typeof event.transition, "ExecuteFailover" | "TriggerPagerDuty" | "AutoRestore"> = true;
            // @ts-expect-error a transition that is misspelt
            return same && event.transition === "ExecuteFailovr";
          }
          case "failed": {
            const same: Same<typeof event.intent.effect, "Network.UpdateDNS" | "Alerts.PageEngineers"> = true;
            return same && event.reason.length > event.retryAt;
          }
          case "rested": {
            const same: Same<typeof event.realities.RoutingStable, "A" | "B"> = true;
            // @ts-expect-error a goal that is misspelt
            return same && event.realities.RoutingStabel;
          }
          case "stuck":
            return event.unmet satisfies readonly "RoutingStable"[];
          case "committed": {
            const route: string = event.state.active_route;
            // @ts-expect-error a field that is misspelt
            return route + event.writes.active_rout;
          }
          case "overridden":
            return event.field satisfies keyof DatabaseRoutingState;
          case "faulted":
            return event.kind === "transition" && (event.name satisfies "ExecuteFailover" | "TriggerPagerDuty" | "AutoRestore");
          // @ts-expect-error there is no such event
          case "restd":
            return;
        }
      },
    });
    // A listener that knows nothing of the program hears it all the same.
    await DatabaseRouting.host({ effects, onEvent: (event: KernelEvent) => event.instance });`;
  expect(errorsIn(failover, use)).toEqual([]);
});

it("in a system an event's domain tells which program's names are meant", () => {
  const use = `import { start, type AuditorEffects, type EventOf, type KernelEvent, type WorkerEffects, type Worker } from "./dist/program.js";
    declare const effects: WorkerEffects & AuditorEffects;
    const system = await start({
      effects,
      onEvent(event) {
        event.domain satisfies "Producer" | "Worker" | "Auditor";
        if (event.type !== "committed") return;
        const all: Same<typeof event.transition, "HandOut" | "Close" | "Work" | "Report"> = true;
        if (event.domain !== "Worker") return all;
        const own: EventOf<typeof Worker> = event;
        const same: Same<typeof event.transition, "Work"> = true;
        // @ts-expect-error a field of another domain
        return same && own && event.state.complaints;
      },
    });
    const worker = system.domains.Worker.instance("fast");
    await worker.send("Work", 1, "quick");
    // @ts-expect-error a care that the message does not take
    await worker.send("Work", 1, "sloppy");
    const { goals, activations } = await worker.settled();
    export const reality: Same<typeof goals.Sane.reality, "A" | "B" | null> = true;
    export const effect: Same<(typeof activations)[number]["intent"]["effect"], "Tools.Use"> = true;
    // @ts-expect-error a goal of another domain
    goals.AllDone;
    await start({ effects, onEvent: (event: KernelEvent) => event.domain });`;
  expect(errorsIn(warehouse, use)).toEqual([]);
});

it("effects whose names go on where others end, and domains without goals or effects, are named as well", () => {
  const ved = `domain Odd { state { on: bool } goal On { predicate on for 30s }
      transition Go { step { if !on { emit then(1) emit then.x.y("a") emit import.new(path: "p") on = true } } } }
    domain Idle { state { n: int } transition Count { step { if n < 3 { n += 1 } } } }`;
  const use = `import { Idle, type KernelEvent, Odd, type Status } from "./dist/program.js";
    type Listener = NonNullable<Parameters<typeof Odd.host>[0]["onEvent"]>;
    type Intents = Extract<Parameters<Listener>[0], { type: "started" }>["intents"][number];
    export const names: Same<Intents["effect"], "then" | "then.x.y" | "import.new"> = true;
    const idle = await Idle.start({ effects: {}, onEvent: (event: KernelEvent) => event.type });
    export const status: Status = await idle.settled();
    export const none: Same<keyof typeof idle.status.goals, never> = true;`;
  expect(errorsIn(ved, use)).toEqual([]);
});

it("a host of one domain settles as a system does, and has an instance without a key", () => {
  const use = `import { DatabaseRouting, type DatabaseRoutingEffects } from "./dist/program.js";
    declare const effects: DatabaseRoutingEffects;
    const host = await DatabaseRouting.host({ effects });
    await host.instance().observe({ primary_status: "failed" });
    const settled: void = await host.settled();
    export { settled };
    const { goals } = host.instance("orders-db").status;
    export const reality: Same<typeof goals.RoutingStable.reality, "A" | "B" | null> = true;
    // @ts-expect-error a signal is an AbortSignal
    await host.settled({ signal: "soon" });`;
  expect(errorsIn(failover, use)).toEqual([]);
});

it("what the runtime keeps itself cannot be observed: the own key, and what time decides", () => {
  const ved = `domain Node { state { boss: string, on: bool } goal Led { predicate on || !(boss == self for 30s) }
      transition Go { step { if boss == self && !on { emit Node.Lead(self) on = true } } } }`;
  const use = `import { Node, type NodeEffects } from "./dist/program.js";
    declare const effects: NodeEffects;
    const node = (await Node.host({ effects })).instance("east");
    await node.observe({ boss: "east" });
    // @ts-expect-error its key
    await node.observe({ self: "west" });
    // @ts-expect-error whether something has held for long enough
    await node.observe({ "boss == self for 30s": true });
    export const key: string = node.state.self;
    export const same: Same<keyof Parameters<typeof node.observe>[0], "boss" | "on"> = true;`;
  expect(errorsIn(ved, use)).toEqual([]);
});
