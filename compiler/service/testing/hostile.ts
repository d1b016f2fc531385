import { request } from "node:http";
import { connect, type Socket } from "node:net";
import { expect, onTestFinished } from "vitest";
import type { TestService } from "./service.js";

/** Sends a body, as JSON where nothing else is said. */
export function post(
  { url }: TestService,
  to: string,
  body: string | Buffer,
  headers: Record<string, string> = { "content-type": "application/json" },
) {
  return fetch(`${url}${to}`, { method: "POST", headers, body });
}

/** Sends a request that no library would send, with path and headers as they are. Gives the answer. */
export function raw(
  { service }: TestService,
  options: { method?: string; path: string; headers?: Record<string, string> },
): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const own = request({ host: "127.0.0.1", port: service.port, agent: false, ...options }, (response) => {
      let text = "";
      response.setEncoding("utf8").on("data", (data: string) => {
        text += data;
      });
      response.on("end", () => resolve({ status: response.statusCode ?? 0, text }));
    });
    own.on("error", reject).end();
  });
}

/** Opens a connection on which anything may be sent. */
export function open({ service }: TestService): Promise<{ socket: Socket; received: () => string; closed: Promise<void> }> {
  return new Promise((resolve, reject) => {
    const socket = connect(service.port, "127.0.0.1");
    let text = "";
    const closed = new Promise<void>((accept) => socket.once("close", () => accept()));
    socket.setEncoding("utf8").on("data", (data: string) => {
      text += data;
    });
    socket.once("error", reject);
    socket.once("connect", () => resolve({ socket, received: () => text, closed }));
    onTestFinished(() => void socket.destroy());
  });
}

/** Expects that a service still does its work, and has changed nothing. */
export async function expectUnharmed({ json, observe }: TestService): Promise<void> {
  expect(await json("/api/instances/DatabaseRouting/default")).toMatchObject({
    standing: "resting",
    state: { primary_status: "healthy", active_route: "primary", alert_sent: false },
  });
  expect((await observe("DatabaseRouting/default", { primary_status: "healthy" })).status).toBe(200);
}
