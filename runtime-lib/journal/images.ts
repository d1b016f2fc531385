import { type Image, withChanges, withoutEnvelope } from "./image.js";
import type { JournalRecord } from "./store.js";

/** The image of an instance, and whose it is. */
export interface Kept {
  readonly domain: string;
  readonly key: string;
  readonly image: Image;
}

/** The instances of a journal, by their names. */
export type Images = Map<string, Kept>;

/** Names an instance: the name of a domain has no slash. */
export function imageName(domain: string, key: string): string {
  return `${domain}/${key}`;
}

/** Applies a record: it says what became of an instance, and of which other one it has taken a message. */
export function fold(images: Images, { domain, key, changes, taken }: JournalRecord): void {
  const name = imageName(domain, key);
  images.set(name, { domain, key, image: withChanges(images.get(name)?.image, changes) });
  if (taken === undefined) return;
  const sender = images.get(imageName(taken.domain, taken.key));
  if (sender === undefined) return;
  images.set(imageName(taken.domain, taken.key), { ...sender, image: withoutEnvelope(sender.image, taken.number) });
}
