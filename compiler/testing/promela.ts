// A third opinion: the rules of the language, for domains of one simple shape, written down in Promela for SPIN.

/** A domain of switches: `up` and `other` are observed, and each transition sets a field of its own, by an effect. */
export interface Switches {
  /** In Ved, over `up`, `other`, `r0`, `r1` …, which Promela writes the same. */
  readonly goal: string;
  readonly transitions: readonly { readonly guard: string; readonly effect: string; readonly value: boolean }[];
}

/** Writes the domain as Ved source, named `Switches`. */
export function toVed({ goal, transitions }: Switches): string {
  const fields = transitions.map((_, index) => `r${index}: bool`).join(" ");
  const steps = transitions.map(
    ({ guard, effect, value }, index) =>
      `transition T${index} { step { if ${guard} { emit ${effect}() r${index} = ${value} } } }`,
  );
  return [
    "domain Switches {",
    `state { up: bool = true other: bool = true ${fields} }`,
    `goal G { predicate ${goal} }`,
    ...steps,
    "}",
  ].join("\n");
}

/** Writes the domain as a Promela model in which an assertion fails where it is stuck. */
export function toPromela({ goal, transitions }: Switches): string {
  const all = transitions.map((_, index) => index);
  const each = (line: (index: number) => string) => all.map(line);
  const reads = (guard: string, index: number) => new RegExp(`\\br${index}\\b`).test(guard);
  const waits = (own: number, other: number) => {
    const [one, two] = [transitions[own], transitions[other]];
    return own !== other && one !== undefined && two !== undefined && (reads(one.guard, other) || one.effect === two.effect);
  };
  const free = (own: number) => ["true", ...all.filter((other) => waits(own, other)).map((other) => `!f${other}`)].join(" && ");
  const none = (what: string) => all.map((index) => `!${what}${index}`).join(" && ");
  const nothingEnabled = each((index) => `!EN${index}`).join(" && ");
  const nothingAwaited = each((index) => `!(EN${index} && p${index})`).join(" && ");
  return [
    "bool up = true, other = true;",
    ...each((index) => `bool r${index}, f${index}, p${index};`),
    "byte cur = 0, k = 0, n = 0;",
    `#define GOAL (${goal})`,
    ...each((index) => `#define EN${index} (${transitions[index]?.guard})`),
    // In the order that begins at the cursor, everything that may start, starts.
    "inline reconcile() {",
    "  k = cur; n = 0;",
    `  do :: n < ${all.length} -> if`,
    ...each(
      (index) => `    :: k == ${index} && !GOAL && !f${index} && !p${index} && EN${index} && ${free(index)} -> f${index} = true`,
    ),
    `    :: else -> skip fi; n++; k = (k + 1) % ${all.length}`,
    "  :: else -> break od;",
    `  if :: ${none("f")} && (GOAL || (${nothingAwaited})) -> cur = 0 :: else -> skip fi;`,
    "  k = 0; n = 0;",
    `  assert(GOAL || !(${none("f")}) || !(${nothingEnabled}))`,
    "}",
    "active proctype world() {",
    "  if",
    "  :: d_step { reconcile() } :: d_step { up = false; reconcile() } :: d_step { other = false; reconcile() }",
    "  :: d_step { up = false; other = false; reconcile() }",
    "  fi;",
    "  do",
    "  :: d_step { up = !up; reconcile() } :: d_step { other = !other; reconcile() } :: d_step { up = !up; other = !other; reconcile() }",
    ...each((index) => {
      const { value = false } = transitions[index] ?? {};
      // What changes nothing is let alone for a while.
      const commit = `if :: r${index} == ${value} -> p${index} = true :: else -> r${index} = ${value} fi; cur = ${(index + 1) % all.length}`;
      return [
        `  :: f${index} -> d_step { f${index} = false; ${commit}; reconcile() }`,
        `  :: f${index} -> d_step { f${index} = false; p${index} = true; reconcile() }`,
        `  :: p${index} -> d_step { p${index} = false; reconcile() }`,
      ].join("\n");
    }),
    "  od",
    "}",
    "",
  ].join("\n");
}
