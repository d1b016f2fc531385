/** Says what happens to a domain as a timeline: one line for each event that a person cares about. */
export class Timeline {
  #began = performance.now();
  #screen;

  constructor(screen) {
    this.#screen = screen;
  }

  note(label, colour, text) {
    this.#screen.log((performance.now() - this.#began) / 1000, label, colour, text);
  }

  event(event) {
    switch (event.type) {
      case "observed":
        return this.note("observed", "cyan", assignments(event.facts));
      case "dispatched":
        return event.attempt === 1
          ? this.note("started", "blue", `${event.transition} → ${intent(event)}`)
          : this.note("retried", "blue", `${intent(event)}, attempt ${event.attempt}`);
      case "done":
        return this.note("done", "green", intent(event));
      case "failed":
        return this.note("failed", "red", unsuccessful(event));
      case "unknown":
        return this.note("unknown", "magenta", unsuccessful(event));
      case "recovered":
        return this.note("restarted", "magenta", "the state and what is pending come back from the journal");
      case "committed":
        return this.note("committed", "green", `${event.transition}: ${assignments(event.writes)}`);
      case "rested":
        return this.note("at rest", "magenta", realities(event));
    }
  }
}

function intent({ intent: { effect, args } }) {
  return `${effect}(${args.map((argument) => JSON.stringify(argument)).join(", ")})`;
}

function unsuccessful({ intent: { effect }, reason, retryAt, at }) {
  return `${effect}: ${reason}, again in ${retryAt - at} ms`;
}

function assignments(values) {
  return Object.entries(values)
    .map(([name, value]) => `${name} = ${JSON.stringify(value)}`)
    .join(", ");
}

function realities({ realities }) {
  return Object.entries(realities)
    .map(([goal, reality]) => `${goal} holds in reality ${reality}`)
    .join(", ");
}
