// How bytes lie in a file of the journal (format 1):
//
//     file  = frame*
//     frame = mark (4 bytes: F5 56 65 64) · length (u32) · checksum (u32) · payload (length bytes)
//
// Numbers are little-endian. The checksum is the CRC-32 (IEEE 802.3) of the payload. The payload is UTF-8 text, a line of
// JSON for each record, each line ended by a newline. F5 never occurs in UTF-8, so that frames can be found again behind a
// damaged place. A frame is written in one piece, and only after the one before it is on stable storage: a broken frame
// with a whole one behind it was damaged later, while one at the end may merely not have been written to its end.
//
// The first line of a file is its header, with the version of the format and the epoch. Then come a snapshot record for each
// instance, a line that says that the snapshot is complete, and what has been appended since. `store.ts` has the records.

const mark = [0xf5, 0x56, 0x65, 0x64] as const;
const headLength = 12;

const crcTable = Uint32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte;
  for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  return crc;
});

function checksum(bytes: Uint8Array): number {
  let crc = -1;
  // By index: for…of over bytes is several times slower. What is masked is in the table.
  for (let index = 0; index < bytes.length; index += 1)
    crc = (crcTable[(crc ^ (bytes[index] as number)) & 0xff] as number) ^ (crc >>> 8);
  return ~crc >>> 0;
}

// The runtime is compiled without the types of Node or of browsers; these exist in both.
declare const TextEncoder: new () => { encodeInto(text: string, into: Uint8Array): { readonly written: number } };
declare const TextDecoder: new () => { decode(bytes: Uint8Array): string };

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** Where frames are made; it grows with the longest. */
let room = new Uint8Array(65_536);

/** Makes a frame around some lines. It is good until the next one is made. */
export function frameOf(lines: string): Uint8Array {
  // A code unit of UTF-16 has at most three bytes in UTF-8.
  const maxBytes = headLength + lines.length * 3;
  if (room.length < maxBytes) room = new Uint8Array(maxBytes * 2);
  const { written } = encoder.encodeInto(lines, room.subarray(headLength));
  const view = new DataView(room.buffer);
  room.set(mark);
  view.setUint32(4, written, true);
  view.setUint32(8, checksum(room.subarray(headLength, headLength + written)), true);
  return room.subarray(0, headLength + written);
}

/** A whole frame that was found in a file. */
export interface Frame {
  readonly lines: readonly string[];
  /** The offset behind it, in bytes. */
  readonly end: number;
}

/** Finds the frame that begins at an offset (bytes); null where there is none, or not all of it. */
export function frameAt(bytes: Uint8Array, offset: number): Frame | null {
  if (offset + headLength > bytes.length || mark.some((byte, index) => bytes[offset + index] !== byte)) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset + offset);
  const end = offset + headLength + view.getUint32(4, true);
  if (end > bytes.length) return null;
  const payload = bytes.subarray(offset + headLength, end);
  if (checksum(payload) !== view.getUint32(8, true)) return null;
  return { lines: decoder.decode(payload).split("\n").slice(0, -1), end };
}

/** Says whether there is a whole frame anywhere behind an offset. */
export function hasFrameBehind(bytes: Uint8Array, offset: number): boolean {
  for (let at = bytes.indexOf(mark[0], offset + 1); at >= 0; at = bytes.indexOf(mark[0], at + 1)) {
    if (frameAt(bytes, at) !== null) return true;
  }
  return false;
}
