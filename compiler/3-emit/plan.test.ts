import { describe, expect, it } from "vitest";
import { loadDefinitions, loadDomains } from "../testing/load.js";

describe("a comment behind the only item of a list swallows nothing", () => {
  it("of what a handler writes", async () => {
    const { Mailer } = await loadDefinitions(`domain Mailer {
      state { a: int  sent: bool }
      goal Sent { predicate sent || a > 2 }
      transition Send { step { if !sent { emit Mail.Send() sent = true } } }
      on Mail.Send failed { a += 1 // count it
      }
    }`);
    expect(Mailer?.handlers?.find("Mail.Send", "failed")?.writes({ a: 1, sent: false }, "")).toEqual({ a: 2 });
  });

  it("of what a step emits, sends and writes", async () => {
    const { Pager } = await loadDomains(`domain Pager {
      state { down: bool }
      goal Up { predicate !down }
      transition Page {
        step {
          if down {
            emit Alerts.Page() // the humans
            send Pager Note // ourselves
            down = false // for now
          }
        }
      }
      on Note { }
    }`);
    expect(Pager?.transitions.Page?.plan({ down: true })).toEqual({
      intents: [{ effect: "Alerts.Page", args: [] }],
      sends: [{ to: { domain: "Pager", key: "default" }, name: "Note", args: [], isHigh: false }],
      writes: { down: false },
    });
  });
});
