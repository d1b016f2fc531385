import type { Span } from "./diagnostic.js";

/**
 * Gives what holds spans as it is once the text that it speaks of has moved. What holds no span stays the same object, as the rules
 * of the language do.
 * @param by how far everything moved, in UTF-16 code units
 */
export function moved<T>(value: T, by: number): T {
  // It has the shape of what it was given: only numbers in spans differ.
  return by === 0 ? value : (movedPart(value, by) as T);
}

function movedPart(value: unknown, by: number): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return movedList(value, by);
  return isSpan(value) ? { ...value, start: value.start + by, end: value.end + by } : movedObject(value, by);
}

function movedObject(value: object, by: number): object {
  // It is only read.
  const parts = value as Readonly<Record<string, unknown>>;
  const copy: Record<string, unknown> = {};
  let isMoved = false;
  for (const key of Object.keys(parts)) {
    const part = parts[key];
    const next = typeof part === "object" ? movedPart(part, by) : part;
    isMoved ||= next !== part;
    copy[key] = next;
  }
  return isMoved ? copy : value;
}

function movedList(list: readonly unknown[], by: number): readonly unknown[] {
  let isMoved = false;
  const next = list.map((part) => {
    const other = movedPart(part, by);
    isMoved ||= other !== part;
    return other;
  });
  return isMoved ? next : list;
}

function isSpan(value: object): value is Span {
  return "start" in value && typeof value.start === "number" && "end" in value && typeof value.end === "number";
}
