import { hasEffects, hasMessages } from "../kernel/features.js";
import { none } from "../kernel/instance.js";
import type { Revived } from "./journal.js";

/**
 * Gives a revived instance as far as this artifact can go on with it: what it has no code for, as no program of its bundle has a use for
 * it, is given up where nothing of it has happened.
 * @throws TypeError where something of it has happened, or may have
 */
export function fitting(revived: Revived): Revived {
  const { domain, instance } = revived;
  const { key, activations, settlements, post } = instance;
  const isUnderWay = activations.some(({ mode }) => mode !== "waiting") || settlements.some(({ happened }) => happened);
  const isSending = activations.some(({ args, sends }) => args !== null || sends.length > 0);
  const isAsked = post.inbox.length + post.outgoing.length > 0 || isSending;
  if ((!hasEffects && isUnderWay) || (!hasMessages && isAsked)) {
    const what = hasEffects ? "messages" : "effects or messages";
    throw new TypeError(
      `${domain}/${key} has ${what} pending, and this version knows of none: let the one before finish them first`,
    );
  }
  return hasEffects ? revived : { ...revived, instance: { ...instance, activations: none, settlements: none } };
}
