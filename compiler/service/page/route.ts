import { signal } from "@preact/signals";

/** What the page shows: the fleet, or one instance. */
export type Route = { readonly view: "fleet" } | { readonly view: "instance"; readonly domain: string; readonly key: string };

/** What is shown now; it stands in the address, so that it can be kept and sent. */
export const route = signal<Route>(read());

addEventListener("hashchange", () => {
  route.value = read();
  scrollTo(0, 0);
});

/** Gives the address of an instance. */
export function instanceLink(domain: string, key: string): string {
  return `#/${encodeURIComponent(domain)}/${encodeURIComponent(key)}`;
}

/** Gives a part of the path of an instance in the API. */
export function instancePath(domain: string, key: string): string {
  return `/api/instances/${encodeURIComponent(domain)}/${encodeURIComponent(key)}`;
}

function read(): Route {
  const [, domain, key] = /^#\/([^/]+)\/([^/]+)$/.exec(location.hash) ?? [];
  if (domain === undefined || key === undefined) return { view: "fleet" };
  try {
    return { view: "instance", domain: decodeURIComponent(domain), key: decodeURIComponent(key) };
  } catch {
    return { view: "fleet" };
  }
}
