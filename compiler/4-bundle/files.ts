import type { Program } from "../2-check/program.js";
import { digestOf } from "./digest.js";

/** A checked program and where its module goes. */
export interface BundleInput {
  readonly program: Program;
  /** The absolute path of the source. */
  readonly path: string;
  /** The module's path in the output, with `/` and without an extension: `sub/routing`. */
  readonly name: string;
}

/** A file of the output; its path is relative to the output folder, with `/`. */
export interface OutputFile {
  readonly path: string;
  readonly text: string;
  /** How deep it lies below those that need it; 0 where nobody does, and when absent. What lies deeper has to be there before. */
  readonly depth?: number;
  /** The digest of its content, where it is known already. */
  readonly digest?: string;
  /** It is in its place already, as it is to be. */
  readonly isStanding?: true;
}

/** Gives the digest of a file's content. */
export function digestOfFile({ text, digest }: OutputFile): string {
  return digest ?? digestOf(text);
}
