/** Does what an adapter does: asks the world, under the idempotency key. That no answer comes says nothing. */
export function requestTo(port, OutcomeUnknown) {
  return async (effect, value, { key, instance, signal }) => {
    const body = JSON.stringify({ effect, instance, value });
    const response = await fetch(`http://127.0.0.1:${port}/`, {
      method: "POST",
      body,
      headers: { "Idempotency-Key": key },
      signal,
    }).catch((error) => {
      throw new OutcomeUnknown("no answer", { cause: error });
    });
    if (!response.ok) throw new Error(`the server says ${response.status}`);
  };
}
