/** Makes what the program may do to the world at an address: one function for each of its effects. */
export function adaptersFor(url, OutcomeUnknown) {
  /** Makes one call. A refusal says that this attempt did not happen; where no answer comes, nobody knows. */
  async function ask(method, path, { key, signal }, body) {
    const request = { method, headers: { "idempotency-key": key }, body, signal };
    const { ok, status } = await fetch(`${url}${path}`, request).catch((error) => {
      throw new OutcomeUnknown(error.message);
    });
    if (!ok) throw new Error(`HTTP ${status}`);
  }
  return {
    Network: { UpdateDNS: (route, call) => ask("PUT", `/dns/${encodeURIComponent(route)}`, call) },
    Alerts: { PageEngineers: (message, call) => ask("POST", "/pages", call, message) },
  };
}
