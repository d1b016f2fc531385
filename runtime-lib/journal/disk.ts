/** What the log needs of a disk: one folder of files. Whatever fails rejects or throws, with a `code` where there is one. */
export interface Disk {
  /** The names of the files in the folder. */
  list(): Promise<readonly string[]>;
  read(name: string): Promise<Uint8Array>;
  /** Makes an empty file, also where there was one of that name. */
  create(name: string): Promise<DiskFile>;
  /** Opens a file that is there, to go on at its end. */
  open(name: string): Promise<DiskFile>;
  rename(from: string, to: string): Promise<void>;
  remove(name: string): Promise<void>;
  /** Puts on stable storage which files there are. */
  syncFolder(): Promise<void>;
  /**
   * Makes the folder, if it is not there, and keeps everybody else out of it until the result is called. Rejects when somebody
   * else is in. Others may ask something of whoever is in: `serve` does it, or rejects with the reason.
   */
  lock(serve: (request: unknown) => Promise<void>): Promise<() => Promise<void>>;
  /** Runs a task once whatever is under way at the moment is done: what is appended by then shares a write. */
  defer(task: () => void): void;
  /** The folder's name, for messages. */
  readonly path: string;
}

/** A file that grows at its end. */
export interface DiskFile {
  /** Writes at the end. The bytes are not on stable storage before `sync`, and may be others once this returns. */
  write(bytes: Uint8Array): void;
  /** Puts everything that was written on stable storage. */
  sync(): Promise<void>;
  /** Cuts the file to a length in bytes. */
  truncate(length: number): Promise<void>;
  close(): Promise<void>;
}
