import process from "node:process";
import { type Visit, visit } from "../../runtime-lib/journal/file/visit.js";
import { historyOf, realitiesOf } from "../../runtime-lib/journal/history.js";
import type { Image, KeptActivation } from "../../runtime-lib/journal/image.js";
import { imageName, type Kept } from "../../runtime-lib/journal/images.js";
import { keyOf } from "../../runtime-lib/kernel/instance.js";
import { assignments, call, messageText } from "../../runtime-lib/words.js";
import type { Style } from "../diagnostics/pretty.js";
import { visible, visibleJson } from "../diagnostics/visible.js";
import { exitCode, UsageError } from "./exit.js";
import { count } from "./report.js";
import { fail } from "./sources.js";
import { styleFor } from "./terminal.js";

/** The options of `vedc inspect`. */
export interface InspectOptions {
  readonly key?: string;
  readonly history?: boolean;
  readonly json?: boolean;
}

/** So many instances are listed; more are only counted. */
const maxShown = 50;

/** Runs `vedc inspect`: shows what a journal holds, and where it is damaged. Changes nothing. Gives the exit code. */
export async function inspect(folder: string, options: InspectOptions): Promise<number> {
  const found = await visit(folder).catch((error: unknown) => fail("read", folder, error));
  const { key } = options;
  const images = [...found.images].filter(([name, own]) => key === undefined || name === key || own.key === key);
  if (key !== undefined && images.length === 0) throw new UsageError(`There is no instance ${key} in ${folder}.`);
  if (options.json === true) printJson(found, images, options);
  else {
    printHead(found);
    if (options.history === true) printHistory(found, new Set(images.map(([name]) => name)), key === undefined);
    else
      printInstances(
        found,
        images.map(([, kept]) => kept),
      );
  }
  const { damage } = found;
  if (damage === null) return exitCode.ok;
  process.stderr.write(
    `${visible(`${folder}/${damage.file}`)} is damaged at byte ${damage.offset}: ${damage.reason}. What is shown is what comes before.\n`,
  );
  return exitCode.findings;
}

function printHead({ folder, file, length, epoch, torn, isOpen, images }: Visit): void {
  const style = styleFor(process.stdout);
  const state = isOpen ? "a host has it open" : "no host has it open";
  const facts = [`${(length / 1000).toFixed(1)} kB`, `epoch ${epoch}`, state];
  if (torn > 0) facts.push(`the last ${count(torn, "byte")} are not a whole write: one is under way, or was cut off`);
  write(style.frame(visible(`${folder}/${file}: ${facts.join(", ")}`)));
  const byPhase = new Map<string, number>();
  for (const { image } of images.values()) {
    const rest = image.phase === "resting" ? `resting${inRealities(image)}` : (image.phase ?? "working");
    byPhase.set(rest, (byPhase.get(rest) ?? 0) + 1);
  }
  const counted = [...byPhase].map(([phase, instances]) => `${instances} ${phase}`).join(", ");
  const domains = domainsIn(images).map((domain) => style.strong(visible(domain)));
  write(
    `${count(images.size, "instance")}${domains.length === 0 ? "" : ` of ${domains.join(", ")}`}${counted === "" ? "" : `: ${visible(counted)}`}\n`,
  );
}

function inRealities(image: Image): string {
  const realities = realitiesOf(image);
  return realities === "" ? "" : ` in ${realities}`;
}

function domainsIn(images: Visit["images"]): string[] {
  return [...new Set([...images.values()].map(({ domain }) => domain))];
}

/** Says what an instance is called: its key where there is one domain only. */
function shownName({ images }: Visit, domain: string, key: string): string {
  return visible(domainsIn(images).length > 1 ? imageName(domain, key) : key);
}

function printInstances(found: Visit, images: readonly Kept[]): void {
  const style = styleFor(process.stdout);
  // What needs attention comes first.
  const ordered = [...images].sort((a, b) => Number(a.image.phase === "resting") - Number(b.image.phase === "resting"));
  const shown = ordered.slice(0, maxShown);
  const width = Math.max(0, ...shown.map(({ domain, key }) => shownName(found, domain, key).length));
  for (const { domain, key, image } of shown) {
    const phase =
      image.phase === "resting" ? style.fix(`resting${visible(inRealities(image))}`) : style.warning(image.phase ?? "working");
    write(`  ${style.strong(shownName(found, domain, key).padEnd(width))}  ${phase}  ${visible(assignments(image.state))}`);
    for (const activation of image.activations ?? []) printActivation(found, imageName(domain, key), activation, style);
    if (image.inbox !== undefined && image.inbox.length > 0) write(`    ${count(image.inbox.length, "message")} in its mailbox`);
    for (const { to, name, args } of image.outgoing ?? []) {
      const receiver = to === null ? "all who listen" : imageName(to.domain, to.key);
      write(`    ${visible(`${messageText({ message: name, args })} on its way to ${receiver}`)}`);
    }
    for (const { activation, intent, happened, by } of image.settlements ?? []) {
      const id = keyOf(domain, key, found.epoch, activation, intent);
      const said = `settled by ${by}, from the next start on: ${id} ${happened ? "happened" : "did not happen"}`;
      write(`    ${visible(said)}`);
    }
  }
  const more = images.length - shown.length;
  if (more > 0) write(`  … and ${more} more: --key shows one, --json all`);
}

function printActivation({ epoch }: Visit, instance: string, activation: KeptActivation, style: Style): void {
  const { transition, number, intents, next = 0, attempt = 1, mode = "in flight", unsure = false, dueAt = null } = activation;
  const intent = intents[next];
  const facts = [`attempt ${attempt}`, mode];
  if (dueAt !== null) facts.push(`next try ${time(dueAt)}`);
  if (unsure) facts.push("may have happened");
  write(`    ${visible(`${transition}  ${intent === undefined ? "" : call(intent)}`)}  ${facts.join(", ")}`);
  write(`      ${style.frame(visible(`key ${instance}/${epoch}/${number}/${next}`))}`);
}

function printHistory(found: Visit, names: ReadonlySet<string>, showsNames: boolean): void {
  const style = styleFor(process.stdout);
  const isOne = domainsIn(found.images).length === 1;
  for (const { at, instance, text } of historyOf(found.records)) {
    if (!names.has(instance)) continue;
    const name = isOne ? instance.slice(instance.indexOf("/") + 1) : instance;
    write(`  ${style.frame(time(at))}  ${showsNames ? `${style.strong(visible(name))}  ` : ""}${visible(text)}`);
  }
}

function printJson(found: Visit, images: readonly (readonly [string, Kept])[], { history }: InspectOptions): void {
  const { folder, file, length, epoch, torn, damage, isOpen } = found;
  const instances = images.map(([, { domain, key, image }]) => ({
    domain,
    key,
    ...image,
    activations: (image.activations ?? []).map((activation) => ({
      ...activation,
      key: keyOf(domain, key, epoch, activation.number, activation.next ?? 0),
    })),
  }));
  const names = new Set(images.map(([name]) => name));
  const events = historyOf(found.records).filter(({ instance }) => names.has(instance));
  const all = {
    version: 1,
    folder,
    file,
    length,
    epoch,
    torn,
    damage,
    isOpen,
    domains: domainsIn(found.images),
    instances,
    ...(history ? { history: events } : {}),
  };
  write(visibleJson(all, 2));
}

function time(at: number): string {
  return new Date(at).toISOString().replace("T", " ");
}

function write(line: string): void {
  process.stdout.write(`${line}\n`);
}
