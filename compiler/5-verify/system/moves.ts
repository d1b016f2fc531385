import type { MessageInput, Outcome } from "../../../runtime-lib/kernel/event.js";
import { isTrue } from "../../../runtime-lib/kernel/faults.js";
import type { Activation } from "../../../runtime-lib/kernel/instance.js";
import type { State, Value } from "../../../runtime-lib/kernel/value.js";
import type { Cue } from "../../../runtime-lib/simulate/cue.js";
import { assignments, call } from "../../../runtime-lib/words.js";
import { at } from "../../language/at.js";
import { changesOnly, fieldsPromisedBy } from "../environment/observations.js";
import { payloadName } from "../environment/payload.js";
import { newsIn } from "../report/event-teller.js";
import type { Member } from "./member.js";
import { type Given, type MemberMove, move } from "./member-move.js";
import { freshIn } from "./symmetry.js";
import { isWaiting, waitsOf } from "./waits.js";

/** A message that others may send. */
export interface Message {
  readonly name: string;
  readonly args: readonly Value[];
  readonly isEvent: boolean;
}

/** All that may happen to a member, with the messages that may come from outside. */
export function movesOf(member: Member, messages: readonly Message[]): MemberMove[] {
  const { instance } = member;
  return [
    ...instance.activations.flatMap((activation) => outcomesOf(member, activation)),
    ...waitsOf(member).map((wait) => wait.move),
    ...owedOf(member),
    ...observationsOf(member),
    ...messagesTo(member, messages),
  ];
}

/** Whether a member has a move that remains when the world is quiet: what it has under way is done, or only time or the world is waited for. */
export function hasQuietMove(member: Member): boolean {
  const isUnderWay = member.instance.activations.some(({ mode }) => mode !== "waiting");
  return isUnderWay || isWaiting(member) || owedOf(member).length > 0;
}

/** What an attempt may come to. */
function outcomesOf({ name, instance, part }: Member, activation: Activation): MemberMove[] {
  const { number, transition, next: intent, attempt, mode, intents } = activation;
  const wanted = intents[intent];
  if (wanted === undefined || mode === "waiting") return [];
  const outcomeMoves = (outcome: Outcome) => {
    const payloads = part.inputs.payloads.get(payloadName({ effect: wanted.effect, outcome })) ?? [undefined];
    return payloads.map((payload): MemberMove => {
      const reason = outcome === "done" || payload === undefined ? "" : String(payload);
      const said = payload === undefined ? {} : outcome === "done" ? { value: payload } : { reason };
      const shown = payload === undefined ? "" : `: ${JSON.stringify(payload)}`;
      const isDone = outcome === "done";
      return move({
        key: `${name} ${outcome} ${transition} ${shown}`,
        // That an attempt is done some day is fair, and not which value it answers.
        label: `${name} ${outcome} ${transition}`,
        text: `${name}: ${call(wanted)} ${outcomeWords[outcome]}${shown}`,
        cue: { kind: outcome, transition, ...said },
        end: `what ${transition} of ${name} emitted is done`,
        isQuiet: isDone,
        isDone,
        from: instance,
        input: { type: "outcome", now: 0, activation: number, intent, attempt, outcome, reason, value: payload },
      });
    });
  };
  // An attempt that may have happened can still be answered late.
  return mode === "in flight"
    ? [...outcomeMoves("done"), ...outcomeMoves("failed"), ...outcomeMoves("unknown")]
    : outcomeMoves("done");
}

const outcomeWords = { done: "is done", failed: "fails", unknown: "may have happened" } as const;

/** The world shows what it owes, and nothing else with it where that can be: that comes, as an effect that is under way is done. */
function owedOf(member: Member): MemberMove[] {
  const { name, instance, part } = member;
  return instance.expected.flatMap(({ effect }) => {
    const shown = part.contracts.get(effect)?.shown;
    const showing = part.observations.all.filter(
      (facts) => shown !== undefined && isTrue(shown, { ...instance.state, ...facts }),
    );
    const fields = fieldsPromisedBy(part.domain, effect);
    const alone = showing.filter((facts) => changesOnly(fields, facts, instance.state));
    return (alone.length > 0 ? alone : showing).map((facts) =>
      move({
        ...observing(member, facts),
        label: `${name} owes ${effect}`,
        end: "the world shows what an effect promises",
        isQuiet: true,
      }),
    );
  });
}

function observationsOf(member: Member): MemberMove[] {
  const { instance, part } = member;
  const { all, sufficient } = part.observations;
  const some = instance.realities.length === 0 ? all : sufficient.map((index) => newsIn(at(all, index), instance.state));
  return some
    .filter((facts) => all === some || Object.entries(facts).some(([field, value]) => instance.state[field] !== value))
    .map((facts) => move({ ...observing(member, facts), isNews: true, fresh: freshIn(Object.values(facts), part) }));
}

function observing({ name, instance }: Member, facts: State): Given {
  const text = `${name}: observed ${assignments(facts)}`;
  return {
    key: text,
    text,
    cue: { kind: "observe", facts },
    from: instance,
    input: { type: "observation", now: 0, facts },
  };
}

/** What may be sent to a member from outside. */
function messagesTo({ name, instance, part }: Member, messages: readonly Message[]): MemberMove[] {
  return messages.map((message) => {
    const { name: sent, args } = message;
    const text = `${name} is sent ${call({ effect: sent, args })}`;
    const input: MessageInput = { type: "message", now: 0, from: null, isHigh: false, ...message };
    const cue: Cue = { kind: "send", message: sent, args };
    return move({ key: text, text, cue, isNews: true, isMessage: true, fresh: freshIn(args, part), from: instance, input });
  });
}
