import { chmod, open, readdir, rm } from "node:fs/promises";
import { connect, createServer, type Socket } from "node:net";
import { join, relative } from "node:path";
import process from "node:process";
import { JournalError } from "../error.js";
import { fileRights } from "./folder.js";

// A lock is a socket in the folder that its owner listens at. So it is the kernel that says whether an owner lives, and not a
// process number, which means nothing in another container and may be another process's by now. Everybody first listens and then
// looks for others (Dekker, 1965): of two that come at once, at least one sees the other, and nobody who is in is overlooked.

const prefix = "lock-";

/** A longer request than this, in characters, is none. */
const maxRequest = 65_536;

/** Carries out what another process asks of the owner of a lock. */
export type Serve = (request: unknown) => Promise<void>;

/**
 * Takes the lock of a folder; the result gives it back.
 * @throws JournalError when somebody else has it, in another process or in this one.
 */
export async function lockFolder(folder: string, serve: Serve): Promise<() => Promise<void>> {
  const name = prefix + crypto.randomUUID();
  const server = createServer((socket) => answer(socket, serve));
  const path = join(folder, name);
  await withSocketPath(folder, name, (short) => {
    return new Promise<void>((accept, reject) => server.once("error", reject).listen(short, accept));
  });
  // The lock keeps nobody waiting: the process ends when nothing else is left to do. A connection that fails is not its concern.
  server.unref().on("error", () => {});
  const unlock = async () => {
    await new Promise((closed) => server.close(closed));
    await rm(path, { force: true });
  };
  try {
    // Who may connect may settle intents.
    await chmod(path, fileRights);
    await evictTheDead(folder, name);
  } catch (error) {
    await unlock();
    throw error;
  }
  return unlock;
}

/** Removes what dead owners have left. @throws JournalError where another one lives */
async function evictTheDead(folder: string, own: string): Promise<void> {
  for (const other of await locksIn(folder)) {
    if (other === own) continue;
    if (await isAlive(folder, other)) throw new JournalError(`${folder} is in use: another host has it open`);
    await rm(join(folder, other), { force: true });
  }
}

/** Gives the locks in a folder, living and dead. */
export async function locksIn(folder: string): Promise<string[]> {
  return (await readdir(folder)).filter((name) => name.startsWith(prefix));
}

/** Connects to the owner of a lock. */
export function connectTo(folder: string, name: string): Promise<Socket> {
  return withSocketPath(folder, name, (path) => {
    return new Promise<Socket>((accept, reject) => {
      const socket = connect(path, () => accept(socket));
      socket.once("error", reject);
    });
  });
}

/** Says whether the owner of a lock lives. */
export async function isAlive(folder: string, name: string): Promise<boolean> {
  try {
    (await connectTo(folder, name)).destroy();
    return true;
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : "";
    return code !== "ECONNREFUSED" && code !== "ENOENT";
  }
}

/**
 * Uses a path for a socket, which has about a hundred bytes at most: what is longer is reached through the folder's descriptor.
 */
async function withSocketPath<T>(folder: string, name: string, use: (path: string) => Promise<T>): Promise<T> {
  const [path, fromHere] = [join(folder, name), relative(process.cwd(), join(folder, name))];
  const shortest = fromHere.length < path.length ? fromHere : path;
  if (Buffer.byteLength(shortest) < 100) return use(shortest);
  if (process.platform !== "linux") throw new JournalError(`${folder} is too long a path for a lock`);
  const handle = await open(folder, "r");
  try {
    return await use(`/proc/self/fd/${handle.fd}/${name}`);
  } finally {
    await handle.close();
  }
}

function answer(socket: Socket, serve: Serve): void {
  let text = "";
  socket.unref();
  socket.on("error", () => {});
  socket.setEncoding("utf8").on("data", async (data) => {
    text += data;
    if (text.length > maxRequest) socket.destroy();
    if (!text.endsWith("\n")) return;
    try {
      await serve(JSON.parse(text));
      socket.end("{}\n");
    } catch (error) {
      socket.end(`${JSON.stringify({ error: error instanceof Error ? error.message : String(error) })}\n`);
    }
  });
}
