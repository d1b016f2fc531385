import { useEffect, useRef, useState } from "preact/hooks";
import { visible } from "../../diagnostics/visible.js";
import type { FleetPage, InstanceLine } from "../views.js";
import { askFor } from "./api.js";
import { Badge } from "./badge.js";
import type { Filter } from "./filter.js";
import { instanceLink } from "./route.js";
import { count } from "./words.js";

/** The height of a line, in pixels; the style sheet has the same. */
const lineHeight = 44;

/** So many lines are asked for around those that are seen. */
const margin = 20;

interface Window {
  readonly offset: number;
  readonly lines: readonly InstanceLine[];
  readonly total: number;
}

const nothing: Window = { offset: 0, lines: [], total: 0 };

/** Gives the lines of a window onto the list, asked for anew with each change. */
function useWindow(query: string, offset: number, limit: number, number: number): Window {
  const [shown, setShown] = useState<Window>(nothing);
  const path = `/api/instances?${query}&offset=${offset}&limit=${limit}`;
  const turns = useRef({ path, asked: 0, shown: 0 }).current;
  useEffect(() => {
    turns.path = path;
    turns.asked += 1;
    const turn = turns.asked;
    askFor<FleetPage>(path).then(
      ({ instances, total }) => {
        // An answer shows also where more was asked since: changes may come faster than answers.
        if (turns.path !== path || turn < turns.shown) return;
        turns.shown = turn;
        setShown({ offset, lines: instances, total });
      },
      () => {},
    );
  }, [path, number]);
  return shown;
}

/**
 * Shows the instances that fit a filter: only the lines that are seen exist, however many there are.
 * @param number grows with changes
 */
export function InstanceList({ filter, number }: { filter: Filter; number: number }) {
  const list = useRef<HTMLDivElement>(null);
  const [top, setTop] = useState(0);
  const [active, setActive] = useState(0);
  const height = list.current?.clientHeight || 600;
  const first = Math.max(0, Math.floor(top / lineHeight) - margin);
  const limit = Math.ceil(height / lineHeight) + 2 * margin;
  const query = queryFor(filter);
  useEffect(() => {
    setActive(0);
    list.current?.scrollTo(0, 0);
  }, [query]);
  // A window that moves by less than the margin is the same.
  const offset = Math.floor(first / margin) * margin;
  const shown = useWindow(query, offset, limit + margin, number);
  const move = (event: KeyboardEvent) => {
    const next = moved(event.key, active, shown.total, Math.floor(height / lineHeight));
    if (event.key === "Enter") {
      const line = shown.lines[active - shown.offset];
      if (line !== undefined) location.hash = instanceLink(line.domain, line.key);
      return;
    }
    if (next === null) return;
    event.preventDefault();
    setActive(next);
    keepInSight(list.current, next);
  };
  return (
    <section aria-label="Instances">
      <p class="total" role="status">
        {count(shown.total, "instance")}
      </p>
      <div
        ref={list}
        class="list"
        style={{ height: `min(60vh, ${Math.max(shown.total, 1) * lineHeight + 2}px)` }}
        role="listbox"
        aria-label="Instances"
        tabIndex={0}
        aria-activedescendant={shown.total > 0 ? `line-${active}` : undefined}
        onKeyDown={move}
        onScroll={(event) => setTop(event.currentTarget.scrollTop)}
      >
        <div class="spacer" style={{ height: `${shown.total * lineHeight}px` }} aria-hidden="true" />
        {shown.lines.map((line, index) => (
          <Line
            key={`${line.domain}/${line.key}`}
            line={line}
            index={shown.offset + index}
            isActive={shown.offset + index === active}
          />
        ))}
      </div>
    </section>
  );
}

function Line({ line, index, isActive }: { line: InstanceLine; index: number; isActive: boolean }) {
  const { domain, key, standing, realities } = line;
  return (
    <a
      id={`line-${index}`}
      class="line"
      role="option"
      aria-selected={isActive}
      tabIndex={-1}
      href={instanceLink(domain, key)}
      style={{ transform: `translateY(${index * lineHeight}px)` }}
    >
      <span class="key">{visible(key)}</span>
      <span class="domain">{domain}</span>
      <Badge standing={standing} realities={realities} />
    </a>
  );
}

function queryFor({ domain, standing, reality, search }: Filter): string {
  const all = { domain, standing, reality, search };
  return new URLSearchParams(Object.entries(all).filter(([, value]) => value !== "")).toString();
}

/** Says where a key leads from a line; null: nowhere. */
function moved(key: string, at: number, total: number, page: number): number | null {
  const steps: Readonly<Record<string, number>> = {
    ArrowDown: at + 1,
    ArrowUp: at - 1,
    PageDown: at + page,
    PageUp: at - page,
    Home: 0,
    End: total - 1,
  };
  const wanted = Object.hasOwn(steps, key) ? steps[key] : undefined;
  return wanted === undefined || total === 0 ? null : Math.min(Math.max(wanted, 0), total - 1);
}

function keepInSight(list: HTMLElement | null, index: number): void {
  if (list === null) return;
  const [above, below] = [index * lineHeight, (index + 1) * lineHeight];
  if (above < list.scrollTop) list.scrollTop = above;
  else if (below > list.scrollTop + list.clientHeight) list.scrollTop = below - list.clientHeight;
}
