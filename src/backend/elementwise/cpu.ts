import type { MathBackendCPU } from '@tensorflow/tfjs-backend-cpu';
import { findBackend, type Tensor, tensor } from '@tensorflow/tfjs-core';
import type { Operation } from '../../core/elementwise/expression.ts';
import type { Program } from '../../core/elementwise/program.ts';
import { registerRunner } from '../../core/elementwise/run.ts';

type Loop = (
  count: number,
  tensors: readonly Float32Array[],
  results: readonly Float32Array[],
  numbers: readonly number[],
) => number[];

const SOURCES: { readonly [O in Operation]: (...parts: string[]) => string } = {
  add: (a, b) => `${a} + ${b}`,
  sub: (a, b) => `${a} - ${b}`,
  mul: (a, b) => `${a} * ${b}`,
  div: (a, b) => `${a} / ${b}`,
  max: (a, b) => `Math.max(${a}, ${b})`,
  min: (a, b) => `Math.min(${a}, ${b})`,
  pow: (a, b) => `Math.pow(${a}, ${b})`,
  sqrt: (a) => `Math.sqrt(${a})`,
  abs: (a) => `Math.abs(${a})`,
  neg: (a) => `-${a}`,
  sign: (a) => `Math.sign(${a})`,
  ifPositive: (a, then, otherwise) => `${a} > 0 ? ${then} : ${otherwise}`,
};

const lines = <T>(items: readonly T[], line: (item: T, i: number) => string): string =>
  items.map(line).join('\n');

/** A program as the source of a loop, which does `each` with every result of an element. */
function sourceOf(
  { steps, results, tensors }: Program,
  each: (register: string, i: number) => string,
): string {
  const fixed = lines(steps, (step, i) => {
    return step.kind === 'number' ? `const r${i} = numbers[${step.index}];` : '';
  });
  const varying = lines(steps, (step, i) => {
    if (step.kind === 'tensor') return `const r${i} = t${step.index}[i];`;
    if (step.kind !== 'operation') return '';
    return `const r${i} = ${SOURCES[step.operation](...step.from.map((register) => `r${register}`))};`;
  });
  return `
    ${lines(tensors, (_, i) => `const t${i} = tensors[${i}];`)}
    ${lines(results, (_, i) => `const o${i} = results[${i}]; let s${i} = 0;`)}
    ${fixed}
    for (let i = 0; i < count; i++) {
      ${varying}
      ${lines(results, (register, i) => each(`r${register}`, i))}
    }
    return [${results.map((_, i) => `s${i}`)}];`;
}

const compile = (source: string): Loop =>
  new Function('count', 'tensors', 'results', 'numbers', source) as unknown as Loop;

interface Loops {
  readonly run: Loop;
  readonly sums: Loop;
}

const compiled = new Map<string, Loops>();

function loopsOf(program: Program): Loops {
  const found = compiled.get(program.key);
  if (found) return found;
  const loops = {
    run: compile(sourceOf(program, (register, i) => `o${i}[i] = ${register};`)),
    sums: compile(sourceOf(program, (register, i) => `s${i} += ${register};`)),
  };
  compiled.set(program.key, loops);
  return loops;
}

const cpu = (): MathBackendCPU => findBackend('cpu') as MathBackendCPU;

const valuesOf = ({ dataId }: Tensor): Float32Array => cpu().readSync(dataId) as Float32Array;

// The JavaScript back end runs programs as loops of JavaScript of their own, compiled when they first run.
registerRunner('cpu', {
  run: (program, tensors, numbers, replaces) => {
    const { shape, size } = tensors[0]!;
    const taken = program.results.map((_, i) => {
      const one = tensors[replaces?.[i] ?? -1];
      return one && cpu().refCount(one.dataId) === 1 ? one : undefined;
    });
    const results = taken.map((one) => (one ? valuesOf(one) : new Float32Array(size)));
    loopsOf(program).run(size, tensors.map(valuesOf), results, numbers);
    return taken.map((one, i) => one ?? tensor(results[i]!, shape));
  },
  sums: (program, tensors, numbers) =>
    loopsOf(program).sums(tensors[0]!.size, tensors.map(valuesOf), [], numbers),
});
