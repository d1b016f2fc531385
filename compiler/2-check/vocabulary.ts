import type * as ast from "../1-parse/ast.js";
import type { Parsed } from "../1-parse/parse.js";
import { Findings, type Span } from "../diagnostics/diagnostic.js";
import type { TypeRef } from "../language/type.js";
import { checkConstant } from "./constant.js";
import type { Constant, Vocabulary } from "./context.js";
import { fileOf } from "./imports.js";
import { namesIn } from "./literal.js";
import { byName } from "./names.js";
import { checkType } from "./type.js";

/** Names that stand for each other in a longer row than this are refused, so that none exhausts the stack. */
const maxRow = 100;

/** What declares constants and types: a file, or a domain. */
type Declaring = Pick<ast.FileNode, "constants" | "aliases">;

/** A file, or a domain: what has fields, or what has domains with fields. */
interface Scope extends Declaring, Partial<Pick<ast.FileNode, "domains">>, Partial<Pick<ast.DomainNode, "states">> {}

/** Gives the names of the fields that are declared in a file or a domain. */
function fieldsIn({ states = [], domains = [] }: Scope): ReadonlySet<string> {
  const all = [...states, ...domains.flatMap((domain) => domain.states)];
  return new Set(all.flatMap(({ fields }) => fields).map(({ name }) => name.text));
}

/** What the names of constants and types stand for in each file and each domain: found out when it is asked for. */
export class Vocabularies {
  readonly #files = new Map<Parsed, OwnVocabulary>();
  readonly #domains = new Map<ast.DomainNode, OwnVocabulary>();
  /** The names whose meaning is being looked for. */
  readonly #row = new Set<ast.ConstantNode | ast.AliasNode>();

  /**
   * @param parsed the file that is checked: what is wrong in others is reported where they are
   * @param files all files of this compilation: what is imported is looked for among them
   */
  constructor(
    private readonly parsed: Parsed,
    private readonly files: readonly Parsed[],
    private readonly findings: Findings,
  ) {}

  /** Gives the vocabulary of a file. */
  ofFile(parsed: Parsed): OwnVocabulary {
    const known = this.#files.get(parsed);
    if (known !== undefined) return known;
    const own = new OwnVocabulary(parsed.file, this.#imported(parsed), this.#findingsOf(parsed), this.#row);
    this.#files.set(parsed, own);
    return own;
  }

  /** Gives the vocabulary of a domain of a file as others need it: what is wrong with it is reported where the domain is checked. */
  ofDomain(node: ast.DomainNode, parsed: Parsed): OwnVocabulary {
    const known = this.#domains.get(node);
    if (known !== undefined) return known;
    const own = new OwnVocabulary(node, this.ofFile(parsed), new Findings(parsed.source), this.#row);
    this.#domains.set(node, own);
    return own;
  }

  /** Checks all that is declared in the file that is checked, used or not, and then what it imports. */
  checkFile(): void {
    const own = this.ofFile(this.parsed);
    own.checkAll();
    for (const name of own.outer.constants) own.outer.constant(name);
    for (const name of own.outer.types) own.outer.type(name);
  }

  #findingsOf(parsed: Parsed): Findings {
    return parsed === this.parsed ? this.findings : new Findings(parsed.source);
  }

  /** Gives what a file imports of the constants and types that others declare. */
  #imported(parsed: Parsed): Vocabulary {
    const sources = parsed.file.imports.flatMap((node) => {
      const file = fileOf(node, parsed, this.files);
      return node.names.flatMap(({ text }) => (file === undefined || file === parsed ? [] : [{ text, file }]));
    });
    const find = (name: string, list: "constants" | "aliases") =>
      sources.find(({ text, file }) => text === name && declares(file.file, list, name))?.file;
    const namesIn = (list: "constants" | "aliases") =>
      sources.flatMap(({ text, file }) => (declares(file.file, list, text) ? [text] : []));
    return {
      constant: (name) => {
        const file = find(name, "constants");
        return file === undefined ? undefined : this.ofFile(file).constant(name);
      },
      type: (name) => {
        const file = find(name, "aliases");
        return file === undefined ? undefined : this.ofFile(file).type(name);
      },
      hasConstant: (name) => find(name, "constants") !== undefined,
      hasType: (name) => find(name, "aliases") !== undefined,
      constants: namesIn("constants"),
      types: namesIn("aliases"),
    };
  }
}

function declares(node: Declaring, list: "constants" | "aliases", name: string): boolean {
  return node[list].some((each) => each.name.text === name);
}

/** What the names of constants and types stand for in a file or a domain; what it does not declare, `outer` knows. */
export class OwnVocabulary implements Vocabulary {
  readonly #constants: ReadonlyMap<string, ast.ConstantNode>;
  readonly #aliases: ReadonlyMap<string, ast.AliasNode>;
  readonly #values = new Map<string, Constant | null>();
  readonly #types = new Map<string, TypeRef | null>();

  constructor(
    private readonly node: Scope,
    readonly outer: Vocabulary,
    private readonly findings: Findings,
    private readonly row: Set<ast.ConstantNode | ast.AliasNode> = new Set(),
  ) {
    this.#constants = byName(node.constants);
    this.#aliases = byName(node.aliases);
  }

  get constants(): readonly string[] {
    return [...this.#constants.keys(), ...this.outer.constants];
  }

  get types(): readonly string[] {
    return [...this.#aliases.keys(), ...this.outer.types];
  }

  hasConstant(name: string): boolean {
    return this.#constants.has(name) || this.outer.hasConstant(name);
  }

  hasType(name: string): boolean {
    return this.#aliases.has(name) || this.outer.hasType(name);
  }

  constant(name: string): Constant | null | undefined {
    const node = this.#constants.get(name);
    if (node === undefined) return this.outer.constant(name);
    return this.#resolved(node, this.#values, () => {
      // What it is made of comes first, so that the stack need hold no expression inside another.
      for (const part of namesIn(node.value)) this.constant(part);
      return checkConstant(node, this, fieldsIn(this.node), this.findings);
    });
  }

  type(name: string): TypeRef | null | undefined {
    const node = this.#aliases.get(name);
    if (node === undefined) return this.outer.type(name);
    return this.#resolved(node, this.#types, () => checkType(node.type, this, this.findings));
  }

  /** Checks all that is declared here, used or not. */
  checkAll(): void {
    for (const name of this.#constants.keys()) this.constant(name);
    for (const name of this.#aliases.keys()) this.type(name);
  }

  /** Gives what a name stands for, found out once. */
  #resolved<T>(node: ast.ConstantNode | ast.AliasNode, known: Map<string, T | null>, find: () => T | null): T | null {
    const { text, span } = node.name;
    const earlier = known.get(text);
    if (earlier !== undefined) return earlier;
    if (this.row.has(node) || this.row.size >= maxRow) {
      this.#reportRow(node, span);
      known.set(text, null);
      return null;
    }
    this.row.add(node);
    const found = find();
    this.row.delete(node);
    // What was found to stand for itself on the way is wrong, whatever came of it.
    const result = known.has(text) ? null : found;
    known.set(text, result);
    return result;
  }

  #reportRow(node: ast.ConstantNode | ast.AliasNode, span: Span): void {
    if (this.row.has(node)) this.findings.report("VED2029", span, { name: node.name.text });
    else this.findings.report("VED1014", span, {});
  }
}
