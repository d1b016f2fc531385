const nothing = () => {};

/** A loop that does one thing at a time: what arrives meanwhile waits for its turn. The hosts of a system share one. */
export class Loop {
  #tasks: (() => void)[] = [];
  /** Whether something is being done. */
  isBusy = false;
  #atRest: () => void = nothing;

  /** Has something done whenever all is done for now. */
  whenAtRest(task: () => void): void {
    const before = this.#atRest;
    this.#atRest =
      before === nothing
        ? task
        : () => {
            before();
            task();
          };
  }

  /** Does a task, or puts it behind those that wait. */
  run(task: () => void): void {
    if (this.isBusy) {
      this.#tasks.push(task);
      return;
    }
    this.begin();
    task();
    this.finish();
  }

  /** Begins one thing, which `finish` ends; the loop must not be busy. */
  begin(): void {
    this.isBusy = true;
  }

  /** Ends what `begin` has begun, and does what has been waiting meanwhile. */
  finish(): void {
    for (let next = this.#tasks.shift(); next !== undefined; next = this.#tasks.shift()) next();
    this.isBusy = false;
    this.#atRest();
  }
}
