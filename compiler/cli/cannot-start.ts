import type { Config } from "../service/config/schema.js";
import { UsageError } from "./exit.js";
import { fail } from "./sources.js";

/** What the system says; about an address it names a port. */
interface SystemError extends NodeJS.ErrnoException {
  readonly port?: number;
}

/** Says why a service does not start, in words. @throws UsageError, or the error where it is a bug */
export function cannotStart(error: unknown, { listen: { host, port } }: Config, journal: string | null): never {
  if (isSystemError(error)) {
    const { code, syscall, port: about = -1 } = error;
    // The lock of a journal is a socket as well, without a port.
    const isAboutAddress = syscall === "getaddrinfo" || about >= 0;
    if (journal !== null && !isAboutAddress) fail("write", journal, error);
    if (code === "EADDRINUSE")
      throw new UsageError(`Port ${port} of ${host} is taken: --port chooses another, and 0 a free one.`);
    if (code === "EADDRNOTAVAIL" || code === "ENOTFOUND") throw new UsageError(`${host} is not an address of this machine.`);
    if (code === "EACCES") throw new UsageError(`Port ${port} may not be taken by this user.`);
  }
  const isAboutJournal = error instanceof Error && (error.name === "JournalError" || error instanceof TypeError);
  if (isAboutJournal) throw new UsageError(error.message);
  throw error;
}

function isSystemError(error: unknown): error is SystemError {
  return error instanceof Error && "errno" in error && "syscall" in error;
}
