import process from "node:process";
import { type Visit, visit } from "../../runtime-lib/journal/file/visit.js";
import type { Image, KeptActivation } from "../../runtime-lib/journal/image.js";
import { keyOf } from "../../runtime-lib/kernel/instance.js";
import { assignments, call } from "../../runtime-lib/words.js";
import type { Style } from "../diagnostics/pretty.js";
import { exitCode, UsageError } from "./exit.js";
import { historyOf, realitiesOf } from "./history.js";
import { count } from "./report.js";
import { fail } from "./sources.js";
import { styleFor } from "./terminal.js";

export interface InspectOptions {
  readonly key?: string;
  readonly history?: boolean;
  readonly json?: boolean;
}

/** So many instances are listed; more are only counted. */
const mostShown = 50;

/** `vedc inspect`: shows what a journal holds, and where it is damaged. Changes nothing. Gives the exit code. */
export async function inspect(folder: string, options: InspectOptions): Promise<number> {
  const found = await visit(folder).catch((error: unknown) => fail("read", folder, error));
  const { key } = options;
  if (key !== undefined && !found.images.has(key)) throw new UsageError(`There is no instance ${key} in ${folder}.`);
  const images = [...found.images].filter(([own]) => key === undefined || own === key);
  if (options.json === true) printJson(found, images, options);
  else {
    printHead(found);
    if (options.history === true) printHistory(found, key);
    else printInstances(found, images);
  }
  const { damage } = found;
  if (damage === null) return exitCode.ok;
  process.stderr.write(
    `${folder}/${damage.file} is damaged at byte ${damage.offset}: ${damage.reason}. What is shown is what comes before.\n`,
  );
  return exitCode.findings;
}

function printHead({ folder, file, length, epoch, torn, isOpen, images, domain }: Visit): void {
  const style = styleFor(process.stdout);
  const state = isOpen ? "a host has it open" : "no host has it open";
  const facts = [`${(length / 1000).toFixed(1)} kB`, `epoch ${epoch}`, state];
  if (torn > 0) facts.push(`the last ${count(torn, "byte")} are not a whole write: one is under way, or was cut off`);
  write(style.frame(`${folder}/${file}: ${facts.join(", ")}`));
  const byPhase = new Map<string, number>();
  for (const image of images.values()) {
    const rest = image.phase === "resting" ? `resting in ${realitiesOf(image)}` : (image.phase ?? "working");
    byPhase.set(rest, (byPhase.get(rest) ?? 0) + 1);
  }
  const counted = [...byPhase].map(([phase, instances]) => `${instances} ${phase}`).join(", ");
  write(
    `${count(images.size, "instance")}${domain === "" ? "" : ` of ${style.strong(domain)}`}${counted === "" ? "" : `: ${counted}`}\n`,
  );
}

function printInstances(found: Visit, images: readonly (readonly [string, Image])[]): void {
  const style = styleFor(process.stdout);
  // What needs attention comes first.
  const ordered = [...images].sort(([, a], [, b]) => Number(a.phase === "resting") - Number(b.phase === "resting"));
  const shown = ordered.slice(0, mostShown);
  const width = Math.max(0, ...shown.map(([key]) => key.length));
  for (const [key, image] of shown) {
    const phase =
      image.phase === "resting" ? style.fix(`resting in ${realitiesOf(image)}`) : style.warning(image.phase ?? "working");
    write(`  ${style.strong(key.padEnd(width))}  ${phase}  ${assignments(image.state)}`);
    for (const activation of image.activations ?? []) printActivation(found, key, activation, style);
    for (const { activation, intent, happened, by } of image.settlements ?? []) {
      const id = keyOf(found.domain, key, found.epoch, activation, intent);
      write(`    settled by ${by}, from the next start on: ${id} ${happened ? "happened" : "did not happen"}`);
    }
  }
  const more = images.length - shown.length;
  if (more > 0) write(`  … and ${more} more: --key shows one, --json all`);
}

function printActivation({ domain, epoch }: Visit, instance: string, activation: KeptActivation, style: Style): void {
  const { transition, number, intents, next = 0, attempt = 1, mode = "in flight", unsure = false, dueAt = null } = activation;
  const intent = intents[next];
  const facts = [`attempt ${attempt}`, mode];
  if (dueAt !== null) facts.push(`next try ${time(dueAt)}`);
  if (unsure) facts.push("may have happened");
  write(`    ${transition}  ${intent === undefined ? "" : call(intent)}  ${facts.join(", ")}`);
  write(`      ${style.frame(`key ${keyOf(domain, instance, epoch, number, next)}`)}`);
}

function printHistory({ records }: Visit, key: string | undefined): void {
  const style = styleFor(process.stdout);
  for (const { at, instance, text } of historyOf(records)) {
    if (key !== undefined && instance !== key) continue;
    write(`  ${style.frame(time(at))}  ${key === undefined ? `${style.strong(instance)}  ` : ""}${text}`);
  }
}

function printJson(found: Visit, images: readonly (readonly [string, Image])[], { key, history }: InspectOptions): void {
  const { folder, file, length, epoch, torn, damage, isOpen, domain } = found;
  const instances = images.map(([own, image]) => ({
    key: own,
    ...image,
    activations: (image.activations ?? []).map((activation) => ({
      ...activation,
      key: keyOf(domain, own, epoch, activation.number, activation.next ?? 0),
    })),
  }));
  const told = historyOf(found.records).filter(({ instance }) => key === undefined || instance === key);
  const all = {
    version: 1,
    folder,
    file,
    length,
    epoch,
    torn,
    damage,
    isOpen,
    domain,
    instances,
    ...(history ? { history: told } : {}),
  };
  write(JSON.stringify(all, null, 2));
}

function time(at: number): string {
  return new Date(at).toISOString().replace("T", " ");
}

function write(line: string): void {
  process.stdout.write(`${line}\n`);
}
