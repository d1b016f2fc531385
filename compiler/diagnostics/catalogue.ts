import { catalogue } from "./generated/catalogue.js";

// Generated from pages/, one Markdown page for each code.
export { catalogue };

/** A diagnostic's stable code. */
export type Code = keyof typeof catalogue;

type Placeholders<T extends string> = T extends `${string}{${infer P}}${infer Rest}` ? P | Placeholders<Rest> : never;

/** The names of the placeholders in a code's message. */
export type PlaceholderOf<C extends Code> = Placeholders<(typeof catalogue)[C]["message"]>;

/** Says whether the catalogue has this code. */
export function isCode(text: string): text is Code {
  return Object.hasOwn(catalogue, text);
}

/** Gives the code that somebody means who may have typed it in small letters, or the number alone; null: there is none. */
export function codeMeant(text: string): Code | null {
  const code = text.toUpperCase().replace(/^(?=\d)/, "VED");
  return isCode(code) ? code : null;
}
