/** A file as one that others may belong to: of a program, or of a built module. */
export interface Joined {
  readonly path: string;
  /** The domains of other files that belong to its system, those included that these import. */
  readonly imported: readonly { readonly path: string }[];
  /** Whether it says what its system starts with. */
  readonly hasSystem: boolean;
}

/**
 * Gives the files that say what is run: those whose domains no other file takes into its system. Of files that import each other, which
 * are one system, these are the ones that have a `system`; where none does, all of them are given.
 */
export function rootsOf<F extends Joined>(files: readonly F[]): F[] {
  const paths = new Map(files.map((file) => [file, new Set(file.imported.map(({ path }) => path))]));
  const takes = (file: F, { path }: F) => paths.get(file)?.has(path) === true;
  return files.filter((file) =>
    files.every((other) => !takes(other, file) || (takes(file, other) && (file.hasSystem || !other.hasSystem))),
  );
}
