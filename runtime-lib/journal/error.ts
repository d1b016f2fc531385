/** What is wrong with a journal, in words. */
export class JournalError extends Error {
  override readonly name = "JournalError";
}
