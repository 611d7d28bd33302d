import { messageOf, readMember } from '../inspect.ts';
import { reportFailure } from '../queue.ts';
import type { ErrorReport, OutputList } from './outputList.ts';

/** What only the kernel can do about the output of running code; each has its way without one. */

const channel = (): unknown => readMember(globalThis, Symbol.for('descent.channel'));

function ofKernel<T>(name: string, ...values: unknown[]): { readonly value: T } | undefined {
  const method = readMember(channel(), name);
  return typeof method === 'function' ? { value: Reflect.apply(method, channel(), values) as T } : undefined;
}

/** Run `body` so that what it prints and shows is collected; where no kernel helps, it is printed as ever. */
export function captured<T>(list: OutputList, body: () => T): T {
  const done = ofKernel<T>('capture', list, body);
  return done ? done.value : body();
}

/** An error as an output: with the kernel's traceback where there is one. */
export function errorOutput(error: unknown): ErrorReport {
  const report = ofKernel<ErrorReport>('report', error);
  if (report) return report.value;
  const name = readMember(error, 'name');
  const ename = typeof name === 'string' ? name : 'Error';
  return { ename, evalue: messageOf(error), traceback: [`${ename}: ${messageOf(error)}`] };
}

/** A listener whose output and errors belong to the cell that registers it, whatever calls it. */
export function bindToCell<A extends unknown[]>(listener: (...values: A) => unknown): (...values: A) => void {
  const guarded = (...values: A): void => {
    try {
      listener(...values);
    } catch (error) {
      reportFailure(error);
    }
  };
  return ofKernel<typeof guarded>('bind', guarded)?.value ?? guarded;
}
