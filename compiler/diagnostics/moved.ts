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
  if (isSpan(value)) return { ...value, start: value.start + by, end: value.end + by };
  let copy: Record<string, unknown> | null = null;
  for (const [key, part] of Object.entries(value)) {
    const next = movedPart(part, by);
    if (next === part) continue;
    copy ??= { ...value };
    copy[key] = next;
  }
  return copy ?? value;
}

function movedList(list: readonly unknown[], by: number): readonly unknown[] {
  const next = list.map((part) => movedPart(part, by));
  return next.some((part, index) => part !== list[index]) ? next : list;
}

function isSpan(value: object): value is Span {
  return "start" in value && typeof value.start === "number" && "end" in value && typeof value.end === "number";
}
