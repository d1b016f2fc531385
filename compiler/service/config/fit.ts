import type { DomainDescription, EffectDescription } from "../../2-check/description.js";
import { suggest, thereAre } from "../../diagnostics/suggest.js";
import type { Value } from "../../language/type.js";
import { namesIn, templateNames, textsIn } from "../adapters/template.js";
import { mismatch } from "../adapters/value.js";
import { effectsOf, type RunProgram } from "../program.js";
import { redactorOf } from "../secrets/redact.js";
import type { ConfigPath, ConfigProblem } from "./problem.js";
import type { ReadConfig } from "./read.js";
import type { Salvaged } from "./salvage.js";
import { type Config, type EffectConfig, type ProbeConfig, shortestToken, shortToken } from "./schema.js";
import { shellWarnings } from "./shell.js";

/**
 * Gives everything that is wrong with a configuration that was read, also where only a part of it is right; `config` null: it is
 * wrong.
 */
export function problemsWith(
  { problems, salvaged, secrets, ...read }: Pick<ReadConfig, "problems" | "salvaged" | "secrets" | "offsetOf">,
  config: Config | null,
  program: RunProgram,
  observeOnly: boolean,
): readonly ConfigProblem[] {
  const fit = config === null ? mismatchesOf(salvaged, program, observeOnly) : mismatches(config, program, observeOnly);
  const { redact } = redactorOf(secrets);
  return [...problems, ...fit]
    .sort((a, b) => read.offsetOf(a) - read.offsetOf(b))
    .map(({ message, fix, ...problem }) => ({ ...problem, message: redact(message), fix: fix === null ? null : redact(fix) }));
}

function mismatchesOf(salvaged: Salvaged | null, program: RunProgram, observeOnly: boolean): ConfigProblem[] {
  if (salvaged === null) return [];
  const { config, leftOut, locationOf } = salvaged;
  const found = mismatches(config, program, observeOnly, leftOut);
  return found.map((problem) => ({ ...problem, path: locationOf(problem.path) }));
}

/**
 * Gives what of a configuration does not fit the program.
 * @param observeOnly none has to be bound
 * @param leftOut effects that are bound elsewhere
 */
function mismatches(config: Config, program: RunProgram, observeOnly: boolean, leftOut: readonly string[] = []): ConfigProblem[] {
  return [
    ...effectProblems(config, program, observeOnly, leftOut),
    ...commandWarnings(config, program),
    ...config.probes.flatMap((probe, index) => probeProblems(probe, ["probes", index], program)),
    ...(config.instances ?? []).flatMap(({ domain, state }, index) => {
      const path = ["instances", index];
      const found = domainOf(domain, path, program);
      if ("problem" in found) return [found.problem];
      return Object.entries(state).flatMap(([field, value]) =>
        valueProblems(found.domain, field, value, [...path, "state", field], path),
      );
    }),
    ...listenProblems(config),
  ];
}

function effectProblems(
  { effects }: Config,
  program: RunProgram,
  observeOnly: boolean,
  leftOut: readonly string[],
): ConfigProblem[] {
  const known = effectsOf(program);
  const names = known.map(({ name }) => name);
  const missing = observeOnly ? [] : names.filter((name) => !Object.hasOwn(effects, name) && !leftOut.includes(name));
  return [
    ...Object.entries(effects).flatMap(([name, config]): ConfigProblem[] => {
      const effect = known.find((each) => each.name === name);
      if (effect !== undefined) return adapterProblems(effect, config, ["effects", name]);
      const fix = meant(name, names) ?? (names.length === 0 ? "the program has none" : thereAre(names));
      return [{ path: ["effects", name], message: `the program has no effect ${name}`, fix, isKey: true }];
    }),
    ...missing.map((name) => ({
      path: ["effects"],
      message: `nothing carries out ${name}`,
      fix: `add ${JSON.stringify(name)}, with one of http, exec, log and run; --observe-only needs none`,
      isKey: true,
    })),
  ];
}

function commandWarnings({ effects, legacyEffects }: Config, program: RunProgram): ConfigProblem[] {
  const known = effectsOf(program);
  return Object.entries({ effects, legacyEffects }).flatMap(([option, bound]) =>
    Object.entries(bound).flatMap(([name, { exec }]) => {
      const effect = known.find((each) => each.name === name) ?? null;
      return exec === undefined ? [] : shellWarnings(effect, exec.command, [option, name, "exec", "command"]);
    }),
  );
}

function adapterProblems(effect: EffectDescription, config: EffectConfig, path: ConfigPath): ConfigProblem[] {
  const { http, exec, log } = config;
  const templates = [
    ...textsIn(http && { url: http.url, headers: http.headers, body: http.body ?? null }, [...path, "http"]),
    ...textsIn(exec?.command, [...path, "exec", "command"]),
  ];
  const names = templateNames(effect);
  const unknown = templates.flatMap(({ path: location, text }) =>
    namesIn(text).flatMap((name): ConfigProblem[] => {
      if (names.includes(name)) return [];
      const fix = meant(name, names) ?? `${thereAre(names.map((each) => `{${each}}`))}; {{ and }} stand for braces`;
      return [{ path: location, message: `${effect.name} has no argument {${name}}`, fix }];
    }),
  );
  if (log === undefined || effect.returns === null) return unknown;
  const reason = mismatch(log.value, effect.returns);
  const message = `a handler asks what ${effect.name} came to: ${reason}`;
  return reason === null ? unknown : [...unknown, { path: [...path, "log", "value"], message, fix: "give it as `value`" }];
}

function probeProblems(probe: ProbeConfig, path: ConfigPath, program: RunProgram): ConfigProblem[] {
  const found = domainOf(probe.domain, path, program);
  if ("problem" in found) return [found.problem];
  const { domain } = found;
  const field = domain.fields.find(({ name }) => name === probe.field);
  if (field === undefined) return valueProblems(domain, probe.field, "", [...path, "field"], path);
  const sides = (["up", "down"] as const).filter((side) => probe[side] !== undefined);
  if (sides.length === 0 && probe.exec === undefined) {
    const message = `a probe says what \`${field.name}\` is where the check succeeds, or where it fails`;
    return [{ path, message, fix: "give `up`, `down`, or both" }];
  }
  return sides.flatMap((side) => valueProblems(domain, field.name, probe[side] as Value, [...path, side], path));
}

function valueProblems(domain: DomainDescription, name: string, value: Value, path: ConfigPath, at: ConfigPath): ConfigProblem[] {
  const field = domain.fields.find((each) => each.name === name);
  if (field === undefined) {
    const names = domain.fields.map((each) => each.name);
    const fix = meant(name, names) ?? thereAre(names);
    return [{ path: path.length > at.length ? path : at, message: `${domain.name} has no field ${name}`, fix }];
  }
  const reason = mismatch(value, field);
  if (reason === null) return [];
  const fix = typeof value === "string" && field.members !== undefined ? meant(value, field.members) : null;
  return [{ path, message: `\`${name}\` cannot be that: ${reason}`, fix }];
}

function domainOf(
  name: string | undefined,
  path: ConfigPath,
  { domains }: RunProgram,
): { readonly domain: DomainDescription } | { readonly problem: ConfigProblem } {
  const names = domains.map(({ description }) => description.name);
  const [only] = domains;
  if (name === undefined && only !== undefined && domains.length === 1) return { domain: only.description };
  if (name === undefined) {
    return {
      problem: { path, message: "it does not say of which domain it is", fix: `give \`domain\`: ${thereAre(names)}` },
    };
  }
  const found = domains.find(({ description }) => description.name === name);
  if (found !== undefined) return { domain: found.description };
  const fix = meant(name, names) ?? thereAre(names);
  return { problem: { path: [...path, "domain"], message: `the program has no domain ${name}`, fix } };
}

function listenProblems({ listen: { host, token } }: Config): ConfigProblem[] {
  if (token !== undefined && token.length < shortestToken) {
    return [{ path: ["listen", "token"], message: shortToken, fix: "take one of `openssl rand -hex 32`" }];
  }
  if (token !== undefined || isLoopback(host)) return [];
  const message = `${host} can be reached from other machines, so that whoever calls has to show a token`;
  return [{ path: ["listen", "host"], message, fix: "give `listen.token`, or set VEDC_TOKEN; or listen on 127.0.0.1" }];
}

/** Says whether only this machine reaches an address. */
export function isLoopback(host: string): boolean {
  return host === "localhost" || host === "::1" || /^127\.\d+\.\d+\.\d+$/.test(host);
}

function meant(name: string, names: readonly string[]): string | null {
  return suggest(name, names, { start: 0, end: 0 })?.message ?? null;
}
