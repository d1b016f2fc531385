import { isDeepStrictEqual } from "node:util";
import type { Phase } from "../../runtime-lib/kernel/instance.js";
import type { State } from "../../runtime-lib/kernel/value.js";
import {
  type Played,
  type ReplayOptions,
  replay,
  type SimulatedDomain,
  type SimulatedSystem,
} from "../../runtime-lib/simulate/index.js";
import type { Domain } from "../2-check/program.js";
import { countersOf } from "../5-verify/environment/flow.js";
import type { VerifyFinding } from "../5-verify/report/report.js";
import type { StoryStep } from "../5-verify/report/story.js";

/** What plays stories: a domain by itself or a system as they were loaded, and the domains of their program. */
export interface Players {
  readonly subject: SimulatedDomain | SimulatedSystem;
  readonly domains: readonly Domain[];
}

/**
 * Plays the story of a finding through the real host, a circle three times. Gives what is otherwise than it says; null: nothing is, or
 * there is no story.
 */
export async function deviationIn(
  { diagnostic, story }: VerifyFinding,
  players: Players,
  options: ReplayOptions = {},
): Promise<string | null> {
  if (story === null) return null;
  const { steps, repeatsFrom } = story;
  const around = repeatsFrom === null ? [] : steps.slice(repeatsFrom);
  const told = [...steps, ...around, ...around];
  const { played } = await replay(
    players.subject,
    told.map(({ cue }) => cue),
    options,
  );
  const phases = played.map(({ phase }) => phase);
  if (repeatsFrom !== null && phases.slice(repeatsFrom).includes("resting")) return "it rests in a circle that never rests";
  return otherState(told, played, players) ?? otherEnd(diagnostic.code, phases.at(-1), players);
}

function otherState(told: readonly StoryStep[], played: readonly Played[], { domains }: Players): string | null {
  // From where the kernel slows a circle down it is elsewhere for a while.
  const slowed = played.findIndex(({ phase }) => phase === "oscillating");
  const compared = slowed < 0 ? told : told.slice(0, slowed);
  for (const [index, { text, state }] of compared.entries()) {
    const [is, says] = [seenOf(domains, played[index]?.state ?? {}), seenOf(domains, state)];
    if (!isDeepStrictEqual(is, says))
      return `after ${index + 1}. ${text}: it is ${JSON.stringify(is)}, not ${JSON.stringify(says)}`;
  }
  return null;
}

/** Leaves out what only counts: the verifier does. */
function seenOf(domains: readonly Domain[], state: State): State {
  const counters = domains.map((domain) => ({ name: domain.name, fields: countersOf(domain) }));
  const isLeftOut = (path: string) =>
    counters.some(({ name, fields }) => {
      const field = path.includes("/") ? path.slice(path.lastIndexOf(".") + 1) : path;
      return fields.has(field) && (field === path || path.startsWith(`${name}/`));
    });
  return Object.fromEntries(Object.entries(state).filter(([path]) => !isLeftOut(path)));
}

function otherEnd(code: string, phase: Phase | "stopped" | undefined, { domains }: Players): string | null {
  if (code !== "VED5001" || phase === "stuck") return null;
  // Who waits for room in a mailbox that is full for good is at work.
  return domains.length > 1 && phase === "working" ? null : `in the end it is ${phase}, not stuck`;
}
