export { type Cue, type Played, type Replayed, replay } from "./replay.js";
export { type Failure, type Simulated, type SimulateOptions, simulate } from "./simulate.js";
export type { Line, Observations, SimulatedDomain, Tally } from "./trial.js";
