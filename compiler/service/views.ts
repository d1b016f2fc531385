import type { Status } from "../../runtime-lib/kernel/status.js";
import type { DomainDescription } from "../2-check/description.js";
import type { Standing } from "./standing.js";

// What the service answers, as data: the page reads it too.

/** An instance in a list. */
export interface InstanceLine {
  readonly domain: string;
  readonly key: string;
  readonly standing: Standing;
  /** For each goal the name of the reality that holds, or null. */
  readonly realities: Readonly<Record<string, string | null>>;
}

/** A page of instances. */
export interface FleetPage {
  readonly instances: readonly InstanceLine[];
  /** How many there are on all pages. */
  readonly total: number;
  /** What `after` has to be for the next page; null: this is the last. */
  readonly next: string | null;
}

/** How many instances of a domain stand how. */
export interface DomainCount {
  readonly domain: string;
  readonly instances: number;
  readonly standings: Readonly<Record<Standing, number>>;
  /** For each goal: how many instances are in which reality, by its name; `unmet` in none. */
  readonly goals: Readonly<Record<string, Readonly<Record<string, number>>>>;
}

/** How many instances stand how. */
export interface CountsView {
  /** The number of the latest event. */
  readonly number: number;
  readonly domains: readonly DomainCount[];
}

/** Something that happened, as it is shown. */
export interface Entry {
  /** Grows by one with each entry, and from process to process; 0: it comes from the journal, from before. */
  readonly number: number;
  /** Epoch ms. */
  readonly at: number;
  /** The kind of event. */
  readonly type: string;
  readonly text: string;
}

/** An instance in depth. */
export interface InstanceView extends Status {
  readonly domain: string;
  readonly key: string;
  readonly standing: Standing;
  readonly state: Readonly<Record<string, string | number | boolean>>;
  /** What has held for long enough. */
  readonly elapsed: readonly string[];
  /** The id of its place's element on the domain's chart; null: the chart does not show it. */
  readonly node: string | null;
  /** When time will be up for something, in epoch ms; null: nothing is waited for. */
  readonly wakeAt: number | null;
  /** The time of this answer, in epoch ms. */
  readonly now: number;
}

/** An instance in depth, with what happened to it lately, the oldest first. */
export interface InstanceHistory extends InstanceView {
  readonly history: readonly Entry[];
}

/** The program that is served. */
export interface ProgramView {
  readonly name: string;
  /** The version of vedc. */
  readonly version: string;
  /** No effect is carried out. */
  readonly observeOnly: boolean;
  readonly domains: readonly DomainDescription[];
}
