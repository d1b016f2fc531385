import { createRegistry } from "vscode-tmgrammar-test/dist/common/index.js";

/** Where the grammar lies that editors load. */
export const grammarPath = "editors/vscode/syntaxes/ved.tmLanguage.json";

/** A source as an editor sees it. */
export interface Tokenized {
  /** The scopes of the character at each offset, joined by blanks. */
  readonly scopes: readonly string[];
  /** The scopes in which the last line ends: only `source.ved` where no region is left open. */
  readonly open: readonly string[];
}

/** Gives what cuts sources into tokens by the TextMate grammar, as an editor does: line by line. */
export async function tokenizer(): Promise<(text: string) => Tokenized> {
  const file = { path: grammarPath, scopeName: "source.ved", injectTo: [], language: "ved" };
  const grammar = await createRegistry([file]).loadGrammar("source.ved");
  if (grammar === null) throw new Error(`${grammarPath} is no grammar`);
  return (text) => {
    const scopes: string[] = [];
    let state: Parameters<typeof grammar.tokenizeLine>[1] = null;
    for (const line of text.split("\n")) {
      const { tokens, ruleStack } = grammar.tokenizeLine(line, state);
      state = ruleStack;
      for (const { startIndex, endIndex, scopes: found } of tokens) {
        for (let at = startIndex; at < Math.min(endIndex, line.length); at += 1) scopes.push(found.join(" "));
      }
      scopes.push("");
    }
    return { scopes, open: grammar.tokenizeLine("", state).tokens[0]?.scopes ?? [] };
  };
}
