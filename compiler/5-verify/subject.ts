import type { ObservedField } from "./report/findings.js";
import type { Report, VerifyFinding, WaitReport } from "./report/report.js";
import type { Scope } from "./report/summary.js";
import type { Model } from "./report/teller.js";
import type { Convergence } from "./search/convergence.js";
import type { Graph } from "./search/graph.js";
import type { Steps } from "./search/steps.js";

/** What a report says beside the verdict and what it rests on. */
export type Extras = Pick<Report, "effort" | "turns" | "outages"> & {
  /** What is no refutation, and worth a warning. */
  readonly warnings: readonly VerifyFinding[];
};

/** What is known of a program without looking at its situations. */
export type Outline = Pick<Report, "independent" | "waitsFor">;

/** What is verified, with all that is to be said of it: a domain by itself, or the instances of a system. */
export interface Subject<G extends Graph<Model> = Graph<Model>> {
  readonly name: string;
  /** Why what may come from outside cannot be listed, as a clause; null: it can. */
  readonly obstacle: string | null;
  /** What may be observed. */
  readonly fields: readonly ObservedField[];
  readonly outline: Outline;
  /** Makes a graph that is to be explored. @param withOthers whether strings are observed that the program does not know */
  graph(withOthers: boolean): G;
  /** Every value that was observed, by field. @param graph null where nothing was looked at */
  inputsIn(graph: G | null): Report["inputs"];
  /** Whether something beyond a bound was not looked at. */
  isBounded(graph: G): boolean;
  /** Looks at what lies behind a bound that was met, and gives how it does not come to rest there. */
  beyondBound(graph: G): Steps<readonly VerifyFinding[]>;
  /** Goals that exclude each other. */
  conflictsIn(graph: G): readonly VerifyFinding[];
  /** What a verdict holds for. @param graph null where nothing was looked at @param waits for what it waits */
  scopeOf(graph: G | null, waits: readonly WaitReport[]): Scope;
  /** Sees to it that the kernel kept its promises. @throws Error where it did not; no program can make it */
  checkKernel(graph: G): void;
  /** What else is to be said of how it was looked at. */
  assumptionsOf(graph: G, convergence: Convergence): readonly string[];
  /** What was done so that less had to be looked at. */
  reductionsOf(graph: G): readonly string[];
  /** What makes no difference. @param resting every node that rests */
  vacuityOf(graph: G, resting: readonly number[]): Steps<readonly VerifyFinding[]>;
  /** What is nice to know of what comes to rest. */
  extrasOf(graph: G, convergence: Convergence, resting: readonly number[]): Steps<Extras>;
}
