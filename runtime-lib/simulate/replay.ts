import { smallMailbox } from "../kernel/mail.js";
import type { State } from "../kernel/value.js";
import type { Cue, Played, Replayed } from "./cue.js";
import { delay, drained, Stage } from "./stage.js";
import type { SimulatedDomain, SimulatedPart, SimulatedSystem } from "./subject.js";
import { anyKey, domainTheatre, systemTheatre, type Theatre } from "./theatre.js";

/** How a story is played. */
export interface ReplayOptions {
  /** How many messages a mailbox of a system holds. 3 when absent, as many as the verifier follows. */
  readonly mailbox?: number;
}

/** A story that cannot be played to its end: it asks for the answer to a call that is not made, or for an instance that is not there. */
export class Unplayable extends Error {
  override readonly name = "Unplayable";
  /** What came of it until then: the step behind those that were played is the one that cannot be. */
  readonly replayed: Replayed;

  constructor(cause: unknown, replayed: Replayed) {
    super(cause instanceof Error ? cause.message : String(cause), { cause });
    this.replayed = replayed;
  }
}

/**
 * Plays a story through the real host, under a virtual clock and with adapters that answer when the story says so.
 * @throws Unplayable where it cannot be played to its end
 */
export async function replay(
  subject: SimulatedDomain | SimulatedSystem,
  cues: readonly Cue[],
  { mailbox = smallMailbox }: ReplayOptions = {},
): Promise<Replayed> {
  const stage = new Stage(!("host" in subject));
  const theatre =
    "host" in subject ? await domainTheatre(subject, stage, keyIn(cues)) : await systemTheatre(subject, stage, mailbox);
  const overdue = overdueIn(partsOf(subject));
  const played: Played[] = [];
  try {
    for (const cue of cues) {
      if (cue.overdue !== undefined) stage.dawdle(overdue(cue.overdue));
      await perform(cue, theatre, stage);
      await drained();
      played.push(theatre.played());
    }
  } catch (error) {
    throw new Unplayable(error, { played, timeline: stage.lines });
  } finally {
    await theatre.stop();
  }
  return { played, timeline: stage.lines };
}

/** Gives what the instance of a domain by itself is called in a story. */
function keyIn(cues: readonly Cue[]): string {
  return cues.find(({ of }) => of !== undefined)?.of?.key ?? anyKey;
}

async function perform(cue: Cue, theatre: Theatre, stage: Stage): Promise<void> {
  if (cue.kind === "start") await theatre.begin();
  else if (cue.kind === "crash") await theatre.crash();
  else if (cue.kind === "observe") await theatre.instance(cue.of).observe(cue.facts);
  else if (cue.kind === "send") await theatre.send(cue.of, cue.message, cue.args);
  else if (cue.kind === "elapse") await stage.elapse(() => (theatre.instance(cue.of).state as State)[cue.duration] === true);
  else await stage.act(cue, theatre.addressOf(cue.of));
}

function partsOf(subject: SimulatedDomain | SimulatedSystem): readonly SimulatedPart[] {
  return "host" in subject ? [subject] : subject.domains;
}

/**
 * Says for how long nobody looks, in ms, so that all is due by then that is given: fields that say whether something has held for long enough,
 * and transitions.
 */
function overdueIn(parts: readonly SimulatedPart[]): (waits: readonly string[]) => number {
  const durations = parts.flatMap(({ definition }) => definition?.durations?.all ?? []);
  const pauses = parts.flatMap(({ transitions }) => Object.entries(transitions));
  const all = [
    ...durations.map(({ name, ms }) => [name, ms] as const),
    ...pauses.map(([name, { cooldown = 0 }]) => [name, Math.max(cooldown, delay)] as const),
  ];
  return (waits) => Math.max(...all.flatMap(([name, ms]) => (waits.includes(name) ? [ms] : [])), 0);
}
