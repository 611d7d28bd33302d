import { inspect } from 'node:util';

/**
 * Makes Node's own objects show what they are instead of their internals: timers as their delay,
 * promises without the marks that asynchronous contexts leave on them.
 */

interface TimeoutInternals {
  _idleTimeout?: number;
  _repeat?: number | null;
  _destroyed?: boolean;
  _onImmediate?: unknown;
}

type Custom = (this: object, depth: number, options: object) => unknown;

function define(prototype: object, custom: Custom): void {
  Object.defineProperty(prototype, inspect.custom, {
    value: custom,
    writable: true,
    configurable: true,
    enumerable: false,
  });
}

const MARKS = new Set([
  'async_id_symbol',
  'trigger_async_id_symbol',
  'kResourceStore',
  'async_context_frame',
]);

/** Returning the object itself makes `inspect` go on as it does for any other. */
function withoutMarks(this: object): object {
  for (const key of Object.getOwnPropertySymbols(this)) {
    if (!MARKS.has(key.description ?? '')) continue;
    const property = Object.getOwnPropertyDescriptor(this, key);
    if (property?.configurable) Object.defineProperty(this, key, { ...property, enumerable: false });
  }
  return this;
}

function timeout(this: TimeoutInternals): string {
  const { _idleTimeout: delay = -1, _repeat: repeat, _destroyed: destroyed } = this;
  if (destroyed || delay < 0) return 'Timeout { done }';
  return `Timeout { ${typeof repeat === 'number' ? 'every' : 'in'} ${delay} ms }`;
}

function immediate(this: TimeoutInternals): string {
  return this._destroyed ? 'Immediate { done }' : 'Immediate { pending }';
}

export function quietInspection(): void {
  define(Promise.prototype, withoutMarks);
  const timer = setTimeout(() => undefined, 0);
  clearTimeout(timer);
  define(Object.getPrototypeOf(timer) as object, timeout as Custom);
  const soon = setImmediate(() => undefined);
  clearImmediate(soon);
  define(Object.getPrototypeOf(soon) as object, immediate as Custom);
}
