import type { Plugin } from "rollup";
import type { Program } from "../2-check/program.js";
import { bodiesOf, statementsIn } from "../2-check/traverse.js";

// Functions stay functions: pasted into their callers they save a hundred bytes, and what comes out is too large for V8 to
// optimise well (a fifth slower).
const compression = { passes: 2, inline: 1, reduce_funcs: false, lhs_constants: false } as const;

/** An `if` with more branches than this would take minutes: it is made an expression, and that is looked through again and again. */
const maxBranches = 32;

/** Says whether a program chooses between so many branches that the choice has to stay one. */
export function hasLongChoice({ domains }: Program): boolean {
  const all = domains.flatMap(bodiesOf).flatMap(({ statements }) => statementsIn(statements));
  return all.some((statement) => statement.kind === "if" && statement.branches.length > maxBranches);
}

/**
 * Makes scripts as small as possible. Loads terser for it.
 * @param keepsChoices says of a script, by its name, whether what is chosen by an `if` is still chosen by one
 */
export async function minifier(keepsChoices: (name: string) => boolean): Promise<Plugin> {
  const { minify } = await import("terser");
  const options = { module: true, ecma: 2020, sourceMap: true } as const;
  return {
    name: "terser",
    async renderChunk(code, { name }) {
      const keeps = keepsChoices(name);
      const compress = { ...compression, conditionals: !keeps, if_return: !keeps };
      const { code: minified = "", map } = await minify(code, { ...options, compress }).catch((error: unknown) => {
        // A chain of thousands is more than it can compress: it walks what it has flattened by recursion.
        if (error instanceof RangeError) return minify(code, { ...options, compress: false });
        throw error;
      });
      return { code: minified, map: typeof map === "string" ? map : null };
    },
  };
}
