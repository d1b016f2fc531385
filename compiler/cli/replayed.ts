import type { Standing } from "../../runtime-lib/simulate/cue.js";
import type { Line } from "../../runtime-lib/simulate/simulated-run.js";
import type { SimulatedDomain, SimulatedSystem } from "../../runtime-lib/simulate/subject.js";
import type { Domain, Program } from "../2-check/program.js";
import { isTalking } from "../2-check/usage.js";
import { deviationFrom, type Performed } from "../5-verify/report/deviation.js";
import type { Story } from "../5-verify/report/report.js";
import { waitsIn } from "../5-verify/report/waits.js";
import { visible } from "../diagnostics/visible.js";
import { performed } from "./perform.js";

/** What plays the stories of a report. */
interface Players {
  readonly subject: SimulatedDomain | SimulatedSystem;
  readonly domains: readonly Domain[];
  /** Others than the verifier explored play as well. */
  readonly hasOthers: boolean;
}

/** Plays a story of what was verified through the real host, a circle three times, and says what came of it. */
export async function replayed(
  program: Program,
  programs: readonly Program[],
  name: string,
  code: string,
  story: Story,
): Promise<string> {
  const players = await playersOf(program, programs, name, story);
  const { timeline, played, obstacle } = await performed(story, players.subject);
  const deviation = deviationFrom(story, { played, obstacle }, players.domains);
  const lines = shortened(timeline).map(({ at, text }) => `${`${at.toLocaleString("en")} ms`.padStart(9)}  ${text}`);
  const end =
    deviation === null ? [endOf(story, { played, obstacle })] : [deviationLine(deviation, obstacle), reasonFor(story, players)];
  return [
    `Replayed (${code}), with the runtime and a clock under control:`,
    ...[...lines, ...end].map((line) => `  ${visible(line)}`),
    "",
    "",
  ].join("\n");
}

async function playersOf(program: Program, programs: readonly Program[], name: string, { steps }: Story): Promise<Players> {
  const { loadModule, loadSystem } = await import("../4-bundle/load.js");
  const paths = [program.source.path, ...program.imported.map(({ path }) => path)];
  const own = programs.filter(({ source }) => paths.includes(source.path));
  const domains = own.flatMap((each) => each.domains);
  const isSystem = isTalking({ domains }) || program.system !== null;
  if (isSystem && (steps.some(({ cue }) => cue.of !== undefined) || domains.every((domain) => domain.name !== name))) {
    const subject = (await loadSystem(program, programs)) as unknown as SimulatedSystem;
    return { subject, domains, hasOthers: isTalking({ domains }) && name !== domains.map((each) => each.name).join(", ") };
  }
  const owner = own.find((each) => each.domains.some((domain) => domain.name === name)) ?? program;
  // The module exports each domain under its name, and has what the simulator asks of one.
  const subject = (await loadModule(owner))[name] as SimulatedDomain;
  return { subject, domains: domains.filter((domain) => domain.name === name), hasOthers: false };
}

function deviationLine(deviation: string, obstacle: string | null): string {
  return `${obstacle === null ? "Played, it does not come about like that" : "It cannot be played to its end"}: ${deviation}.`;
}

/** Says what a story may rest on that is otherwise where it is played. */
function reasonFor({ steps }: Story, { hasOthers }: Players): string {
  if (hasOthers) return "It was found against others that may send anything at any time: here they do what is written.";
  return waitsIn(steps).length > 0
    ? "The verifier lets what is due come due in any order: the finding may rest on one that the lengths of these times rule out."
    : "A story should come about as it is told: please report this with the program.";
}

function endOf({ repeatsFrom }: Story, { played, obstacle }: Performed): string {
  if (obstacle !== null)
    return "It never rests: the runtime slows the circle down, and from there what is due comes in another order.";
  if (repeatsFrom !== null) return "Three times round it goes on like that.";
  const last = played.at(-1);
  return `In the end ${last?.instances === undefined ? `it is ${last?.phase ?? "unborn"}` : standingIn(last.instances)}.`;
}

/** `Clerk/default is stuck, and Service/default is working`: of those who do not rest, where there are any. */
function standingIn(instances: Readonly<Record<string, Standing>>): string {
  const awake = Object.entries(instances).filter(([, standing]) => standing !== "resting");
  const rank = (standing: Standing) => ["waiting for room", "stuck"].indexOf(standing);
  const said = awake.sort(([, a], [, b]) => rank(b) - rank(a)).map(([name, standing]) => `${name} is ${standing}`);
  const last = said.pop();
  if (last === undefined) return "all are resting";
  return said.length === 0 ? last : `${said.join(", ")}, and ${last}`;
}

/** Of a longer timeline the middle is left out. */
const maxTimeline = 60;

function shortened(timeline: readonly Line[]): readonly Line[] {
  const [half, left] = [maxTimeline / 2, timeline.length - maxTimeline];
  if (left <= 0) return timeline;
  const gap = { at: timeline[half]?.at ?? 0, text: `… ${left.toLocaleString("en")} lines left out` };
  return [...timeline.slice(0, half), gap, ...timeline.slice(-half)];
}
