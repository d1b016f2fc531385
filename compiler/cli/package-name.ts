/** So long may the name of a package be. */
const maxLength = 214;

/** What no package may be called. */
const forbidden = ["node_modules", "favicon.ico"];

/**
 * Makes the name of a package of the name of a folder, by npm's rules: lower case, of letters, digits and `-`, `_`, `.`, and beginning
 * with a letter or digit. What is a name already stays as it is; where nothing is left of it, the package is called `ved-project`.
 */
export function packageNameFor(folder: string): string {
  const name = folder
    .normalize("NFKD")
    .replace(/\p{Mark}/gu, "")
    .toLowerCase()
    .replace(/[^a-z0-9._-]+/g, "-")
    .slice(0, maxLength)
    .replace(/^[^a-z0-9]+|[^a-z0-9]+$/g, "");
  return name === "" || forbidden.includes(name) ? "ved-project" : name;
}
