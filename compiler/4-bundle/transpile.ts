import { ts } from "ts-morph";

const compilerOptions: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.ESNext,
  verbatimModuleSyntax: true,
  isolatedDeclarations: true,
  declaration: true,
  sourceMap: true,
};

/**
 * Turns a generated module into JavaScript, with the source map back to it. Types are not checked: the generator vouches for
 * them.
 */
export function toJavaScript(text: string): { readonly code: string; readonly map: string } {
  const { outputText, sourceMapText } = ts.transpileModule(text, { compilerOptions, fileName: "module.ts" });
  return { code: outputText.replace(/\/\/# sourceMappingURL=.*\s*$/, ""), map: sourceMapText ?? "" };
}

/** Makes the declarations of a generated module. */
export function toDeclarations(text: string): string {
  return ts.transpileDeclaration(text, { compilerOptions, fileName: "module.ts" }).outputText;
}
