import type { Layout } from "./layout.js";
import type { Token } from "./token.js";

/** Words that a declaration inside a domain begins with. */
export const memberWords: ReadonlySet<string> = new Set([
  "state",
  "goal",
  "transition",
  "invariant",
  "effect",
  "on",
  "const",
  "type",
  "define",
]);

/** Words that a declaration beside the domains begins with. */
export const fileWords: ReadonlySet<string> = new Set(["domain", "system", "import", "const", "type"]);

/** A declaration in the token stream: `domain X {`, `goal X {`, `transition X {` or `state {`; `invariant X`, `effect X`, `on X`. */
export interface Anchor {
  readonly index: number;
  /** It has declarations in it. */
  readonly isDomain: boolean;
}

/** Finds the places at which declarations surely begin: where reading can go on after an error. */
export function findAnchors(tokens: readonly Token[], layout: Layout): Anchor[] {
  return tokens.flatMap((token, index) => {
    const canBegin = layout.beginsLine(index) || /^[{};,]?$/.test(tokens[index - 1]?.text ?? "");
    const isAnchor =
      (canBegin &&
        /^(invariant|effect|on|import|start|const|type|define)$/.test(token.text) &&
        isNamedOrOpen(tokens[index + 1])) ||
      isBlock(tokens, index, canBegin);
    return isAnchor ? [{ index, isDomain: token.text === "domain" || token.text === "system" }] : [];
  });
}

function isNamedOrOpen(token: Token | undefined): boolean {
  return token?.kind === "word" || token?.text === "{";
}

function isBlock(tokens: readonly Token[], index: number, canBegin: boolean): boolean {
  const text = tokens[index]?.text ?? "";
  const isStarted = tokens[index - 1]?.text === "start";
  const named = !isStarted && /^(domain|goal|transition|system)$/.test(text) && tokens[index + 1]?.kind === "word";
  const next = tokens[index + (named ? 2 : 1)]?.text;
  const brace = next === "{" || (text === "transition" && next === "(");
  return brace && (named || (text === "state" && canBegin));
}
