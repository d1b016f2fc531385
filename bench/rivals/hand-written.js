/** Starts the failover loop as one would write it by hand: no retry, no keys, no time-outs, no record of what happened. */
export function startHandWritten(effects) {
  const state = { primary_status: "healthy", active_route: "primary", alert_sent: false };
  let inFlight = 0;
  let waiting = null;

  async function run(effect, argument, commit) {
    inFlight += 1;
    await effect(argument);
    commit();
    inFlight -= 1;
    reconcile();
    if (inFlight === 0 && waiting !== null) {
      const resolve = waiting;
      waiting = null;
      resolve();
    }
  }

  let isRouting = false;
  let isPaging = false;
  function reconcile() {
    if (state.primary_status === "failed") {
      if (state.active_route === "primary" && !isRouting) {
        isRouting = true;
        run(effects.Network.UpdateDNS, "replica", () => {
          state.active_route = "replica";
          isRouting = false;
        });
      }
      if (!state.alert_sent && !isPaging) {
        isPaging = true;
        run(effects.Alerts.PageEngineers, "Primary DB Down", () => {
          state.alert_sent = true;
          isPaging = false;
        });
      }
    } else if (state.active_route === "replica" && !isRouting) {
      isRouting = true;
      run(effects.Network.UpdateDNS, "primary", () => {
        state.active_route = "primary";
        state.alert_sent = false;
        isRouting = false;
      });
    }
  }

  return {
    async observe(facts) {
      Object.assign(state, facts);
      reconcile();
    },
    settled: () => (inFlight === 0 ? Promise.resolve() : new Promise((resolve) => (waiting = resolve))),
  };
}
