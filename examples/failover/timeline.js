import * as util from "node:util";

/** Tells what happens to a domain as a timeline: one line for each event that a person cares about. */
export class Timeline {
  #began = performance.now();
  #out;
  #paint;

  constructor(out) {
    this.#out = out;
    const { NO_COLOR } = process.env;
    const isColoured = out.isTTY && !NO_COLOR && typeof util.styleText === "function";
    this.#paint = isColoured ? util.styleText : (_, text) => text;
  }

  begin() {
    this.#began = performance.now();
  }

  chapter(title, text) {
    this.#write(`\n${this.#paint("bold", title)}  ${this.#paint("dim", text)}\n`);
  }

  report(text) {
    for (const line of text.trimEnd().split("\n")) this.#write(`          ${line.replaceAll(`${process.cwd()}/`, "")}\n`);
  }

  state(state) {
    const fields = Object.entries(state).map(([name, value]) => `${name} = ${JSON.stringify(value)}`);
    this.#line("state", "dim", fields.join(", "));
  }

  note(label, colour, text) {
    this.#line(label, colour, text);
  }

  event(event) {
    switch (event.type) {
      case "observed":
        return this.#line(
          "observed",
          "cyan",
          Object.entries(event.facts)
            .map(([name, value]) => `${name} = ${JSON.stringify(value)}`)
            .join(", "),
        );
      case "dispatched":
        return this.#line(
          event.attempt === 1 ? "started" : "retried",
          "blue",
          `${event.transition} → ${intent(event)}${tries(event)}`,
        );
      case "done":
        return this.#line("done", "green", intent(event));
      case "failed":
        return this.#line("failed", "red", `${intent(event)}: ${event.reason}, again in ${event.retryAt - event.at} ms`);
      case "unknown":
        return this.#line("unknown", "yellow", `${intent(event)}: ${event.reason}, again in ${event.retryAt - event.at} ms`);
      case "recovered":
        return this.#line("restarted", "yellow", "the state and what is pending come back from the journal");
      case "committed":
        return this.#line("committed", "green", `${event.transition}: ${assignments(event.writes)}`);
      case "rested":
        return this.#line(
          "at rest",
          "magenta",
          Object.entries(event.realities)
            .map(([goal, reality]) => `${goal} holds in reality ${reality}`)
            .join(", "),
        );
    }
  }

  end() {
    this.chapter("The end", "A pager that was down, a kill -9, no human at the keyboard, and at no time half-finished.");
    this.#write("\n");
  }

  #line(label, colour, text) {
    const seconds = ((performance.now() - this.#began) / 1000).toFixed(2).padStart(6);
    this.#write(`  ${this.#paint("dim", `${seconds} s`)}  ${this.#paint(colour, label.padEnd(9))}  ${text}\n`);
  }

  #write(text) {
    this.#out.write(text);
  }
}

function intent({ intent: { effect, args } }) {
  return `${effect}(${args.map((argument) => JSON.stringify(argument)).join(", ")})`;
}

function tries({ attempt }) {
  return attempt === 1 ? "" : ` (attempt ${attempt})`;
}

function assignments(writes) {
  return Object.entries(writes)
    .map(([name, value]) => `${name} = ${JSON.stringify(value)}`)
    .join(", ");
}
