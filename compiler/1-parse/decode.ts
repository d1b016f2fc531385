import { type Diagnostic, Findings, type Source } from "../diagnostics/diagnostic.js";

/** Decodes the bytes of a file. Gives its text, and the finding that it is not UTF-8 if so. */
export function decode(
  path: string,
  bytes: Uint8Array,
): { readonly source: Source; readonly diagnostics: readonly Diagnostic[] } {
  const source: Source = { path, text: new TextDecoder().decode(bytes) };
  const offset = firstInvalid(bytes);
  if (offset === null) return { source, diagnostics: [] };
  const findings = new Findings(source);
  const start = new TextDecoder().decode(bytes.subarray(0, offset)).length;
  findings.report("VED1015", { start, end: start + 1 }, { offset: String(offset) });
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
