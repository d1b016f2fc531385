import { domainIn } from "./oracle.js";
import type { ReferenceModel } from "./reference-model.js";
import { Violation } from "./violation.js";
import type { World } from "./world.js";

/**
 * Finds what the world and the reference model at rest do not agree on: effects without their commit, commits without their
 * effects.
 */
export function* halfFinished({ happened, life }: World, model: ReferenceModel): Generator<Violation> {
  for (const [id, { effect, instance, activation, life: own }] of happened) {
    if (own !== life || model.intentsCommitted(`${domainIn(id)}/${instance}`, activation) !== undefined) continue;
    yield new Violation(`half-finished: ${effect} happened (${id}), and its activation did not commit`);
  }
  for (const [name, activation, intents] of model.commits()) {
    for (let index = 0; index < intents; index += 1) {
      const key = `${name}/life${life}/${activation}/${index}`;
      if (!happened.has(key)) yield new Violation(`half-finished: activation ${activation} committed, and ${key} never happened`);
    }
  }
}
