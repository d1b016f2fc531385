import { useEffect, useRef, useState } from "preact/hooks";
import { visible } from "../../diagnostics/visible.js";
import { standings } from "../standing.js";
import type { CountsView, DomainCount, ProgramView } from "../views.js";
import { askFor } from "./api.js";
import { type Filter, noFilter } from "./filter.js";
import { InstanceList } from "./list.js";
import { onChange } from "./stream.js";
import { count, standingHelp, standingWords } from "./words.js";

/** Shows all instances at a glance: how many stand how and rest where, and the list of them. */
export function Fleet({ program }: { program: ProgramView }) {
  const [counts, setCounts] = useState<CountsView | null>(null);
  const [filter, setFilter] = useState<Filter>(noFilter);
  useEffect(() => onChange("", async (signal) => setCounts(await askFor<CountsView>("/api/counts", signal))), []);
  useEffect(() => {
    const attention = counts?.domains.reduce((sum, { standings: each }) => sum + each.stuck + each.oscillating, 0) ?? 0;
    document.title = attention > 0 ? `(${attention}) ${visible(program.name)}` : visible(program.name);
  }, [counts, program]);
  const toggle = (change: Partial<Filter>) => setFilter({ ...filter, ...(isPart(change, filter) ? cleared(change) : change) });
  return (
    <main>
      <h1 class="unseen">All instances</h1>
      {counts?.domains.map((domain) => (
        <Domain key={domain.domain} counts={domain} program={program} filter={filter} toggle={toggle} />
      ))}
      <Search filter={filter} setFilter={setFilter} />
      <InstanceList filter={filter} number={counts?.number ?? 0} />
    </main>
  );
}

function isPart(change: Partial<Filter>, filter: Filter): boolean {
  return Object.entries(change).every(([name, value]) => Reflect.get(filter, name) === value);
}

function cleared(change: Partial<Filter>): Partial<Filter> {
  return Object.fromEntries(Object.keys(change).map((name) => [name, ""]));
}

interface DomainProps {
  readonly counts: DomainCount;
  readonly program: ProgramView;
  readonly filter: Filter;
  toggle(change: Partial<Filter>): void;
}

function Domain({ counts, program, filter, toggle }: DomainProps) {
  const { domain, instances, standings: found, goals } = counts;
  const description = program.domains.find(({ name }) => name === domain);
  return (
    <section class="card" aria-label={domain}>
      <h2>
        {domain} <small>{count(instances, "instance")}</small>
      </h2>
      <div class="bar" aria-hidden="true">
        {standings.map((standing) =>
          found[standing] > 0 ? <span key={standing} class={standing} style={{ flexGrow: found[standing] }} /> : null,
        )}
      </div>
      <p class="chips">
        {standings.map((standing) => (
          <Chip
            key={standing}
            kind={standing}
            number={found[standing]}
            help={standingHelp[standing]}
            isOn={filter.domain === domain && filter.standing === standing}
            onClick={() => toggle({ domain, standing })}
          >
            {standingWords[standing]}
          </Chip>
        ))}
      </p>
      {description?.goals.map(({ name, realities }) => (
        <p class="chips" key={name}>
          <span class="label">{name}</span>
          {realities.map(({ name: reality, condition }) => (
            <Chip
              key={reality}
              kind="held"
              number={goals[name]?.[reality] ?? 0}
              help={visible(condition)}
              isOn={filter.domain === domain && filter.reality === `${name}:${reality}`}
              onClick={() => toggle({ domain, reality: `${name}:${reality}` })}
            >
              in reality {reality}
            </Chip>
          ))}
          <Chip
            kind="unmet"
            number={goals[name]?.unmet ?? 0}
            help="The goal does not hold."
            isOn={filter.domain === domain && filter.reality === `${name}:`}
            onClick={() => toggle({ domain, reality: `${name}:` })}
          >
            in none
          </Chip>
        </p>
      ))}
    </section>
  );
}

interface ChipProps {
  readonly kind: string;
  readonly number: number;
  readonly help: string;
  readonly isOn: boolean;
  readonly children: preact.ComponentChildren;
  onClick(): void;
}

/** Shows a number that is a filter as well. */
function Chip({ kind, number, help, isOn, children, onClick }: ChipProps) {
  return (
    <button type="button" class={`chip ${kind} ${number === 0 ? "none" : ""}`} aria-pressed={isOn} title={help} onClick={onClick}>
      <b>{number.toLocaleString()}</b> {children}
    </button>
  );
}

function Search({ filter, setFilter }: { filter: Filter; setFilter: (filter: Filter) => void }) {
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    const focus = (event: KeyboardEvent) => {
      if (event.key !== "/" || event.target instanceof HTMLInputElement) return;
      event.preventDefault();
      input.current?.focus();
    };
    addEventListener("keydown", focus);
    return () => removeEventListener("keydown", focus);
  }, []);
  const isFiltered = filter.domain !== "" || filter.search !== "";
  return (
    <p class="search">
      <input
        ref={input}
        type="search"
        placeholder="Search by key ( / )"
        aria-label="Search instances by key"
        value={filter.search}
        onInput={(event) => setFilter({ ...filter, search: event.currentTarget.value })}
      />
      {isFiltered ? (
        <button type="button" onClick={() => setFilter(noFilter)}>
          Show all
        </button>
      ) : null}
    </p>
  );
}
