/**
 * Ends a switch over all kinds of something: a new kind that nobody has thought of there fails to compile.
 * @throws Error where a value came by that its type rules out
 */
export function unreachable(value: never): never {
  throw new Error(`unreachable: ${JSON.stringify(value)}`);
}
