import type { SimulatedDomain, SimulatedSystem } from "../../runtime-lib/simulate/index.js";
import type { Domain } from "../2-check/program.js";
import { deviationFrom } from "../5-verify/report/deviation.js";
import type { VerifyFinding } from "../5-verify/report/report.js";
import { performed } from "../cli/perform.js";

/** What plays stories: a domain by itself or a system as they were loaded, and the domains of their program. */
export interface Players {
  readonly subject: SimulatedDomain | SimulatedSystem;
  readonly domains: readonly Domain[];
}

/** Plays the story of a finding through the real host. Gives what is otherwise than it says; null: nothing is, or there is no story. */
export async function deviationIn({ story }: VerifyFinding, { subject, domains }: Players): Promise<string | null> {
  return story && deviationFrom(story, await performed(story, subject), domains);
}
