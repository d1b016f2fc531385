// What generated modules import; and, re-exported by them, what their users need.
export {
  type Domain,
  type DomainDefinition,
  type DomainHost,
  defineDomain,
  type EventOf,
  type Goal,
  type StartOptions,
  type StatusOf,
} from "./domain.js";
export { emit } from "./emit.js";
export { ObservationError, OutcomeUnknown, VedFault } from "./errors.js";
export type { EffectName } from "./host/adapters.js";
export type { EffectCall, Signal } from "./host/call.js";
export type { Clock } from "./host/clock.js";
export type { Concurrency } from "./host/gates.js";
export type { Instance, Observable, Running, SettledOptions } from "./host/instance.js";
export type { Journal } from "./host/journal.js";
export type { HostOptions } from "./host/open.js";
export type { RetryOptions } from "./host/retry.js";
export { add, divide, multiply, negate, ranged, remainder, subtract } from "./int.js";
export type { Contract, Duration, Handler, Intent, Invariant, Plan, Receiver, Send, Transition } from "./kernel/compiled.js";
export { contracts } from "./kernel/contracts.js";
export type { Definition } from "./kernel/definition.js";
export { durations } from "./kernel/durations.js";
export type { KernelEvent } from "./kernel/event.js";
export { handlers } from "./kernel/handlers.js";
export type { RetryPolicy } from "./kernel/rules.js";
export type { ActivationStatus, FaultStatus, GoalStatus, Status } from "./kernel/status.js";
export type { State, Value, ValueType } from "./kernel/value.js";
export { broadcast, send, sendHigh } from "./send.js";
export { join } from "./string.js";
export {
  defineSystem,
  type StartedInstance,
  type StartSystem,
  type System,
  type SystemDomain,
  type SystemEvent,
  type SystemInstance,
  type SystemOptions,
} from "./system.js";
