// Families of programs that grow with a number, for what takes the longer the larger a program is.

const numbers = (/** @type {number} */ count) => Array.from({ length: count }, (_, index) => index);

/**
 * Gives a domain of repairs that have nothing to do with each other, each with its own effect.
 * @param {number} count
 */
export function repairs(count) {
  return `domain Repairs {
    state { failed: bool ${numbers(count)
      .map((n) => `r${n}: bool`)
      .join(" ")} }
    goal Fine { predicate !failed || ${numbers(count)
      .map((n) => `r${n}`)
      .join(" && ")} }
    ${numbers(count)
      .map((n) => `transition Repair${n} { step { if failed && !r${n} { emit Fix.R${n}() r${n} = true } } }`)
      .join("\n")}
  }`;
}

/**
 * Gives the same with a transition that undoes them all, so that everything has to do with it.
 * @param {number} count
 */
export function undone(count) {
  const all = numbers(count).map((n) => `r${n}`);
  return repairs(count)
    .replace("!failed ||", `!failed && ${all.map((field) => `!${field}`).join(" && ")} || failed &&`)
    .replace(
      /\}\s*$/,
      `transition Undo { step { if !failed && (${all.join(" || ")}) { emit Undo.All() ${all.map((field) => `${field} = false`).join(" ")} } } } }`,
    );
}

/**
 * Gives a domain of levels that are moved step by step: few transitions, many states.
 * @param {number} count
 * @param {number} height
 */
export function levels(count, height) {
  const all = numbers(count);
  return `domain Levels {
    state { high: bool ${all.map((n) => `l${n}: int`).join(" ")} }
    goal Levelled { predicate high && ${all.map((n) => `l${n} == ${height}`).join(" && ")} || !high && ${all.map((n) => `l${n} == 0`).join(" && ")} }
    ${all
      .map(
        (n) =>
          `transition Level${n} { step { if high && l${n} < ${height} { emit Level.Up${n}() l${n} += 1 } else if !high && l${n} > 0 { emit Level.Down${n}() l${n} -= 1 } } }`,
      )
      .join("\n")}
  }`;
}

/**
 * Gives a program of so many copies of the one domain of another, each under a name of its own.
 * @param {string} program
 * @param {number} count
 */
export function copies(program, count) {
  return numbers(count)
    .map((n) => program.replace(/^domain (\w+)/m, `domain $1${n}`))
    .join("\n");
}

/**
 * Gives domains that are all different, each of which keeps a service alive.
 * @param {number} count
 */
export function services(count) {
  return numbers(count).map(service).join("\n");
}

/**
 * Gives a domain whose goal joins many comparisons, one beside the other.
 * @param {number} count
 */
export function comparisons(count) {
  const terms = numbers(count).map((n) => `x != ${n + 1}`);
  return `domain Flat {
    state { x: int up: bool }
    goal Up { predicate up && ${terms.join(" && ")} }
    transition Start { step { if !up || x != 0 { x = 0 up = true } } }
  }`;
}

/**
 * Gives a domain that keeps a service alive, and that has no name and no string in common with that of another number.
 * @param {number} number
 */
export function service(number) {
  const [up, down] = [`"primary_${number}"`, `"standby_${number}"`];
  return `// Keeps service ${number} alive.
domain Service${number} {
  state {
    status_${number}: "ok" | "degraded" | "failed_${number}" = "ok"
    tries: int = ${number % 5}
    paged: bool
    route: ${up} | ${down} = ${up}
  }
  goal Alive${number} {
    predicate status_${number} == "ok" && route == ${up} || status_${number} != "ok" && route == ${down} && paged
  }
  transition Route${number} {
    step {
      if status_${number} != "ok" && route != ${down} {
        emit Network${number}.Route(target: ${down}, tries: tries)
        route = ${down}
        tries += ${1 + (number % 3)}
      } else if status_${number} == "ok" && route != ${up} {
        emit Network${number}.Route(target: ${up}, tries: tries)
        route = ${up}
      }
    }
  }
  transition Page${number} {
    step {
      if status_${number} != "ok" && !paged {
        emit Pager${number}.Call("service ${number} is " + status_${number})
        paged = true
      }
    }
  }
}
`;
}
