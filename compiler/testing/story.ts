import { replay, type SimulatedDomain, type SimulatedSystem, Unplayable } from "../../runtime-lib/simulate/index.js";
import type { Domain } from "../2-check/program.js";
import { deviationFrom, type Performed, stepsToPlay } from "../5-verify/report/deviation.js";
import type { Story, VerifyFinding } from "../5-verify/report/report.js";

/** What plays stories: a domain by itself or a system as they were loaded, and the domains of their program. */
export interface Players {
  readonly subject: SimulatedDomain | SimulatedSystem;
  readonly domains: readonly Domain[];
}

/** Plays the story of a finding through the real host. Gives what is otherwise than it says; null: nothing is, or there is no story. */
export async function deviationIn({ story }: VerifyFinding, { subject, domains }: Players): Promise<string | null> {
  return story && deviationFrom(story, await performed(story, subject), domains);
}

async function performed(story: Story, subject: Players["subject"]): Promise<Performed> {
  const cues = stepsToPlay(story).map(({ cue }) => cue);
  try {
    const { played } = await replay(subject, cues, story.mailbox === null ? {} : { mailbox: story.mailbox });
    return { played, obstacle: null };
  } catch (error) {
    if (!(error instanceof Unplayable)) throw error;
    return { played: error.replayed.played, obstacle: error.message };
  }
}
