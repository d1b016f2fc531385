export { type Failure, type Simulated, type SimulateOptions, simulate } from "./simulate.js";
export type { Line, Observations } from "./trial.js";
