import { useEffect, useRef, useState } from "preact/hooks";
import { AnswerError, ask } from "./api.js";

/** Shows a domain as a graph of realities and transitions, with the node where the instance is. */
export function Chart({ domain, node }: { domain: string; node: string | null }) {
  const [svg, setSvg] = useState("");
  const [trouble, setTrouble] = useState("");
  const figure = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const ended = new AbortController();
    ask(`/api/domains/${encodeURIComponent(domain)}/chart.svg`, ended.signal)
      .then((answer) => answer.text())
      .then(setSvg, (error: unknown) => {
        if (error instanceof AnswerError) setTrouble(`It cannot be drawn: ${error.message}.`);
      });
    return () => ended.abort();
  }, [domain]);
  useEffect(() => {
    const { current } = figure;
    for (const node of current?.querySelectorAll(".here") ?? []) {
      node.classList.remove("here");
      node.removeAttribute("aria-current");
    }
    const here = node === null ? null : current?.querySelector(`#${CSS.escape(node)}`);
    here?.classList.add("here");
    here?.setAttribute("aria-current", "true");
    centre(current, here);
  }, [svg, node]);
  return (
    <section class="card wide" aria-label="Chart">
      <h2>
        Chart{" "}
        <small>
          {node === null ? "it does not show where the instance is" : "the node with the thick border is where it is"}
        </small>
      </h2>
      {trouble === "" ? null : <p class="quiet">{trouble}</p>}
      {/* The service draws it from the program, whose names and texts are escaped; scripts in it would not run. */}
      <div
        ref={figure}
        class="chart"
        role="img"
        aria-label={`The nodes of ${domain}, and what leads from one to another`}
        tabIndex={0}
        dangerouslySetInnerHTML={{ __html: svg }}
      />
    </section>
  );
}

/** Scrolls the chart to the node, where it is wider than the screen. */
function centre(figure: Element | null, here: Element | null | undefined): void {
  if (figure == null || here == null) return;
  const [outer, inner] = [figure.getBoundingClientRect(), here.getBoundingClientRect()];
  figure.scrollLeft += inner.left + inner.width / 2 - outer.left - outer.width / 2;
}
