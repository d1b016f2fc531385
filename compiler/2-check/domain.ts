import type * as ast from "../1-parse/ast.js";
import type { Comments } from "../1-parse/comments.js";
import { walk } from "../1-parse/walk.js";
import { Findings, type Kept, kept, type Source } from "../diagnostics/diagnostic.js";
import { suggest } from "../diagnostics/suggest.js";
import { defaultPriority } from "../language/default.js";
import type { TypeRef } from "../language/type.js";
import type { Context, Surroundings } from "./context.js";
import { checkContract } from "./contract.js";
import { OwnDefinitions } from "./define.js";
import { EffectUses, type Returned, type Use } from "./effect-uses.js";
import { pathText } from "./expression.js";
import { checkGoal, goalNames } from "./goal.js";
import { checkHandler } from "./handler.js";
import { checkInvariant } from "./invariant.js";
import { reportDuplicates, reportForbidden } from "./names.js";
import { reportOwnKey } from "./own-key.js";
import type { Contract, Domain, Goal, Invariant, Transition } from "./program.js";
import { checkReceiver } from "./receiver.js";
import { checkField } from "./state.js";
import { reportShadowing, reportTerms } from "./terms.js";
import { checkTransition, type OwnTransition } from "./transition.js";
import { fieldsIn } from "./traverse.js";
import { checkType } from "./type.js";
import { OwnVocabulary } from "./vocabulary.js";
import { guardsOf, waitsOf } from "./waits.js";

/** A domain before its effects are described, which takes every use in the file; the comments on it stand outside of it. */
export type Undescribed = Omit<Domain, "effects" | "remarks"> & { readonly contracts: ReadonlyMap<string, Contract> };

/** What came of checking a domain by itself. */
export interface CheckedDomain {
  readonly domain: Undescribed;
  readonly uses: readonly Use[];
  readonly returns: readonly Returned[];
  readonly found: readonly Kept[];
}

/** Checks a domain: gives what is wrong with it, and what is not. Of the rest of the file it knows what it asks `around`. */
export function checkDomain(node: ast.DomainNode, around: Surroundings, comments: Comments, source: Source): CheckedDomain {
  const findings = new Findings(source);
  const effects = new EffectUses(around, findings);
  const domain = checkMembers(node, { around, effects, comments, findings });
  return { domain, uses: effects.uses, returns: effects.returns, found: kept(findings.all()) };
}

/** Where the members of a domain are checked. */
interface Checking {
  readonly around: Surroundings;
  readonly effects: EffectUses;
  readonly comments: Comments;
  readonly findings: Findings;
}

function checkMembers(node: ast.DomainNode, { around, effects, comments, findings }: Checking): Undescribed {
  const vocabulary = new OwnVocabulary(node, around.vocabulary, findings);
  const [state, ...repeated] = node.states;
  for (const again of repeated) {
    const related = state === undefined ? [] : [{ span: state.span, message: "the first one" }];
    findings.report("VED2003", again.span, { what: `state block in domain \`${node.name.text}\`` }, { related });
  }
  const fieldNodes = node.states.flatMap(({ fields }) => fields);
  reportNames(node, findings);
  reportTerms(node, vocabulary.outer, findings);
  vocabulary.checkAll();
  const fieldNames = fieldNodes.map(({ name }) => name);
  reportShadowing(fieldNames, { vocabulary }, findings);
  const definedNames = node.defines.map(({ name }) => name);
  reportOwnKey([...fieldNames, ...definedNames], findings);
  const types = new Map<string, TypeRef | null>(
    fieldNodes.map((field) => [field.name.text, checkType(field.type, vocabulary, findings)]),
  );
  reportShadowing(definedNames, { vocabulary, types }, findings);
  const readable = { domain: node, types, parameters: new Map(), allowsTime: true, durations: new Map(), vocabulary, findings };
  const definitions = new OwnDefinitions(node.defines, readable);
  definitions.checkAll();
  const timed: Context = { ...readable, definitions, domains: around.domains, effects, saturates: false, comments };
  const timeless = { ...timed, allowsTime: false };
  const fields = fieldNodes.map((field) => checkField(field, types.get(field.name.text) ?? null, timed));
  const names = goalNames(node.goals);
  const goals = sound(node.goals.map((goal, index) => checkGoal(goal, names[index] ?? node.name, timed)));
  const own = sound(node.transitions.map((transition) => checkTransition(transition, timed)));
  const invariants = sound(node.invariants.map((invariant) => checkInvariant(invariant, timeless)));
  const handlers = sound(node.handlers.map((handler) => checkHandler(handler, { ...timeless, saturates: true })));
  reportHandlers(node, findings);
  const receivers = sound(node.receivers.map((receiver) => checkReceiver(receiver, timeless)));
  const written = new Set([...own, ...handlers, ...receivers].flatMap(({ writes }) => writes));
  return {
    name: node.name.text,
    span: node.name.span,
    fields: sound(fields).map((field) => ({ ...field, observed: !written.has(field.name) })),
    durations: [...timed.durations.values()],
    goals,
    invariants,
    handlers,
    receivers,
    transitions: completed(own, goals, invariants),
    contracts: contractsOf(node, timeless),
  };
}

function sound<T>(checked: readonly (T | null)[]): T[] {
  return checked.filter((each): each is T => each !== null);
}

/** Gives the transitions with what follows from all of them together. */
function completed(own: readonly OwnTransition[], goals: readonly Goal[], invariants: readonly Invariant[]): Transition[] {
  const guarded = invariants.map(({ name, condition }) => ({ name, reads: [...new Set(fieldsIn(condition))] }));
  const hasStrategy = goals.some(({ strategy }) => strategy !== null);
  return own.map((transition) => {
    const served = goals.filter(({ strategy }) => strategy === null || strategy.includes(transition.name));
    return {
      ...transition,
      priority:
        transition.priority ?? Math.max(...served.map(({ priority }) => priority), served.length > 0 ? 0 : defaultPriority),
      serves: hasStrategy ? served.map(({ name }) => name) : null,
      waitsFor: waitsOf(transition, own, guarded),
      guards: guardsOf(transition, guarded),
    };
  });
}

function contractsOf(node: ast.DomainNode, context: Context): Map<string, Contract> {
  const contracts = new Map<string, Contract>();
  for (const effect of node.effects) {
    const contract = checkContract(effect, context);
    if (contract !== null) contracts.set(effect.path.names.map(({ text }) => text).join("."), contract);
  }
  return contracts;
}

/** Names of one sort: no two of them are the same. */
type Names = readonly [what: string, names: readonly ast.Name[]];

/** What the members of each kind declare by name. */
const declared: { readonly [K in ast.MemberNode["kind"]]: (node: ast.DomainNode) => readonly Names[] } = {
  state: ({ states }) => [["field", states.flatMap(({ fields }) => fields.map(({ name }) => name))]],
  goal: ({ goals }) => [["goal", goalNames(goals)]],
  transition: ({ transitions }) => [["transition", transitions.map(({ name }) => name)]],
  invariant: ({ invariants }) => [["invariant", invariants.map(({ name }) => name)]],
  receiver: (node) => [
    ["event", node.receivers.flatMap(({ message }) => ("kind" in message ? message.name : []))],
    ["message", messageNames(node)],
  ],
  define: ({ defines }) => [["definition", defines.map(({ name }) => name)]],
  // They are told apart by the effects that they speak of, and those are the file's.
  handler: () => [],
  effect: () => [],
  // They are looked at together with those of the file.
  constant: () => [],
  alias: () => [],
  // It was reported where it was read.
  later: () => [],
};

function reportNames(node: ast.DomainNode, findings: Findings): void {
  for (const [what, names] of Object.values(declared).flatMap((namesIn) => namesIn(node))) {
    reportDuplicates(what, names, findings);
    reportForbidden(names, findings);
  }
}

/** Gives the messages that handlers take, and the transitions that are called like one. */
function messageNames({ receivers, transitions }: ast.DomainNode): ast.Name[] {
  const names = receivers.flatMap(({ message }) => ("kind" in message ? [] : [message]));
  const taken = transitions.map(({ name }) => name).filter(({ text }) => names.some((name) => name.text === text));
  return [...taken, ...names];
}

/** Reports handlers of what nobody emits, and second handlers of the same; also where something else in them is wrong. */
function reportHandlers(node: ast.DomainNode, findings: Findings): void {
  const emitted = new Set(emittedIn(node));
  const known = new Map<string, ast.HandlerNode>();
  for (const handler of node.handlers) {
    const effect = pathText(handler.effect);
    const { span } = handler.effect;
    if (!emitted.has(effect)) {
      findings.report("VED2016", span, { effect, domain: node.name.text }, { fix: suggest(effect, emitted, span) });
    }
    const what = `${effect} ${handler.outcome}`;
    const first = known.get(what);
    if (first === undefined) known.set(what, handler);
    else {
      const related = [{ span: first.effect.span, message: "the first one" }];
      findings.report("VED2003", span, { what: `handler of \`${what}\`` }, { related });
    }
  }
}

/** Gives the names of what the transitions of a domain emit, whatever else is wrong with them. */
function emittedIn({ transitions }: ast.DomainNode): string[] {
  const nodes = transitions.flatMap((transition) => [...walk(transition)]);
  return nodes.flatMap(({ node }) => (node.kind === "emit" ? [pathText(node.path)] : []));
}
