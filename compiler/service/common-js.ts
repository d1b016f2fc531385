/**
 * Says whether an error means that Node takes a module for CommonJS, as it does where the nearest package.json does not say
 * otherwise.
 */
export function takesForCommonJs(error: unknown): boolean {
  return error instanceof SyntaxError && /Unexpected token 'export'|Cannot use import statement/.test(error.message);
}

/** What to do about that. */
export const asModules = 'put `"type": "module"` into the package.json of its folder, or of one above';
