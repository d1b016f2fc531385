import type { Standing } from "../standing.js";

/** A standing in a word that an operator would use. */
export const standingWords: Readonly<Record<Standing, string>> = {
  resting: "at rest",
  working: "working",
  waiting: "waiting",
  stuck: "stuck",
  oscillating: "going round in circles",
};

/** What a standing means, for a tooltip. */
export const standingHelp: Readonly<Record<Standing, string>> = {
  resting: "All goals hold, and nothing is left to do.",
  working: "Effects are being carried out.",
  waiting: "It waits for its next attempt, or for time to pass.",
  stuck: "A goal does not hold, and no transition is enabled: something has to be observed.",
  oscillating: "Its commits go round in circles; it goes on, ever more slowly.",
};

/** Writes a time of day, with the date where that is not today's. */
export function clock(at: number, now: number): string {
  const [date, today] = [new Date(at), new Date(now)];
  const time = date.toLocaleTimeString(undefined, { hour12: false });
  return date.toDateString() === today.toDateString() ? time : `${date.toLocaleDateString()} ${time}`;
}

/** Puts a time to come or one that has passed into words: `in 3 s`, `2 min ago`. */
export function relative(at: number, now: number): string {
  const seconds = Math.round(Math.abs(at - now) / 1000);
  const text =
    seconds < 60
      ? `${seconds} s`
      : seconds < 3600
        ? `${Math.floor(seconds / 60)} min`
        : seconds < 86_400
          ? `${Math.floor(seconds / 3600)} h`
          : `${Math.floor(seconds / 86_400)} d`;
  if (seconds === 0) return "now";
  return at > now ? `in ${text}` : `${text} ago`;
}

/** Writes an effect with its arguments as Ved does. */
export function callText({ effect, args }: { readonly effect: string; readonly args: readonly unknown[] }): string {
  return `${effect}(${args.map((argument) => JSON.stringify(argument)).join(", ")})`;
}

/** Counts in words: `1 instance`, `2 instances`. */
export function count(number: number, noun: string): string {
  return `${number.toLocaleString()} ${noun}${number === 1 ? "" : "s"}`;
}
