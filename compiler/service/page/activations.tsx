import { useEffect, useState } from "preact/hooks";
import { visible } from "../../diagnostics/visible.js";
import type { InstanceView } from "../views.js";
import { callText, relative } from "./words.js";

type Activation = InstanceView["activations"][number];

/** Shows what is under way: each call with its attempt, and when the next one is due. */
export function Activations({ view }: { view: InstanceView }) {
  const now = useNow(view);
  const { activations, mailbox = 0, sending = [], expected = [], wakeAt } = view;
  const isWaitingForTime = activations.length === 0 && wakeAt !== null;
  return (
    <section class="card" aria-label="In flight">
      <h2>In flight</h2>
      {activations.length === 0 ? <p class="quiet">Nothing.</p> : null}
      <ul class="activations">
        {activations.map((activation) => (
          <li key={activation.key}>
            <b>{activation.transition}</b> <code>{visible(callText(activation.intent))}</code>
            <p>{attemptText(activation, now)}</p>
            {activation.blocks.length > 0 ? <p>holds up {activation.blocks.join(", ")}</p> : null}
            <p class="idempotency">key {visible(activation.key)}</p>
          </li>
        ))}
      </ul>
      {isWaitingForTime ? <p>Goes on {relative(wakeAt, now)}.</p> : null}
      {mailbox > 0 ? <p>{mailbox} in its mailbox.</p> : null}
      {sending.map(({ to, message }) => (
        <p key={`${to} ${message}`}>
          {message} is on its way{to === "" ? "" : ` to ${visible(to)}`}.
        </p>
      ))}
      {expected.map(({ effect, until }) => (
        <p key={effect}>
          What {effect} did should be seen {relative(until, now)}.
        </p>
      ))}
    </section>
  );
}

function attemptText({ attempt, nextAt, mode }: Activation, now: number): string {
  if (nextAt === null) return `attempt ${attempt} is under way`;
  const due = nextAt <= now ? "is due" : `is due ${relative(nextAt, now)}`;
  return `attempt ${attempt + 1} ${due}${mode === "carried" ? ", as this has to be carried through" : ""}`;
}

/** Gives the service's time: it goes on while something waits for it. */
function useNow(view: InstanceView): number {
  const [now, setNow] = useState(view.now);
  const isWaiting = view.wakeAt !== null || view.activations.some(({ nextAt }) => nextAt !== null);
  useEffect(() => {
    const ahead = view.now - Date.now();
    setNow(view.now);
    if (!isWaiting) return;
    const timer = setInterval(() => setNow(Date.now() + ahead), 250);
    return () => clearInterval(timer);
  }, [view, isWaiting]);
  return now;
}
