import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import { type KernelFunc, Mean, Sum, type SumAttrs, type TensorInfo, util } from '@tensorflow/tfjs-core';
import { wrapKernel } from '../delegate.ts';
import { sizeOf } from './activation.ts';
import type { Engine } from './module.ts';

type Arguments = Parameters<KernelFunc>[0];

/** A reduction as one of a matrix: over its rows where the first axes go, over its columns where the last do. */
interface Plan {
  readonly shape: number[];
  readonly rows: number;
  readonly columns: number;
  readonly overRows: boolean;
}

function planOf(shape: readonly number[], { axis, keepDims }: SumAttrs): Plan | undefined {
  const axes = util.parseAxisParam(axis, shape as number[]).sort((a, b) => a - b);
  const isReduced = shape.map((_, i) => axes.includes(i));
  const kept = shape.flatMap((length, i) => (isReduced[i] ? (keepDims ? [1] : []) : [length]));
  // Axes of length 1 may stand anywhere.
  const long = shape.flatMap((length, i) => (length === 1 ? [] : [{ length, gone: isReduced[i]! }]));
  const changes = long.filter(({ gone }, i) => i > 0 && gone !== long[i - 1]!.gone).length;
  if (changes > 1) return undefined;
  const gone = sizeOf(long.filter((it) => it.gone).map(({ length }) => length));
  const left = sizeOf(long.filter((it) => !it.gone).map(({ length }) => length));
  const overRows = long[0]?.gone === true && left > 1;
  return { shape: kept, rows: overRows ? gone : left, columns: overRows ? left : gone, overRows };
}

function reduce(engine: Engine, args: Arguments, plan: Plan, isMean: boolean): TensorInfo {
  const { rows, columns, overRows, shape } = plan;
  const y = (args.backend as BackendWasm).makeOutput(shape, 'float32');
  const [from, to] = [engine.address(args.inputs.x!), engine.address(y)];
  engine.functions[overRows ? 'sumRows' : 'sumColumns'](from, rows, columns, to);
  if (isMean) engine.functions.scale(to, 1 / (overRows ? rows : columns), to, overRows ? columns : rows);
  return y;
}

/** Registers sums and means of float32 over the first or the last axes; others stay with the kernels there are. */
export function registerSums(engine: Engine): void {
  for (const name of [Sum, Mean]) {
    wrapKernel(name, (stock) => (args) => {
      const { dtype, shape } = args.inputs.x!;
      if (dtype !== 'float32' || sizeOf(shape) === 0) return stock(args);
      const plan = planOf(shape, args.attrs as unknown as SumAttrs);
      return plan ? reduce(engine, args, plan, name === Mean) : stock(args);
    });
  }
}
