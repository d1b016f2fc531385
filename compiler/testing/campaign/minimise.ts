/** So many tokens are left out at once, the most first. */
const sizes = [60, 40, 25, 15, 10, 8, 6, 5, 4, 3, 2, 1];

const token = /"[^"]*"|@?\w+|[=!<>+-]=|&&|\|\||::|\S/g;

/** Leaves tokens out of a text as long as something is true of it (delta debugging), until a time. @param until in ms since 1970 */
export async function minimised(text: string, isSo: (text: string) => Promise<boolean>, until: number): Promise<string> {
  let tokens: readonly string[] = text.match(token) ?? [];
  if (!(await isSo(tokens.join(" ")))) return text;
  for (let length = -1; length !== tokens.length; ) {
    length = tokens.length;
    for (const size of sizes) {
      for (let start = 0; start + size <= tokens.length; ) {
        if (Date.now() > until) return tokens.join(" ");
        const fewer = [...tokens.slice(0, start), ...tokens.slice(start + size)];
        if (isBalanced(tokens.slice(start, start + size)) && (await isSo(fewer.join(" ")))) tokens = fewer;
        else start += 1;
      }
    }
  }
  return tokens.join(" ");
}

function isBalanced(tokens: readonly string[]): boolean {
  const open: string[] = [];
  for (const token of tokens) {
    if ("({[".includes(token)) open.push(token);
    else if (")}]".includes(token) && open.pop() === undefined) return false;
  }
  return open.length === 0;
}
