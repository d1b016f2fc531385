export type { Cue, Happening, Played, Replayed, Sending, Standing } from "./cue.js";
export { type ReplayOptions, replay, Unplayable } from "./replay.js";
export {
  type Failure,
  type RunOptions,
  type Simulated,
  type SimulateOptions,
  type SimulateSystemOptions,
  simulate,
  simulateSystem,
} from "./simulate.js";
export type { Line, Tally } from "./simulated-run.js";
export type { Observations, SimulatedDomain, SimulatedPart, SimulatedSystem } from "./subject.js";
