import { useEffect, useState } from "preact/hooks";
import type { DomainDescription } from "../../2-check/description.js";
import { visible } from "../../diagnostics/visible.js";
import type { InstanceHistory, ProgramView } from "../views.js";
import { Activations } from "./activations.js";
import { AnswerError, askFor } from "./api.js";
import { Badge } from "./badge.js";
import { Chart } from "./chart.js";
import { instancePath } from "./route.js";
import { onChange } from "./stream.js";
import { Timeline } from "./timeline.js";

/** Shows one instance in depth. */
export function Instance({ program, domain, name }: { program: ProgramView; domain: string; name: string }) {
  const [view, setView] = useState<InstanceHistory | null>(null);
  const [missing, setMissing] = useState("");
  const description = program.domains.find((each) => each.name === domain);
  useEffect(() => {
    setView(null);
    const query = new URLSearchParams({ domain, key: name });
    return onChange(`?${query}`, async (signal) => {
      try {
        setView(await askFor<InstanceHistory>(instancePath(domain, name), signal));
        setMissing("");
      } catch (error) {
        if (error instanceof AnswerError && error.status === 404) setMissing(error.message);
        else throw error;
      }
    });
  }, [domain, name]);
  useEffect(() => {
    document.title = `${view === null ? "" : `${view.standing} · `}${visible(name)} · ${domain}`;
  }, [view, domain, name]);
  useEffect(() => {
    const back = (event: KeyboardEvent) => {
      if (event.key === "Escape") location.hash = "#/";
    };
    addEventListener("keydown", back);
    return () => removeEventListener("keydown", back);
  }, []);
  if (missing !== "" || description === undefined) return <Missing text={missing || `There is no domain ${domain}.`} />;
  return (
    <main>
      <p class="crumbs">
        <a href="#/">All instances</a> / {domain}
      </p>
      <h1 class="title">
        {visible(name)} {view === null ? null : <Badge standing={view.standing} realities={realitiesOf(view)} />}
      </h1>
      {view === null ? (
        <p role="status">Loading…</p>
      ) : (
        <div class="columns">
          <Goals view={view} description={description} />
          <State view={view} description={description} />
          <Activations view={view} />
          <Chart domain={domain} node={view.node} />
          <Timeline entries={view.history} now={view.now} />
        </div>
      )}
    </main>
  );
}

function Missing({ text }: { text: string }) {
  return (
    <main>
      <p class="crumbs">
        <a href="#/">All instances</a>
      </p>
      <p role="status">{visible(text)}</p>
    </main>
  );
}

function realitiesOf({ goals }: InstanceHistory): Record<string, string | null> {
  return Object.fromEntries(Object.entries(goals).map(([name, { reality }]) => [name, reality]));
}

interface ViewProps {
  readonly view: InstanceHistory;
  readonly description: DomainDescription;
}

function Goals({ view, description }: ViewProps) {
  return (
    <section class="card" aria-label="Goals">
      <h2>Goals</h2>
      {description.goals.map(({ name, doc, realities }) => {
        const held = view.goals[name]?.reality ?? null;
        return (
          <div key={name} class="goal">
            <h3>
              {name} <small>{held === null ? "does not hold" : `holds in reality ${held}`}</small>
            </h3>
            {doc === "" ? null : <p class="doc">{visible(doc)}</p>}
            <ul>
              {realities.map(({ name: reality, condition }) => (
                <li key={reality} class={reality === held ? "reality held" : "reality"}>
                  <b>{reality}</b> <code>{visible(condition)}</code>{" "}
                  {reality === held ? <span class="unseen">(holds)</span> : null}
                </li>
              ))}
            </ul>
          </div>
        );
      })}
      {view.faults.map(({ kind, name, reason }) => (
        <p key={name} class="warning">
          The {kind} {name} faults: {visible(reason)}
        </p>
      ))}
    </section>
  );
}

function State({ view, description }: ViewProps) {
  return (
    <section class="card" aria-label="State">
      <h2>State</h2>
      <dl class="state">
        {description.fields.map(({ name, observed, doc }) => (
          <div key={name} title={visible(doc)}>
            <dt>
              {name} {observed ? <small>observed</small> : null}
            </dt>
            <dd>
              <code>{visible(JSON.stringify(view.state[name] ?? null))}</code>
            </dd>
          </div>
        ))}
        {view.elapsed.map((name) => (
          <div key={name}>
            <dt>{visible(name)}</dt>
            <dd>
              <code>true</code>
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
