import type { Disk } from "./disk.js";
import { frameAt, hasFrameBehind } from "./frame.js";
import type { JournalRecord } from "./store.js";

/** The version of the format that is written, and the only one that is read. */
const format = 1;

/** The first line of a file. */
interface Header {
  readonly format: number;
  /** Drawn when the journal was created. */
  readonly epoch: string;
}

/** Reads the first line of a file. */
export function firstLine(epoch: string): string {
  return `${JSON.stringify({ format, epoch } satisfies Header)}\n`;
}

/** The line that ends the snapshot with which a file begins. */
export const lastLine = '{"snapshot":"complete"}\n';

/** A place where a file is damaged. */
export interface Damage {
  readonly file: string;
  /** In bytes. */
  readonly offset: number;
  readonly reason: string;
}

/** Names the n-th file. The latest one is the journal; the one before it is kept for its history. */
export function nameOf(number: number): string {
  return `journal-${number}`;
}

/** Gives the numbers of the files in a folder, ascending. */
export function numbersIn(names: readonly string[]): number[] {
  return names
    .flatMap((name) => /^journal-(\d+)$/.exec(name)?.[1] ?? [])
    .map(Number)
    .sort((a, b) => a - b);
}

/** What a file holds. */
export interface Content {
  readonly header: Header | null;
  /** Where its snapshot ends, in bytes. */
  readonly snapshot: number;
  /** Where its last whole frame ends, in bytes; what follows was not written to its end. */
  readonly end: number;
  /** All of it. */
  readonly bytes: Uint8Array;
  readonly damage: Damage | null;
}

/** Reads a file of the journal up to its end, or to where it is damaged. */
export async function readFile(disk: Pick<Disk, "read">, file: string, take: (record: JournalRecord) => void): Promise<Content> {
  const bytes = await disk.read(file);
  let header: Header | null = null;
  let [end, snapshot] = [0, 0];
  for (let frame = frameAt(bytes, 0); frame !== null; frame = frameAt(bytes, end)) {
    for (const line of frame.lines) {
      // What has passed its checksum is what was written here: first the header, then records.
      const value: unknown = JSON.parse(line);
      if (header === null) header = value as Header;
      else if (snapshot === 0 && `${line}\n` === lastLine) snapshot = frame.end;
      else take(value as JournalRecord);
      if (header.format !== format)
        return { header, snapshot, end, bytes, damage: { file, offset: 0, reason: wrongFormat(header) } };
    }
    end = frame.end;
  }
  const isDamaged = snapshot === 0 || hasFrameBehind(bytes, end);
  const damage = isDamaged ? { file, offset: end, reason: "what is written there does not match its checksum" } : null;
  return { header, snapshot, end, bytes, damage };
}

function wrongFormat({ format: found }: Header): string {
  return `its format is ${found}, and this program reads format ${format}`;
}
