import { connect } from "node:net";
import { resolve } from "node:path";
import { isListed } from "../adapters/codes.js";
import { originOf } from "../adapters/http.js";
import { lastLine, runProcess } from "../adapters/process.js";
import type { ProbeConfig } from "../config/schema.js";
import type { Redactor } from "../secrets/redact.js";

/** What a check saw. */
export interface Sight {
  readonly isUp: boolean;
  /** What a program wrote, where that is what is observed. */
  readonly text?: string;
  /** What was seen, in words. */
  readonly why: string;
}

/** Looks once. It never rejects: what cannot be seen is down. The signal ends it. */
export type Check = (signal: AbortSignal) => Promise<Sight>;

/**
 * Makes the check that a probe's configuration asks for; what it sees has no secrets in it.
 * @param folder from where relative paths go
 */
export function checkFor({ http, tcp, exec }: ProbeConfig, folder: string, { redact, redactValue }: Redactor): Check {
  const check = http !== undefined ? httpCheck(http) : tcp !== undefined ? tcpCheck(tcp) : execCheck(exec, folder, redact);
  return async (signal) => {
    try {
      const { text, why, ...sight } = await check(signal);
      return { ...sight, why: redact(why), ...(text === undefined ? {} : { text: redactValue(text) }) };
    } catch (error) {
      return { isUp: false, why: signal.aborted ? "no answer in time" : redact(wordsFor(error)) };
    }
  };
}

function httpCheck({ url, method, headers, status, contains }: NonNullable<ProbeConfig["http"]>): Check {
  return async (signal) => {
    const response = await fetch(url, { method, headers, signal, redirect: "manual" });
    const why = `${method} ${originOf(url)} says ${response.status}`;
    if (!isListed(response.status, status) || contains === undefined) {
      await response.body?.cancel();
      return { isUp: isListed(response.status, status), why };
    }
    const isThere = (await response.text()).includes(contains);
    return { isUp: isThere, why: isThere ? why : `${why}, without ${JSON.stringify(contains)}` };
  };
}

function tcpCheck({ host, port }: NonNullable<ProbeConfig["tcp"]>): Check {
  return (signal) =>
    new Promise((accept, reject) => {
      const socket = connect({ host, port, signal });
      socket.once("error", reject);
      socket.once("connect", () => {
        socket.destroy();
        accept({ isUp: true, why: `${host}:${port} accepts connections` });
      });
    });
}

function execCheck(exec: ProbeConfig["exec"], folder: string, redact: Redactor["redact"]): Check {
  const { command = [""], cwd = ".", env = {}, status = [0] } = exec ?? {};
  return async (signal) => {
    const ended = await runProcess({ command, cwd: resolve(folder, cwd), env, stdin: "", signal });
    if (signal.aborted) return { isUp: false, why: "no answer in time" };
    const said = lastLine(ended, redact);
    const end = ended.code === null ? `was killed by ${ended.killedBy}` : `ended with ${ended.code}`;
    const isUp = ended.code !== null && status.includes(ended.code);
    return { isUp, text: ended.stdout, why: `${command[0]} ${end}${said === "" ? "" : `: ${said}`}` };
  };
}

function wordsFor(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  return cause instanceof Error ? cause.message : String(cause);
}
