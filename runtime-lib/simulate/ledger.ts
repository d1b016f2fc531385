import type { Image } from "../journal/image.js";
import { imageName } from "../journal/images.js";
import type { JournalRecord } from "../journal/store.js";
import type { MessageInput } from "../kernel/event.js";
import type { Envelope, Received } from "../kernel/instance.js";
import { isSame } from "./same.js";
import { Violation } from "./violation.js";

/** The ledger of messages: each message that was sent is taken once, by whom it is for, in order. */
export class Ledger {
  /** What was sent and not taken, by who has sent it and its number. */
  readonly #underWay = new Map<string, Envelope>();
  /** The number of the latest message that was taken, by who has sent it, who has taken it, and its priority. */
  readonly #latest = new Map<string, number>();

  /** Enters a record, with the image that it leads to. @throws Violation where it breaks a promise */
  enter(record: JournalRecord, image: Image): void {
    const { domain, key, changes, input } = record;
    const name = imageName(domain, key);
    if (input.type === "message" && input.from !== null) this.#take(name, record, input, image);
    for (const envelope of changes.outgoing ?? []) this.#underWay.set(`${name}#${envelope.number}`, envelope);
  }

  #take(name: string, { taken, changes }: JournalRecord, input: MessageInput, { inbox = [] }: Image): void {
    const { from, name: message, args, isHigh } = input;
    // What an instance sends itself is over in its own record.
    const number = taken?.number ?? changes.delivered?.[0] ?? 0;
    const envelope = this.#underWay.get(`${from}#${number}`);
    if (envelope === undefined)
      throw new Violation(`${name} took ${message} of ${from}, which had not sent it, or has it taken twice`);
    this.#underWay.delete(`${from}#${number}`);
    const isMeant = envelope.to !== null && imageName(envelope.to.domain, envelope.to.key) === name;
    if (!isMeant || envelope.name !== message || !isSame(envelope.args, args))
      throw new Violation(`${name} took ${message} of ${from}, and something else was sent`);
    const way = `${from}>${name}/${isHigh}`;
    if ((this.#latest.get(way) ?? 0) > number) throw new Violation(`${message} of ${from} overtook a message to ${name}`);
    this.#latest.set(way, number);
    this.#checkTurn(name, input, inbox);
  }

  /** Checks that what is run at once does not overtake what waits. */
  #checkTurn(name: string, { from, isHigh, name: message }: MessageInput, inbox: readonly Received[]): void {
    const waiting = inbox.filter((other) => other.from === from && other.isHigh === isHigh);
    const last = waiting.at(-1);
    if (last !== undefined && last.name !== message)
      throw new Violation(`${message} of ${from} overtook ${last.name} in the mailbox of ${name}`);
  }
}
