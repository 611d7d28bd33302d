/**
 * Printed text waits in a ring for its way to the host. What leaves the process by another way must not
 * overtake it: writes to descriptors 1 and 2, child processes that inherit them, and the process's own end.
 * Node's bindings are reached by `--expose-internals`; without them such output comes a little too early.
 */
interface Bindings {
  fs: Record<'writeBuffer' | 'writeString', (descriptor: number, ...rest: unknown[]) => unknown>;
  spawn_sync: { spawn(options: unknown): unknown };
  process_wrap: { Process: { prototype: { spawn(options: unknown): unknown } } };
}

function binding<K extends keyof Bindings>(name: K): Bindings[K] | undefined {
  try {
    const internals = require('internal/test/binding') as { internalBinding(name: K): Bindings[K] };
    return internals.internalBinding(name);
  } catch {
    return undefined;
  }
}

/** Calls `before` before each call of a method that `when` holds for. */
function precede<T extends object, K extends keyof T>(
  target: T | undefined,
  name: K,
  before: () => void,
  when: (...args: unknown[]) => boolean = () => true,
): void {
  const original = target?.[name];
  if (!target || typeof original !== 'function') return;
  const preceded = function (this: unknown, ...args: unknown[]): unknown {
    if (when(...args)) before();
    return Reflect.apply(original, this, args);
  };
  Object.defineProperty(target, name, { value: preceded, writable: true, configurable: true });
}

export function keepOrder(beforeRaw: () => void, flush: () => void): void {
  const isOutput = (descriptor: unknown): boolean => descriptor === 1 || descriptor === 2;
  const fs = binding('fs');
  precede(fs, 'writeBuffer', beforeRaw, isOutput);
  precede(fs, 'writeString', beforeRaw, isOutput);
  precede(binding('spawn_sync'), 'spawn', beforeRaw);
  precede(binding('process_wrap')?.Process.prototype, 'spawn', beforeRaw);
  // Called last of all by process.exit, behind the user's handlers of 'exit'.
  precede(process as unknown as { reallyExit(code: number): void }, 'reallyExit', flush);
  precede(process, 'abort', flush);
  const isOwn = (pid: unknown): boolean => Math.abs(Number(pid)) === process.pid || Number(pid) === 0;
  precede(process, 'kill', flush, isOwn);
}
