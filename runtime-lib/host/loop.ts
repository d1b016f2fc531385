const nothing = () => {};

/** Does one thing at a time: what arrives meanwhile waits for its turn. The hosts of a system share one. */
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

  /** From here to `finish` one thing is done; the loop must not be busy. */
  begin(): void {
    this.isBusy = true;
  }

  finish(): void {
    for (let next = this.#tasks.shift(); next !== undefined; next = this.#tasks.shift()) next();
    this.isBusy = false;
    this.#atRest();
  }
}
