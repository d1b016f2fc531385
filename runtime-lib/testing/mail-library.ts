import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { Loop } from "../host/loop.js";
import { Post } from "../host/post.js";
import { createInstance } from "../kernel/instance.js";
import { prepare } from "../kernel/machine.js";
import { Mail } from "../kernel/mail.js";
import { react } from "../kernel/react.js";

/** What a world of messages drives: the kernel, and what of the host brings messages from one instance to the other. */
export const mailLibrary = { react, createInstance, prepare, Mail, Post, Loop };

/** The type of such a library, wherever it comes from. */
export type MailLibrary = typeof mailLibrary;

/** Loads it from a copy of the library in a folder. */
export async function mailLibraryIn(folder: string): Promise<MailLibrary> {
  const files = ["kernel/react.js", "kernel/instance.js", "kernel/machine.js", "kernel/mail.js", "host/post.js", "host/loop.js"];
  const modules = await Promise.all(files.map((file) => import(pathToFileURL(join(folder, file)).href)));
  // A copy of the library exports what the library exports.
  return Object.assign({}, ...modules) as MailLibrary;
}
