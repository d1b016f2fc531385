import { createHash } from "node:crypto";
import { resolve } from "node:path";
import ts from "typescript";

/** What becomes of a file's text. */
export type Change = (text: string) => string;

/** A copy of this project in memory, to see what fails to compile once a file of it is another. Tests are left out of it. */
export class ProjectCopy {
  readonly #options: ts.CompilerOptions;
  readonly #files: readonly string[];
  readonly #sources = new Map<string, ts.SourceFile | undefined>();
  /** The project as it is: what a change does not touch is not checked again. */
  #unchanged: ts.SemanticDiagnosticsBuilderProgram | null = null;

  /** Makes a copy of the project that a `tsconfig.json` describes. */
  constructor(config = "tsconfig.json") {
    const { config: json } = ts.readConfigFile(config, ts.sys.readFile);
    const { options, fileNames } = ts.parseJsonConfigFileContent(json, ts.sys, resolve("."));
    this.#options = { ...options, noEmit: true };
    this.#files = fileNames.filter((name) => !name.endsWith(".test.ts"));
  }

  /** Gives the files that do not compile as the project is, sorted. */
  failing(): string[] {
    this.#unchanged ??= this.#programOf(this.#host());
    return failingIn(this.#unchanged);
  }

  /** Gives the files that do not compile once one file is changed, sorted. @throws Error where the change changes nothing */
  failingWith(path: string, change: Change): string[] {
    this.#unchanged ??= this.#programOf(this.#host());
    const host = this.#host();
    const changed = resolve(path);
    const text = host.readFile(changed) ?? "";
    const next = change(text);
    if (next === text) throw new Error(`${path} is as it was`);
    const getSourceFile = host.getSourceFile.bind(host);
    host.getSourceFile = (name, target, ...more) =>
      resolve(name) === changed ? versioned(ts.createSourceFile(name, next, target)) : getSourceFile(name, target, ...more);
    return failingIn(this.#programOf(host, this.#unchanged));
  }

  #programOf(host: ts.CompilerHost, before?: ts.SemanticDiagnosticsBuilderProgram): ts.SemanticDiagnosticsBuilderProgram {
    return ts.createSemanticDiagnosticsBuilderProgram(this.#files, this.#options, host, before);
  }

  /** A host that reads each file once. */
  #host(): ts.CompilerHost {
    const host = ts.createCompilerHost(this.#options);
    const read = host.getSourceFile.bind(host);
    host.getSourceFile = (name, ...more) => {
      if (!this.#sources.has(name)) this.#sources.set(name, versioned(read(name, ...more)));
      return this.#sources.get(name);
    };
    return host;
  }
}

/** A source with the version by which the compiler sees whether it has changed. It is in no public type of a source. */
function versioned<T extends ts.SourceFile | undefined>(source: T): T {
  return source && Object.assign(source, { version: createHash("sha1").update(source.text).digest("hex") });
}

function failingIn(program: ts.SemanticDiagnosticsBuilderProgram): string[] {
  const diagnostics = [...program.getSyntacticDiagnostics(), ...program.getSemanticDiagnostics()];
  const root = `${resolve(".").replaceAll("\\", "/")}/`;
  return [...new Set(diagnostics.map(({ file }) => (file?.fileName ?? "").replace(root, "")))].sort();
}
