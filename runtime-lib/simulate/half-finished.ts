import type { Books } from "./books.js";
import { Violation } from "./violation.js";
import { domainIn } from "./witness.js";
import type { World } from "./world.js";

/** What the world and the books at rest do not agree on: effects without their commit, commits without their effects. */
export function* halfFinished({ happened, life }: World, books: Books): Generator<Violation> {
  for (const [id, { effect, instance, activation, life: own }] of happened) {
    if (own !== life || books.intentsCommitted(`${domainIn(id)}/${instance}`, activation) !== undefined) continue;
    yield new Violation(`half-finished: ${effect} happened (${id}), and its activation did not commit`);
  }
  for (const [name, activation, intents] of books.commits()) {
    for (let index = 0; index < intents; index += 1) {
      const key = `${name}/life${life}/${activation}/${index}`;
      if (!happened.has(key)) yield new Violation(`half-finished: activation ${activation} committed, and ${key} never happened`);
    }
  }
}
