import { VedFault } from "./errors.js";

// The arithmetic of `int`: exact within ±(2^53 − 1), a fault outside it, and no negative zero.

function checked(result: number, expression: string): number {
  if (!Number.isSafeInteger(result)) throw new VedFault(`${expression} is out of the range of int`);
  return result + 0;
}

/** Adds: `a + b`. @throws VedFault where the result is no int. */
export function add(a: number, b: number): number {
  return checked(a + b, `${a} + ${b}`);
}

/** Subtracts: `a - b`. @throws VedFault where the result is no int. */
export function subtract(a: number, b: number): number {
  return checked(a - b, `${a} - ${b}`);
}

/** Multiplies: `a * b`. @throws VedFault where the result is no int. */
export function multiply(a: number, b: number): number {
  return checked(a * b, `${a} * ${b}`);
}

/** Divides: `a / b`, truncated toward zero. @throws VedFault where `b` is zero. */
export function divide(a: number, b: number): number {
  if (b === 0) throw new VedFault(`${a} / 0 is a division by zero`);
  // Exact, where Math.trunc(a / b) would rest on a rounded quotient.
  return (a - (a % b)) / b + 0;
}

/** Gives what `divide` leaves over, with the sign of `a`. @throws VedFault where `b` is zero. */
export function remainder(a: number, b: number): number {
  if (b === 0) throw new VedFault(`${a} % 0 is a division by zero`);
  return (a % b) + 0;
}

/** Gives an int that is to be in a range. @throws VedFault where it is not. */
export function ranged(value: number, min: number, max: number): number {
  if (value < min || value > max) throw new VedFault(`${value} is not within ${min} and ${max}`);
  return value;
}

/** Negates: `-a`. */
export function negate(a: number): number {
  return 0 - a;
}
