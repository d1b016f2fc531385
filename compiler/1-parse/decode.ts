import { type Diagnostic, Findings, type Source } from "../diagnostics/diagnostic.js";

/**
 * Decodes the bytes of a file. Gives its text, and the finding that it is not UTF-8 if so; then the text is only there to show the
 * place, and is not to be read.
 */
export function decode(
  path: string,
  bytes: Uint8Array,
): { readonly source: Source; readonly diagnostics: readonly Diagnostic[] } {
  const text = new TextDecoder().decode(bytes);
  const offset = firstInvalid(bytes) ?? firstOfBinary(bytes);
  if (offset === null) return { source: { path, text }, diagnostics: [] };
  const source: Source = { path, text, isUnreadable: true };
  const findings = new Findings(source);
  const start = new TextDecoder().decode(bytes.subarray(0, offset)).length;
  const notes = isUtf16(bytes)
    ? ["It looks like UTF-16: save it as UTF-8."]
    : isBinary(bytes)
      ? ["It does not look like text at all."]
      : [];
  findings.report("VED1015", { start, end: start + 1 }, { offset: String(offset) }, { notes });
  return { source, diagnostics: findings.all() };
}

/** Gives the offset of the first byte at which the text stops being UTF-8, or null. */
function firstInvalid(bytes: Uint8Array): number | null {
  if (isUtf8(bytes)) return null;
  const decoder = new TextDecoder("utf-8", { fatal: true });
  for (let offset = 0; offset < bytes.length; offset += 1) {
    try {
      decoder.decode(bytes.subarray(offset, offset + 1), { stream: true });
    } catch {
      return offset;
    }
  }
  return bytes.length;
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}

/** Of what begins so many bytes, this part may be controls before it is no text: one that came along is told by its name. */
const looked = 8000;
const mostControls = 0.1;

/** Gives the offset of the first control of what is UTF-8 by chance, as most of UTF-16 and some of binary data is; null: it is text. */
function firstOfBinary(bytes: Uint8Array): number | null {
  return isBinary(bytes) ? bytes.findIndex(isControl) : null;
}

function isBinary(bytes: Uint8Array): boolean {
  const head = bytes.subarray(0, looked);
  const controls = head.filter(isControl).length;
  return controls > 1 && controls > head.length * mostControls;
}

function isControl(byte: number): boolean {
  return byte < 0x09 || (byte > 0x0d && byte < 0x20) || byte === 0x7f;
}

/** Says whether bytes begin as UTF-16 does: with its mark, or with every other byte NUL, and hardly one between them. */
function isUtf16(bytes: Uint8Array): boolean {
  const [first, second] = bytes;
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) return true;
  const head = bytes.subarray(0, looked);
  const zeros = (parity: number) => head.filter((byte, index) => index % 2 === parity && byte === 0).length;
  const [even, odd] = [zeros(0), zeros(1)];
  return Math.max(even, odd) > head.length * 0.4 && Math.min(even, odd) < head.length * 0.05;
}
