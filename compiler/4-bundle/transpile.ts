import { ts } from "ts-morph";

const compilerOptions: ts.CompilerOptions = {
  // What is generated is ES2022, and is not looked through for what would have to be made older.
  target: ts.ScriptTarget.ESNext,
  module: ts.ModuleKind.ESNext,
  verbatimModuleSyntax: true,
  isolatedDeclarations: true,
  declaration: true,
  sourceMap: true,
};

/** What becomes of a generated module. */
export interface Transpiled {
  /** JavaScript. */
  readonly code: string;
  /** The source map from it back to the module. */
  readonly map: string;
  /** TypeScript declarations. */
  readonly declarations: string;
}

/** Turns a generated module into JavaScript. Types are not checked: the generator vouches for them. */
export function toJavaScript(text: string): string {
  return withoutMapUrl(ts.transpileModule(text, { compilerOptions, fileName: moduleName }).outputText);
}

/**
 * Turns generated modules into JavaScript and declarations, each by itself. One compilation does it for all of them: what it takes to
 * begin one is more than what a module takes.
 */
export function transpile(texts: readonly string[]): Transpiled[] {
  const sources = new Map(texts.map((text, index) => [pathOf(index), parsed(pathOf(index), text)]));
  const outputs = new Map<string, string>();
  const options = { ...compilerOptions, isolatedModules: true, noCheck: true, noLib: true, noResolve: true };
  ts.createProgram([...sources.keys()], options, hostOf(sources, outputs)).emit();
  return texts.map((_, index) => {
    const output = (extension: string) => outputs.get(pathOf(index).replace(/\.ts$/, extension)) ?? "";
    return { code: withoutMapUrl(output(".js")), map: output(".js.map"), declarations: output(".d.ts") };
  });
}

/** What a module is called while it is compiled; maps say so. */
const moduleName = "module.ts";

function pathOf(index: number): string {
  return `/${index}/${moduleName}`;
}

function parsed(path: string, text: string): ts.SourceFile {
  const { ParseNone } = ts.JSDocParsingMode;
  return ts.createSourceFile(path, text, { languageVersion: ts.ScriptTarget.ESNext, jsDocParsingMode: ParseNone });
}

/** Gives a compilation its sources, and takes what it writes: it touches no disk. */
function hostOf(sources: ReadonlyMap<string, ts.SourceFile>, outputs: Map<string, string>): ts.CompilerHost {
  return {
    getSourceFile: (path) => sources.get(path),
    writeFile: (path, text) => outputs.set(path, text),
    getDefaultLibFileName: () => "lib.d.ts",
    useCaseSensitiveFileNames: () => true,
    getCanonicalFileName: (path) => path,
    getCurrentDirectory: () => "/",
    getNewLine: () => "\n",
    fileExists: (path) => sources.has(path),
    readFile: () => undefined,
    getDirectories: () => [],
  };
}

function withoutMapUrl(code: string): string {
  return code.replace(/\/\/# sourceMappingURL=.*\s*$/, "");
}
