import type { Replayed } from "../../runtime-lib/simulate/cue.js";
import { replay, Unplayable } from "../../runtime-lib/simulate/replay.js";
import type { SimulatedDomain, SimulatedSystem } from "../../runtime-lib/simulate/subject.js";
import { stepsToPlay } from "../5-verify/report/deviation.js";
import type { Story } from "../5-verify/report/report.js";

/** Plays a story through the real host. Gives what came of it, and why it could not be played to its end; null: it was. */
export async function performed(
  story: Story,
  subject: SimulatedDomain | SimulatedSystem,
): Promise<Replayed & { readonly obstacle: string | null }> {
  const cues = stepsToPlay(story).map(({ cue }) => cue);
  try {
    const all = await replay(subject, cues, story.mailbox === null ? {} : { mailbox: story.mailbox });
    return { ...all, obstacle: null };
  } catch (error) {
    if (!(error instanceof Unplayable)) throw error;
    return { ...error.replayed, obstacle: error.message };
  }
}
