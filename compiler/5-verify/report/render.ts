import type { State } from "../../../runtime-lib/kernel/value.js";
import { assignments } from "../../../runtime-lib/words.js";
import { plain, renderPretty, type Style } from "../../diagnostics/pretty.js";
import { visible } from "../../diagnostics/visible.js";
import type { Report, Story, VerifyFinding } from "./report.js";
import { realitiesIn } from "./story.js";

/** More states or names than this are counted and not listed. */
const maxListed = 8;

/**
 * A report for a person: the verdict first, then what it rests on, then what the program should be asked about.
 * @param file what tells it apart, where another file has a report on what is called alike
 */
export function renderReport(report: Report, style: Style = plain, file: string | null = null): string {
  const { domain, verdict, summary, findings } = report;
  const colour = verdict === "refuted" ? style.error : verdict === "proved" ? style.fix : style.warning;
  const lines = [
    `${style.strong(visible(domain))}${visible(file === null ? "" : ` (${file})`)}${visible(beginningOf(report))}: ${colour(verdict)}: ${visible(summary)}.`,
    ...[extentLine(report), ...factsOf(report)].map((line) => `  ${visible(line)}`),
    "",
    ...findings.map((finding) => renderFinding(finding, style)),
  ];
  return `${lines.join("\n").trimEnd()}\n`;
}

/** Tells instances of a domain apart that begin with values of their own. */
function beginningOf({ startedWith }: Report): string {
  return startedWith === null ? "" : ` started with ${assignments(startedWith)}`;
}

function extentLine({ extent: { nodes, states, frontier }, reductions }: Report): string {
  const rest = frontier > 0 ? ` ${count(frontier, "more")} were found and not looked at.` : "";
  const done = reductions.map((reduction) => ` (${reduction})`).join("");
  return `Looked at ${count(nodes, "situation")} in ${count(states, "state")}${done}.${rest}`;
}

function factsOf(report: Report): string[] {
  if (report.verdict === "gave up") return widthLines(report);
  if (report.verdict === "refuted") return [];
  return [
    ...report.assumptions,
    ...restLines(report),
    ...effortLines(report),
    ...turnLines(report),
    ...orderLines(report),
    ...waitLines(report),
    ...outageLines(report),
  ];
}

/** Fields with no more values than this make nothing large. */
const fewValues = 3;

/** Says which fields are observed in many values: where a search is too large, these make it so. */
function widthLines({ inputs, extent: { frontier } }: Report): string[] {
  if (frontier === 0) return [];
  const wide = Object.entries(inputs)
    .map(([field, values]) => ({ field, size: values.length }))
    .filter(({ size }) => size > fewValues)
    .sort((a, b) => b.size - a.size);
  if (wide.length === 0) return [];
  const named = wide.slice(0, maxListed).map(({ field, size }) => `${field} (${size.toLocaleString("en")})`);
  return [`Observed in most values: ${named.join(", ")}. A range or a union that has fewer takes less.`];
}

function restLines({ rests }: Report): string[] {
  if (rests.length === 0) return [];
  return ["It may rest in", ...rests.flatMap(({ realities, states }) => restOf(realities, states))];
}

/** Of a system the realities of its instances, and how many states there are: they have the fields of all of them. */
function restOf(realities: Readonly<Record<string, string>>, states: readonly State[]): string[] {
  const isSystem = Object.keys(realities).some((name) => name.includes("/"));
  return isSystem
    ? [`  ${entriesOf(realities)} (${count(states.length, "state")})`]
    : stateLines(`${realitiesIn(realities)}: `, states);
}

function entriesOf(realities: Readonly<Record<string, string>>): string {
  return Object.entries(realities)
    .map(([goal, reality]) => `${goal} ${reality}`)
    .join(", ");
}

/** States below each other, behind what they have in common. */
function stateLines(head: string, states: readonly State[]): string[] {
  const shown = states
    .slice(0, maxListed)
    .map((state, index) => `  ${index === 0 ? head : " ".repeat(head.length)}${assignments(state)}`);
  return states.length > maxListed
    ? [...shown, `  ${" ".repeat(head.length)}and ${count(states.length - maxListed, "more state")}`]
    : shown;
}

function effortLines({ effort }: Report): string[] {
  if (effort === null || effort.commits === 0) return [];
  const { effects, chain, commits } = effort;
  if (effects === 0) return [`A recovery takes at most ${count(commits, "commit")} and no effect.`];
  const inRow = chain === null || effects === 1 ? "" : `, at most ${chain} of them one after the other`;
  return [`A recovery takes at most ${count(effects, "effect")}${inRow}.`];
}

function turnLines({ turns }: Report): string[] {
  if (turns === null) return [];
  const led =
    turns.length === 0
      ? ""
      : `: ${turns.join(", ")} ${turns.length === 1 ? "leads" : "lead"} out of what would go round otherwise`;
  return [`It comes to rest because every enabled transition gets its turn${led}.`];
}

function orderLines({ independent, waitsFor }: Report): string[] {
  const pairs = independent.slice(0, maxListed).map(([a, b]) => `${a} and ${b}`);
  const more = independent.length - pairs.length;
  const others = more > 0 ? ` and ${count(more, "more pair")}` : "";
  const waits = waitsFor
    .slice(0, 2 * maxListed)
    .map(({ transition, other, reasons }) => `${transition} waits for ${other}, which ${reasons.join(" and ")}.`);
  const left = waitsFor.length - waits.length;
  return [
    ...(pairs.length > 0 ? [`Independent of each other: ${pairs.join("; ")}${others}.`] : []),
    ...waits,
    ...(left > 0 ? [`${count(left, "more pair")} of transitions wait for each other.`] : []),
  ];
}

/** One line for each set of effects: the nearest state, and how many there are. */
function waitLines({ waits }: Report): string[] {
  const groups = new Map<string, Report["waits"][number][]>();
  for (const wait of waits) groups.set(wait.effects.join(), [...(groups.get(wait.effects.join()) ?? []), wait]);
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const more = group.length > 1 ? ` (and in ${count(group.length - 1, "more state")})` : "";
    const { state, effects, fields, messages } = first;
    const news = [
      ...(fields.length > 0 ? [`${fields.join(" or ")} changes`] : []),
      ...messages.map((message) => `${message} is sent`),
    ];
    return [
      `It waits for the world with ${assignments(state)}${more}: it emits ${effects.join(", ")} now and then until ${news.join(" or ")}.`,
    ];
  });
}

function outageLines({ outages }: Report): string[] {
  return outages.flatMap(({ effect, hangs, works }) => {
    const still = works.length > 0 ? `still carries out ${works.join(", ")}` : "carries out nothing else";
    if (hangs.length === 0) return [`With ${effect} down for ever it ${still}.`];
    return [`With ${effect} down for ever it ${still}, and hangs at`, ...stateLines("", hangs)];
  });
}

/** A finding with the story that shows it. */
export function renderFinding({ diagnostic, story }: VerifyFinding, style: Style = plain): string {
  const shown = renderPretty(diagnostic, style);
  return story === null ? shown : [shown.trimEnd(), ...storyLines(story).map((line) => `  ${visible(line)}`), ""].join("\n");
}

function storyLines({ steps, repeatsFrom, end, mailbox }: Story): string[] {
  const width = String(steps.length).length;
  const lines = steps.flatMap(({ text, consequences }, index) => [
    `${String(index + 1).padStart(width)}. ${text}`,
    ...consequences.map((said) => `${" ".repeat(width)}     ${said.text}${said.line === null ? "" : ` (line ${said.line})`}`),
  ]);
  const repeats = repeatsFrom === null ? [] : [repeatLine(repeatsFrom + 1, steps.length)];
  const room = mailbox === null ? [] : [`With mailboxes of ${count(mailbox, "message")}:`];
  return [...room, ...lines, ...repeats, ...(end.length > 0 ? ["There it stays:", ...end.map((line) => `  ${line}`)] : [])];
}

function repeatLine(first: number, last: number): string {
  return first === last ? `Step ${first} repeats for ever.` : `Steps ${first} to ${last} repeat for ever.`;
}

function count(number: number, noun: string): string {
  const plural = noun === "more" ? noun : `${noun}${number === 1 ? "" : "s"}`;
  return `${number.toLocaleString("en")} ${plural}`;
}
