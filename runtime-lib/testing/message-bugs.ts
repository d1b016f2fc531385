import type { Bug } from "./library-with.js";

/** Bugs with messages, of the kernel and of the host's post. Each is to be found over the program that it names. */
export const messageBugs: readonly (Bug & { readonly program: "crowded" | "events" | "lost-message" })[] = [
  {
    bug: "the mailbox is not looked at again when what a message waits for is given up",
    file: "kernel/reconcile.js",
    right: "if (!hasMessages || next.post.inbox.length === 0)",
    wrong: "if (true)",
    within: 200,
    program: "lost-message",
  },
  {
    bug: "a message is run twice",
    file: "kernel/mail.js",
    right: "this.#run(turn, message);",
    wrong: "this.#run(turn, message); if (this.#canRun(turn, message)) this.#run(turn, message);",
    within: 50,
    program: "crowded",
  },
  {
    bug: "a message overtakes another of its sender in the mailbox",
    file: "kernel/mail.js",
    right: "waiting.add(message.from);",
    wrong: "",
    within: 200,
    program: "crowded",
  },
  {
    bug: "what is sent behind an event goes before it after a restart",
    file: "kernel/mail.js",
    right: "if (index < first)",
    wrong: "if (envelope.to !== null)",
    within: 500,
    program: "events",
  },
  {
    bug: "a message is dropped when the mailbox is full",
    file: "host/post.js",
    right: "this.#wait(nameOf({ domain: to.host.domain, key: to.key }), name, sender);",
    wrong: "slot.instance = withoutEnvelope(slot.instance, envelope.number);",
    within: 50,
    program: "crowded",
  },
  {
    bug: "who waits for room is not woken when there is some",
    file: "host/post.js",
    right: "this.sent(sender);",
    wrong: "{}",
    within: 50,
    program: "crowded",
  },
  {
    bug: "who has waited for room does not go on",
    file: "host/post.js",
    right: "if (delivered > 0 && slot.instance.post.outgoing.length === 0)",
    wrong: "if (false)",
    within: 50,
    program: "crowded",
  },
];
