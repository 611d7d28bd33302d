/** Helpers that transformed cells call through the hidden global. */

/** The result of a cell that awaits: in a box, so that a promise stays the promise that it is. */
export class Result {
  readonly value: unknown;

  constructor(value: unknown) {
    this.value = value;
  }
}

export const result = (value: unknown): Result => new Result(value);

/** What stands for a constant where its own cell assigns to it. */
export function constant(current: unknown): { value: unknown } {
  return {
    get value() {
      return current;
    },
    set value(_ignored) {
      throw new TypeError('Assignment to constant variable.');
    },
  };
}

let running: (() => void) | undefined;

/** A loop runs on copies: `box` holds the values that `restore` gives back to the names. */
export function beginLoop<T>(box: T, restore: (box: T) => void): void {
  running = () => restore(box);
}

/** The end of a loop; for one that was terminated, which runs no `finally`, the runtime calls it. */
export function endLoop(): void {
  const restore = running;
  running = undefined;
  restore?.();
}
