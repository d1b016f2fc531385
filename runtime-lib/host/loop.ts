/** Does one thing at a time: what arrives meanwhile waits for its turn. The hosts of a system share one. */
export class Loop {
  #tasks: (() => void)[] = [];
  #isBusy = false;
  readonly #atRest: (() => void)[] = [];

  get isBusy(): boolean {
    return this.#isBusy;
  }

  /** Has something done whenever all is done for now. */
  whenAtRest(task: () => void): void {
    this.#atRest.push(task);
  }

  /** Does a task, or puts it behind those that wait. */
  run(task: () => void): void {
    if (this.#isBusy) {
      this.#tasks.push(task);
      return;
    }
    this.begin();
    task();
    this.finish();
  }

  /** From here to `finish` one thing is done; the loop must not be busy. */
  begin(): void {
    this.#isBusy = true;
  }

  finish(): void {
    for (let next = this.#tasks.shift(); next !== undefined; next = this.#tasks.shift()) next();
    this.#isBusy = false;
    for (const task of this.#atRest) task();
  }
}
