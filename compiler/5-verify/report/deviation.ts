import type { State } from "../../../runtime-lib/kernel/value.js";
import type { Played } from "../../../runtime-lib/simulate/cue.js";
import type { Domain } from "../../2-check/program.js";
import { countersOf } from "../environment/flow.js";
import type { Story } from "./report.js";
import type { StoryStep } from "./story.js";

/** What came of playing the steps of a story through the real host. */
export interface Performed {
  /** Where each step led, as far as they could be played. */
  readonly played: readonly Played[];
  /** Why the step behind them could not be played; null: all were. */
  readonly obstacle: string | null;
}

/** The steps of a story as they are played: a circle three times. */
export function stepsToPlay({ steps, repeatsFrom }: Pick<Story, "steps" | "repeatsFrom">): readonly StoryStep[] {
  const around = repeatsFrom === null ? [] : steps.slice(repeatsFrom);
  return [...steps, ...around, ...around];
}

/** Gives what is otherwise than a story says, as a clause; null: nothing is. @param domains those that play it */
export function deviationFrom(story: Story, { played, obstacle }: Performed, domains: readonly Domain[]): string | null {
  const all = [otherState(story, played, domains), cannotGoOn(story, played, obstacle)].filter((each) => each !== null);
  return all.length > 0 ? all.join("; ") : otherEnd(story, played);
}

function otherState(story: Story, played: readonly Played[], domains: readonly Domain[]): string | null {
  const slowed = played.findIndex(isSlowed);
  const compared = slowed < 0 ? played : played.slice(0, slowed);
  for (const [index, { state: fields }] of compared.entries()) {
    const told = Object.entries(stepsToPlay(story)[index]?.state ?? {}).filter(([path]) => !isCounted(path, domains));
    const other = told.find(([path, value]) => fields[path] !== value);
    if (other !== undefined) return `after ${stepAt(story, index)} ${difference(other, fields)}`;
  }
  return null;
}

function difference([path, told]: readonly [string, unknown], fields: State): string {
  const is = fields[path];
  return is === undefined ? `there is no \`${path}\`` : `\`${path}\` is ${JSON.stringify(is)}, and not ${JSON.stringify(told)}`;
}

function cannotGoOn(story: Story, played: readonly Played[], obstacle: string | null): string | null {
  const isSlowedCircle = story.repeatsFrom !== null && played.some(isSlowed);
  if (obstacle === null || isSlowedCircle) return null;
  return `${stepAt(story, played.length)} cannot be played, as ${obstacle}`;
}

/** `step 5 (X() is done)`, and in which round. */
function stepAt(story: Story, index: number): string {
  const { steps, repeatsFrom } = story;
  const around = steps.length - (repeatsFrom ?? 0);
  const rounds = Math.max(0, Math.ceil((index + 1 - steps.length) / around));
  const round = ["", " of the second round", " of the third round"][rounds] ?? "";
  return `step ${index + 1 - rounds * around}${round} (${stepsToPlay(story)[index]?.text ?? ""})`;
}

/** Whether the kernel slows a circle down. From there it is elsewhere for a while, and others may have their turn meanwhile. */
function isSlowed({ phase, instances = {} }: Played): boolean {
  return phase === "oscillating" || Object.values(instances).includes("oscillating");
}

/** Whether a field only counts: the verifier leaves it out. */
function isCounted(path: string, domains: readonly Domain[]): boolean {
  // Names of domains have no slash, and names of fields no dot.
  const [domain, field] = path.includes("/")
    ? [path.slice(0, path.indexOf("/")), path.slice(path.lastIndexOf(".") + 1)]
    : [null, path];
  return domains.some((own) => (domain === null || own.name === domain) && countersOf(own).has(field));
}

/** A circle does not rest, and what stays where it is is stuck. */
function otherEnd({ repeatsFrom, end }: Story, played: readonly Played[]): string | null {
  const rests = repeatsFrom !== null && played.slice(repeatsFrom).some(({ phase }) => phase === "resting");
  if (rests) return "it comes to rest";
  const last = played.at(-1);
  if (end.length === 0 || last === undefined || isStuck(last)) return null;
  return last.instances === undefined ? `in the end it is ${last.phase}, and not stuck` : "in the end nobody is stuck";
}

/** Who waits for room in a mailbox that is full for good is as stuck. */
function isStuck({ phase, instances = {} }: Played): boolean {
  return phase === "stuck" || Object.values(instances).some((each) => each === "stuck" || each === "waiting for room");
}
