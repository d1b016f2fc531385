import { Contracts } from "../../../runtime-lib/kernel/contracts.js";
import type { Definition } from "../../../runtime-lib/kernel/definition.js";
import { Durations } from "../../../runtime-lib/kernel/durations.js";
import { Handlers } from "../../../runtime-lib/kernel/handlers.js";
import type { State } from "../../../runtime-lib/kernel/value.js";
import type { Domain, Expression, Field, Goal } from "../../2-check/program.js";
import { expressionsIn, fieldsAssignedBy, fieldsIn, statementsIn, stepsOf } from "../../2-check/traverse.js";
import { valueIn } from "../report/reasons.js";
import { elsewhere } from "./elsewhere.js";

// A domain whose parts share no field, no effect and no clause of a goal is as large as the product of its parts. Each is searched by
// itself: all that one has to do with the others is that transitions run while any goal does not hold. So a part has one more
// field, which says whether something elsewhere does not hold, and which may change at any time, also while the world is quiet.

/** A part of a domain, as a domain by itself. */
export interface Part {
  readonly domain: Domain;
  readonly definition: Definition;
  /** The fields that belong to it. */
  readonly fields: readonly string[];
}

/** Takes a domain apart. Gives nothing where it is one whole. */
export function partsOf(domain: Domain, definition: Definition): Part[] {
  if (!isDivisible(domain)) return [];
  const groups = groupsIn(domain).filter((group) => isAlive(domain, group));
  return groups.length < 2 ? [] : groups.map((group) => partOf(domain, definition, group));
}

/** Whether transitions of one part cannot come before those of another, and each serves whatever goal there is. */
function isDivisible({ transitions, invariants, receivers, goals }: Domain): boolean {
  const [first] = transitions;
  return (
    invariants.length === 0 &&
    receivers.length === 0 &&
    goals.every(({ predicate }) => clausesOf(predicate).every((clause) => fieldsIn(clause).length > 0)) &&
    transitions.every(
      ({ priority, serves, parameters }) => serves === null && parameters === null && priority === first?.priority,
    )
  );
}

/** Whether a group has a transition, or a goal asks for it. */
function isAlive({ transitions, goals }: Domain, group: ReadonlySet<string>): boolean {
  const isOwn = (expression: Expression) => fieldsIn(expression).some((field) => group.has(field));
  return transitions.some(({ name }) => group.has(transitionName(name))) || goals.some(({ predicate }) => isOwn(predicate));
}

/** The clauses that all have to hold for an expression to. */
function clausesOf(expression: Expression): Expression[] {
  const isAll = expression.kind === "logical" && expression.rule.operator === "&&";
  return isAll ? expression.operands.flatMap(clausesOf) : [expression];
}

function transitionName(name: string): string {
  return `transition ${name}`;
}

function effectName(name: string): string {
  return `effect ${name}`;
}

/** The fields, effects and transitions of a domain, those together that have to do with each other. */
function groupsIn(domain: Domain): ReadonlySet<string>[] {
  const groupOf = new Map<string, Set<string>>();
  const relate = (names: readonly string[]) => {
    const group = new Set(names.flatMap((name) => [name, ...(groupOf.get(name) ?? [])]));
    for (const name of group) groupOf.set(name, group);
  };
  for (const { name } of domain.fields) relate([name]);
  for (const { name, condition } of domain.durations) relate([name, ...fieldsIn(condition)]);
  for (const transition of domain.transitions) {
    const fields = stepsOf(transition).flatMap((body) => [
      ...expressionsIn(body).flatMap(fieldsIn),
      ...statementsIn(body).flatMap(fieldsAssignedBy),
    ]);
    relate([transitionName(transition.name), ...fields, ...transition.effects.map(effectName)]);
    relate([transitionName(transition.name), ...transition.waitsFor.map((wait) => transitionName(wait.transition))]);
  }
  for (const { effect, body } of domain.handlers) {
    const fields = [...expressionsIn(body).flatMap(fieldsIn), ...statementsIn(body).flatMap(fieldsAssignedBy)];
    relate([effectName(effect), ...fields]);
  }
  for (const { name, contract } of domain.effects)
    if (contract !== null) relate([effectName(name), ...fieldsIn(contract.condition)]);
  for (const { predicate } of domain.goals) for (const clause of clausesOf(predicate)) relate(fieldsIn(clause));
  return [...new Set(groupOf.values())];
}

function partOf(domain: Domain, definition: Definition, group: ReadonlySet<string>): Part {
  const goals = domain.goals.flatMap((goal) => ownGoal(goal, group));
  const transitions = domain.transitions.filter(({ name }) => group.has(transitionName(name)));
  const handlers = domain.handlers.filter(({ effect }) => group.has(effectName(effect)));
  const effects = domain.effects.filter(({ name }) => group.has(effectName(name)));
  const durations = domain.durations.filter(({ name }) => group.has(name));
  const others = domain.fields.map((field) => (group.has(field.name) ? field : { ...field, observed: false }));
  const fields = [...others, elsewhereIn(domain)];
  const own = { ...domain, fields, goals: [...goals, elsewhereGoal(domain)], transitions, handlers, effects, durations };
  return { domain: own, definition: definitionOf(own, domain, definition), fields: [...group] };
}

/** What of a goal belongs to a part. */
function ownGoal(goal: Goal, group: ReadonlySet<string>): Goal[] {
  const clauses = clausesOf(goal.predicate);
  const own = clauses.filter((clause) => fieldsIn(clause).some((field) => group.has(field)));
  const [first] = own;
  if (first === undefined) return [];
  if (own.length === clauses.length) return [goal];
  const { predicate } = goal;
  const condition = own.length === 1 || predicate.kind !== "logical" ? first : { ...predicate, operands: own };
  return [{ ...goal, predicate: condition, realities: [{ name: "A", condition, remarks: goal.remarks }] }];
}

function elsewhereIn({ span, remarks }: Domain): Field {
  return { name: elsewhere, type: "bool", initial: false, observed: false, typeSpan: span, span, remarks };
}

function elsewhereGoal({ span, remarks }: Domain): Goal {
  const condition: Expression = { kind: "field", field: elsewhere, type: "bool", span };
  return { name: elsewhere, predicate: condition, realities: [], priority: 100, strategy: null, span, remarks };
}

/** The compiled domain with nothing in it but a part. */
function definitionOf(own: Domain, whole: Domain, definition: Definition): Definition {
  const names = new Set(own.transitions.map(({ name }) => name));
  const effects = new Set(own.effects.map(({ name }) => name));
  const timed = new Set(own.durations.map(({ name }) => name));
  const { handlers, durations, contracts } = definition;
  const goals = own.goals.map((goal) => [goal.name, realityOf(goal, whole, definition)] as const);
  return {
    ...definition,
    initial: { ...definition.initial, [elsewhere]: false },
    // What is merged has every field, and the one that is no field of the program is kept beside.
    merge: (state, changes) => ({
      ...definition.merge(state, changes),
      [elsewhere]: (changes[elsewhere] ?? state[elsewhere]) === true,
    }),
    same: (a, b) => a[elsewhere] === b[elsewhere] && definition.same(a, b),
    goals: Object.fromEntries(goals),
    transitions: Object.fromEntries(Object.entries(definition.transitions).filter(([name]) => names.has(name))),
    ...(handlers && { handlers: new Handlers(handlers.all.filter(({ effect }) => effects.has(effect))) }),
    ...(durations && {
      durations: new Durations(
        Object.fromEntries(durations.all.flatMap((each) => (timed.has(each.name) ? [[each.name, each]] : []))),
      ),
    }),
    ...(contracts && {
      contracts: new Contracts(Object.fromEntries([...contracts.byEffect].filter(([effect]) => effects.has(effect)))),
    }),
    effects: definition.effects.filter((effect) => effects.has(effect)),
  };
}

/** Which reality of a goal holds: the compiled goal says so, and of a part of one its clauses. */
function realityOf(goal: Goal, { goals }: Domain, definition: Definition): (state: State) => string | null {
  if (goal.name === elsewhere) return (state) => (state[elsewhere] === true ? null : "A");
  const compiled = definition.goals[goal.name];
  if (compiled !== undefined && goals.includes(goal)) return compiled;
  return (state) => (valueIn(goal.predicate, state) === true ? "A" : null);
}
