import { allTypes } from "./type.js";

/** What other languages call their decimals. */
const decimals = /^(?:float\d*|double|decimal|real|f\d+)$/i;

/** Types of other languages that Ved has not, and what stands for them. */
const wayOut: readonly { readonly types: RegExp; readonly note: string }[] = [
  {
    types: decimals,
    note: "Count in smaller parts, such as per mille: an int of 250 for 0.25.",
  },
  {
    types: /^(?:duration|time|date|timestamp|datetime|instant)$/i,
    note: "How long a condition has held is asked with `for`: `!up for 30s`.",
  },
  {
    types: /^(?:list|array|vec|set|map|dict|object|record|any|json)$/i,
    note: "Give each part a field of its own, or each thing an instance of a domain.",
  },
  { types: /^(?:enum)$/i, note: "A field with a few values is a union." },
];

/** Says in a sentence what types there are. */
export const typesNote = `The types are ${allTypes.map((type) => `\`${type}\``).join(", ")} and unions of strings such as \`"up" | "down"\`.`;

/** Says what types there are, and what stands for one that there is not. */
export function notesOnType(name: string): readonly string[] {
  const note = wayOut.find(({ types }) => types.test(name))?.note;
  return note === undefined ? [typesNote] : [typesNote, note];
}

/** Says whether another language calls its decimals so. */
export function isDecimalType(name: string): boolean {
  return decimals.test(name);
}
