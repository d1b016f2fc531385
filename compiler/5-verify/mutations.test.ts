// The verifier's tests can fail: each small change of it makes it misjudge a program of the corpus, and a change that nobody notices
// would be a line that nobody tests. Whoever changes such a line changes it here too.
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { loadMembers } from "../4-bundle/load.js";
import { definitionsOf, programOf } from "../testing/load.js";
import { type Mutation, type Verifier, verifierWith } from "../testing/mutated-verifier.js";
import { inOneLine } from "../testing/verify.js";
import type { Steps } from "./search/steps.js";
import { verifyingTogether } from "./together.js";
import { verifying } from "./verify.js";

/** A mutation, and the program under fixtures/verify/ that is misjudged because of it. */
interface Noticed extends Mutation {
  readonly misjudges: string;
}

const mutations: Readonly<Record<string, readonly Noticed[]>> = {
  "what the world may say": [
    {
      what: "a fresh string fewer",
      file: "environment/inputs.js",
      from: "members.length + flights.length, 1)",
      to: "members.length + flights.length - 1, 1)",
      misjudges: "systems/outside-two-logins.ved",
    },
    {
      what: "no fresh string for what is under way",
      file: "environment/inputs.js",
      from: "members.length + flights.length, 1)",
      to: "members.length, 1)",
      misjudges: "systems/three-different-strings.ved",
    },
    {
      what: "strings that are compared with each other do not share their values",
      file: "environment/inputs.js",
      from: "this.#join(fieldsIn(part), operandsOf(part));",
      to: ";",
      misjudges: "systems/outside-pair-of-strings.ved",
    },
    {
      what: "strings that are assigned from each other do not share their values",
      file: "environment/inputs.js",
      from: "this.#join([field, ...fieldsIn(value)], [value]);",
      to: ";",
      misjudges: "systems/names-that-differ.ved",
    },
    {
      what: "no key is empty",
      file: "environment/inputs.js",
      from: 'this.#literals.get(field)?.add("");',
      to: ";",
      misjudges: "systems/key-empty.ved",
    },
    {
      what: "strings that are sent meet no strings of the others",
      file: "environment/inputs.js",
      from: "sent.includes(member) || member.startsWith(payloadPrefix)",
      to: "member.startsWith(payloadPrefix)",
      misjudges: "systems/sensor-string.ved",
    },
    {
      what: "nothing is known of what the other domains compare with",
      file: "together.js",
      from: "{ ...options, foreign, begins: known }",
      to: "{ ...options, begins: known }",
      misjudges: "systems/failure-reason-passed-on.ved",
    },
    {
      what: "nothing is known of what a system starts with",
      file: "together.js",
      from: "{ ...options, foreign, begins: known }",
      to: "{ ...options, foreign }",
      misjudges: "systems/start-constant-message.ved",
    },
    {
      what: "the last member of a union is left out",
      file: "environment/inputs.js",
      from: "values: field.members, others",
      to: "values: field.members.slice(0, -1), others",
      misjudges: "systems/key-from-a-field-closed.ved",
    },
    {
      what: "no int is above the constants",
      file: "environment/inputs.js",
      from: "values.add(constant - step).add(constant + step)",
      to: "values.add(constant - step)",
      misjudges: "systems/sent-arguments.ved",
    },
    {
      what: "no int is a constant itself",
      file: "environment/inputs.js",
      from: "const values = new Set(sorted)",
      to: "const values = new Set()",
      misjudges: "interval-gap.ved",
    },
    {
      what: "an int is compared with constants alone, whatever it is compared with",
      file: "environment/inputs.js",
      from: "fieldsReadBy(expression).includes(field)",
      to: "fieldsReadBy(expression).length > 9",
      misjudges: "systems/start-constant-message.ved",
    },
    {
      what: "ints end at the largest constant",
      file: "environment/inputs.js",
      from: "Math.max(smallestBound, max + 1)",
      to: "max",
      misjudges: "unreachable-int.ved",
    },
    {
      what: "ints end before what a field begins with",
      file: "environment/inputs.js",
      from: "maxBound), ...initial)",
      to: "maxBound))",
      misjudges: "limit-beyond-the-bound.ved",
    },
    {
      what: "ints beyond the bound are not observed next to constants",
      file: "environment/inputs.js",
      from: "[...within, ...around]",
      to: "within",
      misjudges: "limit-beyond-the-bound.ved",
    },
    {
      what: "fields are observed one by one",
      file: "environment/observations.js",
      from: "observed: whole, atOnce: null",
      to: "observed: combinationsOf(fields, 1), atOnce: null",
      misjudges: "systems/joint-before-a-message.ved",
    },
    {
      what: "of fields with many combinations only two are observed at once",
      file: "environment/observations.js",
      from: "maxRelated = 256",
      to: "maxRelated = 20",
      misjudges: "joint-of-three-kinds.ved",
    },
    {
      what: "nothing new is observed of who has come to life",
      file: "environment/observations.js",
      from: "(beside.has(facts) ? [] : [index])",
      to: "(beside.has(facts) ? [index] : [])",
      misjudges: "late-answer.ved",
    },
    {
      what: "what counts is a state as any other",
      file: "environment/flow.js",
      from: "new Set([...assigned].filter(isCounter))",
      to: "new Set()",
      misjudges: "log-counter.ved",
    },
    {
      what: "what is read counts only",
      file: "environment/flow.js",
      from: "!used.has(field) &&",
      to: "",
      misjudges: "later-dead-end.ved",
    },
    {
      what: "what is assigned at all counts up",
      file: "environment/flow.js",
      from: "|| countsUp(flow)",
      to: "|| true",
      misjudges: "answers.ved",
    },
    {
      what: "no int is below the constants",
      file: "environment/inputs.js",
      from: "values.add(constant - step).add(constant + step)",
      to: "values.add(constant + step)",
      misjudges: "interval-below.ved",
    },
    {
      what: "ints end before the constants of the others",
      file: "environment/inputs.js",
      from: ".concat([...foreign, ...begins]",
      to: ".concat([...begins]",
      misjudges: "systems/int-passed-on.ved",
    },
    {
      what: "steps relate no fields",
      file: "environment/observations.js",
      from: "relate([...expressionsIn(statements).flatMap(fieldsIn), ...statementsIn(statements).flatMap(fieldsAssignedBy)]);",
      to: ";",
      misjudges: "joint-by-a-step.ved",
    },
  ],
  "what comes from outside of a system": [
    {
      what: "no message comes from outside",
      file: "system/outside.js",
      from: 'kind === "message" && (isHostile',
      to: 'kind !== "message" && (isHostile',
      misjudges: "systems/outside-spoils.ved",
    },
    {
      what: "what one domain sends another comes from outside as well",
      file: "system/outside.js",
      from: "isForGoals || sent.has(",
      to: "isForGoals || [].includes(",
      misjudges: "systems/sent-inside-only.ved",
    },
    {
      what: "what goals run may be asked for from outside",
      file: "system/outside.js",
      from: "!(isForGoals || sent",
      to: "!(sent",
      misjudges: "systems/inside-transition.ved",
    },
    {
      what: "no transition is run by a message from outside",
      file: "system/outside.js",
      from: "isForGoals: parameters === null",
      to: "isForGoals: true",
      misjudges: "systems/outside-transition.ved",
    },
    {
      what: "nobody comes to life who is not started",
      file: "system/outside.js",
      from: "(name) => !started.includes(name)",
      to: "() => false",
      misjudges: "systems/not-started.ved",
    },
    {
      what: "whoever is started begins with the defaults",
      file: "system/system-model.js",
      from: "now: 0, state }",
      to: "now: 0 }",
      misjudges: "systems/start-state-stuck.ved",
    },
    {
      what: "only the first one is started",
      file: "system/system-model.js",
      from: "state } of this.#starts)",
      to: "state } of this.#starts.slice(0, 1))",
      misjudges: "systems/two-workers-one-ill.ved",
    },
    {
      what: "a union from outside may be any string",
      file: "environment/inputs.js",
      from: "if (field.members !== undefined)",
      to: "if (field.members === null)",
      misjudges: "systems/one-question-for-ever.ved",
    },
    {
      what: "an adapter answers a union with any string",
      file: "environment/payload.js",
      from: "return members === undefined ? field : { ...field, members };",
      to: "return field;",
      misjudges: "systems/answers-once.ved",
    },
    {
      what: "a message brings nobody to life",
      file: "system/turn.js",
      from: "members.unborn(part, to.key);",
      to: "from;",
      misjudges: "systems/key-not-started-opens.ved",
    },
    {
      what: "who comes to life during a turn hears no event",
      file: "system/turn.js",
      from: "new Map([...this.members, [sender.name, sender]])",
      to: "new Map([...this.members].slice(0, 1))",
      misjudges: "systems/born-in-time-to-hear.ved",
    },
    {
      what: "events come from outside",
      file: "system/outside.js",
      from: 'kind === "message" && (isHostile',
      to: "(isHostile",
      misjudges: "systems/event-that-nobody-tells.ved",
    },
    {
      what: "nobody comes to life by being observed as it begins",
      file: "system/member.js",
      from: "instance.realities.length === 0 ? none : alive",
      to: "alive",
      misjudges: "systems/observed-as-it-begins.ved",
    },
    {
      what: "what is told at the start arrives before others are started",
      file: "system/system-model.js",
      from: "        }\n        turn.deliver();\n        return turn;\n    }\n    #follow",
      to: "            turn.deliver();\n        }\n        return turn;\n    }\n    #follow",
      misjudges: "systems/starts-before-the-worker.ved",
    },
    {
      what: "who comes to life by a message is not found again",
      file: "system/turn.js",
      from: "members.unborn(part, to.key);",
      to: 'members.unborn(part, "default");',
      misjudges: "systems/born-once.ved",
    },
  ],
  "what comes of effects": [
    {
      what: "an adapter gives its first answer only",
      file: "domain/moves.js",
      from: "const all = parameter === null ?",
      to: 'const all = outcome === "done" ? [] : parameter === null ?',
      misjudges: "payload-value.ved",
    },
    {
      what: "an attempt fails for its first reason only",
      file: "domain/moves.js",
      from: "const all = parameter === null ?",
      to: 'const all = outcome === "failed" ? [] : parameter === null ?',
      misjudges: "reason-dead-end.ved",
    },
    {
      what: "it is always known what came of an attempt",
      file: "domain/moves.js",
      from: 'outcome === "unknown" ? 0 : 1',
      to: "1",
      misjudges: "unknown-outcome.ved",
    },
    {
      what: "where failures are handled nothing else goes wrong",
      file: "domain/moves.js",
      from: '(effect) => asksFor(effect, "failed") && !asksFor(effect, "unknown")',
      to: "() => false",
      misjudges: "unknown-then-failed-alone.ved",
    },
    {
      what: "attempts do not fail",
      file: "domain/expansion.js",
      from: "this.#fail(node, index, false);",
      to: ";",
      misjudges: "bad-order.ved",
    },
    {
      what: "attempts at what is carried through do not fail",
      file: "domain/expansion.js",
      from: "canBeGivenUp(entry) || isHandled",
      to: "canBeGivenUp(entry)",
      misjudges: "second-intent-counted.ved",
    },
    {
      what: "an attempt that may have happened is forgotten",
      file: "domain/codec.js",
      from: "const unsure = this.#tellsUnsure && from.unsure;",
      to: "const unsure = false;",
      misjudges: "unknown-then-failures.ved",
    },
    {
      what: "an adapter gives its first answer only, in a system",
      file: "system/moves.js",
      from: "return payloads.map((payload) => {",
      to: 'return payloads.slice(0, outcome === "done" ? 1 : 9).map((payload) => {',
      misjudges: "systems/names-that-differ.ved",
    },
    {
      what: "an attempt fails for its first reason only, in a system",
      file: "system/moves.js",
      from: "return payloads.map((payload) => {",
      to: 'return payloads.slice(0, outcome === "failed" ? 1 : 9).map((payload) => {',
      misjudges: "systems/failure-reason-passed-on.ved",
    },
    {
      what: "attempts do not fail in a system",
      file: "system/moves.js",
      from: '...outcomeMoves("failed"), ',
      to: "",
      misjudges: "systems/failures-off-by-one.ved",
    },
    {
      what: "it is always known what came of an attempt in a system",
      file: "system/moves.js",
      from: ', ...outcomeMoves("unknown")]',
      to: "]",
      misjudges: "systems/unknown-outcome-told.ved",
    },
    {
      what: "an attempt that may have happened is forgotten in a system",
      file: "system/member.js",
      from: "attempt: 1,",
      to: "attempt: 1, unsure: false,",
      misjudges: "systems/failures-passed-on.ved",
    },
  ],
  "what time and the world bring": [
    {
      what: "nothing is observed once it has come to life",
      file: "domain/expansion.js",
      from: "const index of moves.sufficient)",
      to: "const index of [])",
      misjudges: "late-answer.ved",
    },
    {
      what: "nothing starts by itself",
      file: "domain/expansion.js",
      from: "this.#follow(node, moves.start, true);",
      to: ";",
      misjudges: "starts-stuck.ved",
    },
    {
      what: "no effect is ever done",
      file: "domain/expansion.js",
      from: "this.#followQuiet(node, walker.moves.done(index));",
      to: ";",
      misjudges: "wrong-literal.ved",
    },
    {
      what: "what was let alone stays so",
      file: "domain/expansion.js",
      from: "this.#followQuiet(node, moves.retry(index));",
      to: ";",
      misjudges: "never-satisfied.ved",
    },
    {
      what: "whoever is slowed down never goes on",
      file: "domain/expansion.js",
      from: "this.#followQuiet(node, moves.resume);",
      to: ";",
      misjudges: "toggle-at-once.ved",
    },
    {
      what: "no time is ever over",
      file: "domain/expansion.js",
      from: "this.#followQuiet(node, moves.elapse(index));",
      to: ";",
      misjudges: "duration-dead-end.ved",
    },
    {
      what: "time has nothing to bring where nothing is left to do",
      file: "domain/stuck.js",
      from: "if (walker.moves.durations.some((_, index) => walker.isRunning(node, index)))",
      to: "if (node.isHeld)",
      misjudges: "duration.ved",
    },
    {
      what: "the world keeps no promise where nothing is left to do",
      file: "domain/stuck.js",
      from: "walker.owedIn(node).some(",
      to: "[].some(",
      misjudges: "contract-then-rest.ved",
    },
    {
      what: "a promise of the world is forgotten",
      file: "domain/codec.js",
      from: "(words[3] ?? 0) | (1 <<",
      to: "0 & (1 <<",
      misjudges: "contract-once.ved",
    },
    {
      what: "what is let alone is tried again at once",
      file: "domain/codec.js",
      from: "if (backoffs.length > 0)",
      to: "if (backoffs.length > 9)",
      misjudges: "waits-for-the-world.ved",
    },
    {
      what: "who is slowed down is forgotten",
      file: "domain/codec.js",
      from: "(instance.heldUntil !== null ? heldBit : 0)",
      to: "0",
      misjudges: "priority-starves.ved",
    },
    {
      what: "nothing is observed in a system",
      file: "system/moves.js",
      from: "isNews: true }))",
      to: "isNews: true })).slice(9)",
      misjudges: "systems/each-waits-for-the-other.ved",
    },
    {
      what: "no time is ever over in a system",
      file: "system/moves.js",
      from: "instance.state[duration.name] === true ||",
      to: "part !== null ||",
      misjudges: "systems/duration-in-a-system-forgotten.ved",
    },
    {
      what: "a time that has begun is forgotten",
      file: "system/member.js",
      from: "since: instance.since.map((began) => (began === null ? null : 0))",
      to: "since: none",
      misjudges: "systems/duration-per-instance.ved",
    },
    {
      what: "a time has always begun",
      file: "system/member.js",
      from: "(began === null ? null : 0)",
      to: "0",
      misjudges: "systems/duration-in-a-system.ved",
    },
    {
      what: "an attempt is never made again in a system",
      file: "system/moves.js",
      from: "dueAt === null || dueAt === 0",
      to: "dueAt !== later + 1",
      misjudges: "systems/start-state-mended.ved",
    },
    {
      what: "when an attempt is due is forgotten",
      file: "system/member.js",
      from: "activation.dueAt > 0 ? later : 0",
      to: "0",
      misjudges: "systems/outside-spoils-and-it-is-mended.ved",
    },
    {
      what: "that a transition is let alone is forgotten",
      file: "system/member.js",
      from: "({ until }) => until > 0",
      to: "() => false",
      misjudges: "systems/waits-in-a-system.ved",
    },
    {
      what: "what was let alone stays so in a system",
      file: "system/moves.js",
      from: "        return over;",
      to: "        return [];",
      misjudges: "systems/asks-until-answered.ved",
    },
    {
      what: "the world keeps no promise in a system",
      file: "system/moves.js",
      from: "return instance.expected.flatMap(",
      to: "return [].flatMap(",
      misjudges: "systems/contract-in-a-system.ved",
    },
    {
      what: "a promise of the world is forgotten in a system",
      file: "system/member.js",
      from: "expected: instance.expected.map(({ effect }) => ({ effect, until: later }))",
      to: "expected: none",
      misjudges: "systems/contract-in-a-system.ved",
    },
    {
      what: "the world does not keep its promises",
      file: "domain/expansion.js",
      from: "const index of this.#walker.showing(node.plain, contract))",
      to: "const index of [])",
      misjudges: "circle-until-promised.ved",
    },
    {
      what: "whoever is slowed down never goes on in a system",
      file: "system/moves.js",
      from: "return [...over, resume];",
      to: "return over;",
      misjudges: "systems/slowed-down-and-goes-on.ved",
    },
    {
      what: "how far an attempt has come is forgotten",
      file: "system/member.js",
      from: "observed: none,",
      to: "observed: none, next: 0,",
      misjudges: "two-intents.ved",
    },
  ],
  messages: [
    {
      what: "what is sent last is delivered first",
      file: "system/turn.js",
      from: "this.#outgoing(name)[blocked]",
      to: "this.#outgoing(name).at(-1 - blocked)",
      misjudges: "systems/in-the-order-of-sending.ved",
    },
    {
      what: "of several messages one is delivered",
      file: "system/turn.js",
      from: "let left = this.#outgoing(name).length;",
      to: "let left = 1;",
      misjudges: "systems/name-given.ved",
    },
    {
      what: "no message is important",
      file: "system/turn.js",
      from: "isEvent, isHigh };",
      to: "isEvent, isHigh: false };",
      misjudges: "systems/high-to-one-that-is-busy.ved",
    },
    {
      what: "whoever has sent something never goes on",
      file: "system/turn.js",
      from: "if (delivered > 0 &&",
      to: "if (delivered < 0 &&",
      misjudges: "systems/asker-kept.ved",
    },
    {
      what: "room in a mailbox helps nobody who waits for it",
      file: "system/turn.js",
      from: "this.#freed(name);",
      to: ";",
      misjudges: "systems/seventy-to-a-busy-worker.ved",
    },
    {
      what: "what is delivered is still to be delivered",
      file: "system/turn.js",
      from: "this.members.set(sender, members.without(from, number));",
      to: ";",
      misjudges: "systems/self-message-ends.ved",
    },
    {
      what: "what waits in a mailbox behind the first is forgotten",
      file: "system/member.js",
      from: "inbox: inbox.map(",
      to: "inbox: inbox.slice(0, 1).map(",
      misjudges: "systems/high-to-one-that-is-busy.ved",
    },
    {
      what: "what is told at the start is not delivered",
      file: "system/system-model.js",
      from: "turn.deliver();\n        return turn;\n    }\n    #follow",
      to: "return turn;\n    }\n    #follow",
      misjudges: "systems/starts-behind-the-listener.ved",
    },
    {
      what: "those who answer each other for ever stop some day",
      file: "system/system-model.js",
      from: "return successors.addQuiet(words, goOn, goOn, infoOf(1, true, false));",
      to: "return;",
      misjudges: "systems/endless-handlers.ved",
    },
    {
      what: "a long exchange is taken for an endless one",
      file: "system/turn.js",
      from: "met.has(text) && this.#senders.size > 0",
      to: "this.#senders.size > 0",
      misjudges: "systems/ending-after-many-hops.ved",
    },
    {
      what: "how many important messages were let through is forgotten",
      file: "system/member.js",
      from: "inARow: Math.min(inARow, maxInARow)",
      to: "inARow: 0",
      misjudges: "systems/three-in-a-row.ved",
    },
    {
      what: "who tells nobody anything waits for ever",
      file: "system/turn.js",
      from: "if (instance.post.outgoing.length === 0)",
      to: "if (instance.post.outgoing.length < 0)",
      misjudges: "systems/tells-nobody-twice.ved",
    },
    {
      what: "a mailbox that is full for good is never looked at again",
      file: "system/system-subject.js",
      from: "findings.length > 0",
      to: "findings.length < 0",
      misjudges: "systems/mailbox-fills-for-ever.ved",
    },
    {
      what: "a mailbox that is full for good is looked at with no larger one",
      file: "system/system-subject.js",
      from: "mailbox: defaultMailbox,",
      to: "mailbox: this.#mailbox,",
      misjudges: "systems/mailbox-fills-for-ever.ved",
    },
    {
      what: "who waits for room is never stuck, however large mailboxes are",
      file: "system/system-model.js",
      from: "this.mailbox < defaultMailbox && members",
      to: "members",
      misjudges: "systems/mailbox-fills-for-ever.ved",
    },
  ],
  "who comes to rest": [
    {
      what: "a circle is left by what is done in it again and again",
      file: "search/convergence.js",
      from: ".filter(([label]) => !taken.has(label))",
      to: "",
      misjudges: "toggle-at-once.ved",
    },
    {
      what: "a circle is never left by what is under way",
      file: "search/convergence.js",
      from: "return [...(throughout ?? [])]",
      to: "return []",
      misjudges: "circle-until-done.ved",
    },
    {
      what: "asking each other for ever is waiting for the world",
      file: "search/convergence.js",
      from: "&& inside.some((edge) => graph.isDone(edge))",
      to: "",
      misjudges: "systems/asks-for-ever.ved",
    },
    {
      what: "what changes something waits for the world",
      file: "search/convergence.js",
      from: "!inside.some((edge) => graph.changes(edge)) &&",
      to: "",
      misjudges: "three-in-a-circle.ved",
    },
    {
      what: "whoever waits for nothing waits for the world",
      file: "search/convergence.js",
      from: "!waits.includes(component) && (isWhole",
      to: "!idle.includes(component) && (isWhole",
      misjudges: "never-satisfied.ved",
    },
    {
      what: "who is at rest is stuck while others wait",
      file: "system/system-model.js",
      from: "!isAtRest(member) && isQuiet(member)",
      to: "isQuiet(member)",
      misjudges: "systems/waits-in-a-system.ved",
    },
    {
      what: "who can go on is stuck while others wait",
      file: "system/system-model.js",
      from: "!isAtRest(member) && isQuiet(member)",
      to: "!isAtRest(member)",
      misjudges: "systems/waits-in-a-system.ved",
    },
    {
      what: "nothing that is done again and again is a circle of its own",
      file: "search/components.js",
      from: "nodes.length > 1 || this.#leadsToItself(root)",
      to: "nodes.length > 1",
      misjudges: "systems/self-message.ved",
    },
    {
      what: "counting changes nothing",
      file: "domain/expansion.js",
      from: "|| states.counts(writes)",
      to: "",
      misjudges: "hammering.ved",
    },
    {
      what: "no commit changes anything, in a system",
      file: "system/member.js",
      from: "|| JSON.stringify(member.instance.state) !== JSON.stringify(before.state)",
      to: "",
      misjudges: "systems/two-masters.ved",
    },
    {
      what: "all answers of all attempts come by one and the same label",
      file: "domain/moves.js",
      from: "return transition < 0 ? move : this.done(transition);",
      to: "return 0;",
      misjudges: "turns.ved",
    },
    {
      what: "an adapter gives each answer some day",
      file: "domain/moves.js",
      from: "return transition < 0 ? move : this.done(transition);",
      to: "return move;",
      misjudges: "answers.ved",
    },
    {
      what: "failures are relied on",
      file: "system/moves.js",
      from: "isQuiet: isDone,",
      to: "isQuiet: true,",
      misjudges: "systems/start-state-mended.ved",
    },
    {
      what: "messages from outside are relied on",
      file: "system/moves.js",
      from: "isNews: true, isMessage: true",
      to: "isNews: true, isQuiet: true, isMessage: true",
      misjudges: "systems/outside-int-nowhere.ved",
    },
    {
      what: "that effects are done is not relied on",
      file: "system/moves.js",
      from: "isQuiet: isDone,",
      to: "isQuiet: false,",
      misjudges: "systems/reply-of-two-late.ved",
    },
    {
      what: "each answer comes some day, in a system",
      file: "system/moves.js",
      from: "isMessage: false, ...given }",
      to: "isMessage: false, ...given, label: key }",
      misjudges: "systems/busy-for-ever.ved",
    },
    {
      what: "a circle is left by what is possible at its beginning",
      file: "search/convergence.js",
      from: "new Map([...before].filter(([label]) => here.has(label)))",
      to: "before",
      misjudges: "systems/time-that-begins-anew.ved",
    },
    {
      what: "nobody is stuck while others wait",
      file: "system/system-model.js",
      from: "members.length < 2",
      to: "members.length > 0",
      misjudges: "systems/stuck-beside-a-wait.ved",
    },
    {
      what: "who is stuck now and then is stuck",
      file: "search/convergence.js",
      from: "stuck.every((names) => names.includes(name))",
      to: "stuck.some((names) => names.includes(name))",
      misjudges: "systems/busy-beside-a-wait.ved",
    },
    {
      what: "failures are what a circle waits for",
      file: "search/hope.js",
      from: "if (isNews)",
      to: "if (isNews || !isNews)",
      misjudges: "gives-up-on-a-failure-only.ved",
    },
    {
      what: "what is observed helps at once or never",
      file: "search/hope.js",
      from: "const target of this.#targetsOf(node))",
      to: "const target of [])",
      misjudges: "waits-then-acts-twice.ved",
    },
    {
      what: "the world is waited for once",
      file: "search/hope.js",
      from: "), ...this.#newsFrom(node)]",
      to: ")]",
      misjudges: "systems/two-wait-for-the-world.ved",
    },
    {
      what: "whoever has something under way is at rest",
      file: "system/rest.js",
      from: "activations.length + post.inbox.length",
      to: "post.inbox.length",
      misjudges: "systems/works-for-ever.ved",
    },
  ],
  "what does not matter": [
    {
      what: "a transition is settled first although it is wanted",
      file: "domain/reduction.js",
      from: "(plain.allHold || plain.plans[index] === null) && independent",
      to: "independent",
      misjudges: "bad-order.ved",
    },
    {
      what: "whose turn it is is forgotten",
      file: "domain/codec.js",
      from: "(this.#orders.cursors[instance.cursor] ?? 0)",
      to: "0",
      misjudges: "never-satisfied.ved",
    },
    {
      what: "writes that were overtaken are forgotten",
      file: "domain/codec.js",
      from: "const overtaken = [...new Set(from.overtaken)].sort();",
      to: "const overtaken = [];",
      misjudges: "cleared-between-steps.ved",
    },
    {
      what: "a transition that others wait for is in nobody's way",
      file: "domain/walker.js",
      from: "waitsFor.length === 0 && !awaited.has(name)",
      to: "waitsFor.length === 0",
      misjudges: "circle-until-done.ved",
    },
    {
      what: "writes that were overtaken are forgotten in a system",
      file: "system/member.js",
      from: "overtaken: [...new Set(activation.overtaken)].sort()",
      to: "overtaken: none",
      misjudges: "systems/overtaken-write.ved",
    },
    {
      what: "what started first is forgotten in a system",
      file: "system/member.js",
      from: "order: byOrder.indexOf(activation) + 1",
      to: "order: index + 1",
      misjudges: "systems/overtaken-write.ved",
    },
  ],
  verdicts: [
    {
      what: "what was looked at up to a bound is proved",
      file: "judge.js",
      from: 'subject.isBounded(graph) ? "proved up to a bound" : "proved"',
      to: '"proved"',
      misjudges: "dead-letter.ved",
    },
    {
      what: "ints beyond the bound are no reason for doubt",
      file: "domain/domain-subject.js",
      from: "return graph.beyond.length > 0 || ",
      to: "return ",
      misjudges: "endless-counter.ved",
    },
    {
      what: "ints beyond the bound are no reason for doubt in a system",
      file: "system/system-subject.js",
      from: "beyond.length > 0 || space.hasWaited ||",
      to: "space.hasWaited ||",
      misjudges: "systems/failures-passed-on.ved",
    },
    {
      what: "who waits for room in a mailbox is no reason for doubt",
      file: "system/system-subject.js",
      from: "beyond.length > 0 || space.hasWaited ||",
      to: "beyond.length > 0 ||",
      misjudges: "systems/seventy-to-a-busy-worker.ved",
    },
    {
      what: "ints that nobody sends from outside are a reason for doubt",
      file: "system/system-subject.js",
      from: 'sent.has(messageOf(field) ?? "") || messageOf(field) === null',
      to: "true",
      misjudges: "systems/ending-handlers.ved",
    },
    {
      what: "goals may exclude each other",
      file: "judge.js",
      from: "mayConflict && !subject.isBounded(graph)",
      to: "false",
      misjudges: "conflicting-goals.ved",
    },
    {
      what: "strings that the program does not know make no difference",
      file: "judge.js",
      from: "if (!hasOthers)",
      to: "if (hasOthers || !hasOthers)",
      misjudges: "unknown-string.ved",
    },
    {
      what: "ints that are more than compared with constants are all observed",
      file: "environment/inputs.js",
      from: "bounded.push(field.name);",
      to: ";",
      misjudges: "division.ved",
    },
    {
      what: "ints from outside are all sent",
      file: "system/system-subject.js",
      from: "this.#outside.isAlone || this.#boundedFields.length > 0",
      to: "this.#outside.isAlone",
      misjudges: "systems/outside-ints-apart.ved",
    },
  ],
};

/** More situations than this no program of the table has: a search that goes on was made endless. */
const maxNodes = 20_000;

describe.each(Object.entries(mutations))("%s", (_, all) => {
  it.each(all.map((each) => [each.what, each] as const))("it is noticed where %s", async (__, { misjudges, ...mutation }) => {
    const isTogether = misjudges.startsWith("systems/") || mutation.file.startsWith("system/");
    const judge = isTogether ? verdictTogether : lineAlone;
    const text = readFileSync(`fixtures/verify/${misjudges}`, "utf8");
    const right = (isTogether ? /^\/\/ ([\w ]+)/ : /^\/\/ (.*)/).exec(text)?.[1];
    expect(await judge({ verifying, verifyingTogether }, text)).toBe(right);
    expect(["gave up", right]).not.toContain(await judge(await verifierWith(mutation), text));
  });
});

/** Gives the verdict on a system: so the first line of a program begins. */
async function verdictTogether({ verifyingTogether }: Verifier, text: string): Promise<string | undefined> {
  const program = programOf(text);
  const verdicts = within(verifyingTogether(await loadMembers(program, [program]))).map(({ verdict }) => verdict);
  return verdicts.includes("refuted") ? "refuted" : verdicts[0];
}

/** Gives what is found out of a domain by itself: the first line of its program. */
async function lineAlone({ verifying }: Verifier, text: string): Promise<string> {
  const program = programOf(text);
  const [domain] = program.domains;
  const definition = (await definitionsOf(program))[domain?.name ?? ""];
  if (domain === undefined || definition === undefined) throw new Error("the source has no domain");
  return inOneLine(within(verifying(domain, definition, program.source)));
}

/** Gives what a search comes to; it is told to give up once it is endless. */
function within<R>(steps: Steps<R>): R {
  let isEndless = false;
  for (let next = steps.next(null); ; next = steps.next(isEndless ? "it is endless" : null)) {
    if (next.done === true) return next.value;
    isEndless ||= next.value.nodes > maxNodes;
  }
}
