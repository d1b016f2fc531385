import { signal } from "@preact/signals";

/** The token that is shown with every request; empty: none. It lives as long as the tab. */
export const token = signal(sessionStorage.getItem("token") ?? "");

/** Whether the service wants a token, or another one. */
export const isTokenWanted = signal(false);

/** Takes a token from the user. */
export function useToken(text: string): void {
  sessionStorage.setItem("token", text);
  token.value = text;
  isTokenWanted.value = false;
}

/** An answer that is no good one. */
export class AnswerError extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/** Asks the service. @throws AnswerError for an answer that is no good one; the browser's error where there is none */
export async function ask(path: string, signal?: AbortSignal): Promise<Response> {
  const headers: Record<string, string> = token.value === "" ? {} : { authorization: `Bearer ${token.value}` };
  const response = await fetch(path, { headers, ...(signal === undefined ? {} : { signal }) });
  if (response.ok) return response;
  if (response.status === 401) isTokenWanted.value = true;
  const said: unknown = await response.json().catch(() => null);
  const message = typeof said === "object" && said !== null && "error" in said ? String(said.error) : response.statusText;
  throw new AnswerError(response.status, message);
}

/** Asks the service, which answers as `views.ts` describes it. */
export async function askFor<T>(path: string, signal?: AbortSignal): Promise<T> {
  // It is the same release that answers.
  return (await (await ask(path, signal)).json()) as T;
}
