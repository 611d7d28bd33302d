/** Disposes what a cell's `using` declarations hold, when the cell ends (TC39 explicit resource management). */
interface UsingContext {
  u<T>(resource: T): T;
  a<T>(resource: T): T;
  d(): unknown;
  e: unknown;
}

type Disposer = { call: (() => unknown) | undefined; isAsync: boolean };
const NO_ERROR = Symbol('no error');

function disposer(resource: unknown, isAsync: boolean): (() => unknown) | undefined {
  if (resource === null || resource === undefined) return undefined;
  if (typeof resource !== 'object' && typeof resource !== 'function') {
    throw new TypeError(`using expects an object, null or undefined, received ${typeof resource}`);
  }
  const symbols = isAsync ? [Symbol.asyncDispose, Symbol.dispose] : [Symbol.dispose];
  for (const symbol of symbols) {
    const method = (resource as Record<symbol, unknown>)[symbol];
    if (typeof method === 'function') return () => method.call(resource) as unknown;
  }
  throw new TypeError(`using: the object has no [${isAsync ? 'Symbol.asyncDispose' : 'Symbol.dispose'}]()`);
}

function combine(error: unknown, previous: unknown): unknown {
  if (previous === NO_ERROR) return error;
  return Object.assign(new Error('an error was thrown while disposing after another error'), {
    name: 'SuppressedError',
    error,
    suppressed: previous,
  });
}

/** The context that code lowered by oxc expects: `u` and `a` register, `e` is the body's error, `d` disposes. */
export function usingContext(): UsingContext {
  const stack: Disposer[] = [];
  let failure: unknown = NO_ERROR;
  const add = <T>(resource: T, isAsync: boolean): T => {
    stack.push({ call: disposer(resource, isAsync), isAsync });
    return resource;
  };
  const disposeAsync = async (): Promise<void> => {
    for (let entry = stack.pop(); entry; entry = stack.pop()) {
      try {
        const done = entry.call?.();
        if (entry.isAsync) await done;
      } catch (error) {
        failure = combine(error, failure);
      }
    }
    if (failure !== NO_ERROR) throw failure;
  };
  const disposeSync = (): void => {
    for (let entry = stack.pop(); entry; entry = stack.pop()) {
      try {
        entry.call?.();
      } catch (error) {
        failure = combine(error, failure);
      }
    }
    if (failure !== NO_ERROR) throw failure;
  };
  return {
    u: (resource) => add(resource, false),
    a: (resource) => add(resource, true),
    d: () => (stack.some(({ isAsync }) => isAsync) ? disposeAsync() : disposeSync()),
    set e(error: unknown) {
      failure = error;
    },
  } as UsingContext;
}
