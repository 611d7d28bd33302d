import type { Tensor } from '@tensorflow/tfjs-core';
import { type Aligned, alignTrees, type NamedTree } from '../core/align.ts';
import { ArgumentError, describe } from '../core/check.ts';
import { add, type Expression, numberNamed, tensorNamed } from '../core/elementwise/expression.ts';
import { compileProgram, type Program } from '../core/elementwise/program.ts';
import { runProgram, sumProgram } from '../core/elementwise/run.ts';
import type { Params } from '../core/types.ts';
import type { Stage, StageState, Sums } from './stage.ts';

/** The slots of a stage, in order. */
const slotsOf = (stage: Stage): string[] => Object.keys(stage.slots ?? {});

/** Names in a program: those of a stage bear its number. */
const inner = (i: number, name: string): string => `${i}.${name}`;

/** What a group of stages needs to run. */
interface Compiled {
  /** Its results: the update or the parameter after it, then the slots of each stage. */
  readonly program: Program;
  /** What the first stage measures. */
  readonly measure: { readonly program: Program; readonly names: readonly string[] } | undefined;
}

function compile(stages: readonly Stage[], needsParams: boolean, applies: boolean): Compiled {
  const w = tensorNamed('w');
  const slots: Expression[] = [];
  let update: Expression = tensorNamed('g');
  stages.forEach((stage, i) => {
    const step = stage.step({
      g: update,
      w,
      slot: (name) => tensorNamed(inner(i, name)),
      number: (name) => numberNamed(inner(i, name)),
    });
    update = step.update;
    slots.push(...slotsOf(stage).map((name) => step.slots![name]!));
  });
  const inputs = needsParams ? ['g', 'w'] : ['g'];
  const tensors = [...inputs, ...stages.flatMap((stage, i) => slotsOf(stage).map((name) => inner(i, name)))];
  const measured = Object.entries(stages[0]!.measure?.of({ g: tensorNamed('g'), w }) ?? {});
  return {
    program: compileProgram([applies ? add(w, update) : update, ...slots], tensors),
    measure:
      measured.length === 0
        ? undefined
        : {
            program: compileProgram(
              measured.map(([, expression]) => expression),
              inputs,
            ),
            names: measured.map(([name]) => name),
          },
  };
}

/** Consecutive stages, of which only the first measures, that are computed in one pass. */
export interface Group {
  /** The updates for these gradients, and the state of each stage for the next step. */
  update(grads: Params, states: readonly StageState[], params: Params | undefined): GroupStep;
}

interface GroupStep {
  readonly updates: Params;
  readonly states: StageState[];
}

function checkParams(stages: readonly Stage[], params: Params | undefined): void {
  const stage = stages.find(({ needsParams }) => needsParams);
  if (stage === undefined || params !== undefined) return;
  throw new ArgumentError(stage.name, 'params', describe(params), 'given to update, as its third argument');
}

/** The gradients, the parameters if need be, and the slots of each stage. */
function align(
  stages: readonly Stage[],
  grads: Params,
  states: readonly StageState[],
  params: Params | undefined,
): Aligned {
  const trees = stages.flatMap((stage, i) =>
    slotsOf(stage).map((name): NamedTree => [`state.${name}`, states[i]![name] as Params]),
  );
  if (params !== undefined) trees.unshift(['params', params]);
  const where = stages.find((stage) => stage.needsParams || stage.slots)?.name ?? stages[0]!.name;
  return alignTrees(where, ['grads', grads], ...trees);
}

const NONE: Sums = {};

/** The sums that the first stage measures, for each row; those of the tree are the same for all. */
function sumsOf(stages: readonly Stage[], { measure }: Compiled, rows: Aligned['rows']): Sums[] {
  if (measure === undefined) return rows.map(() => NONE);
  const named = (sums: readonly number[]): Sums =>
    Object.fromEntries(measure.names.map((name, i) => [name, sums[i]!]));
  const inputs = measure.program.tensors.length;
  const each = rows.map((row) => sumProgram(measure.program, row.slice(0, inputs), []));
  if (stages[0]!.measure!.over === 'tensor') return each.map(named);
  const total = named(measure.names.map((_, i) => each.reduce((sum, sums) => sum + sums[i]!, 0)));
  return rows.map(() => total);
}

/**
 * Puts stages together; see `Group`.
 *
 * @param applies whether to give the parameters after the update in the place of the updates
 */
export function fuse(stages: readonly Stage[], applies = false): Group {
  const needsParams = applies || stages.some((stage) => stage.needsParams);
  const compiled = compile(stages, needsParams, applies);
  const counts = (states: readonly StageState[]): number[] => states.map(({ count = 0 }) => Number(count));

  const numbersFor = (counted: readonly number[], sums: Sums): number[] => {
    const byStage = stages.map((stage, i) => stage.numbers?.(counted[i]!, sums) ?? {});
    return compiled.program.numbers.map((name) => {
      const dot = name.indexOf('.');
      return byStage[Number(name.slice(0, dot))]![name.slice(dot + 1)]!;
    });
  };

  return {
    update: (grads, states, params) => {
      checkParams(stages, params);
      const { rows, build } = align(stages, grads, states, needsParams ? params : undefined);
      const counted = counts(states);
      const sums = sumsOf(stages, compiled, rows);
      // The numbers of a step are the same for all tensors that have the same sums.
      let [last, numbers]: [Sums | undefined, number[]] = [undefined, []];
      if (rows.length === 0) numbersFor(counted, NONE);
      const results = rows.map((row, i): Tensor[] => {
        if (sums[i] !== last) [last, numbers] = [sums[i], numbersFor(counted, sums[i]!)];
        return runProgram(compiled.program, row, numbers);
      });
      let next = 0;
      const tree = (): Params => {
        const place = next++;
        return build(results.map((result) => result[place]!));
      };
      const updates = tree();
      const after = stages.map((stage, i): StageState => {
        const slots = Object.fromEntries(slotsOf(stage).map((name) => [name, tree()]));
        return stage.counted ? { count: counted[i]! + 1, ...slots } : slots;
      });
      return { updates, states: after };
    },
  };
}
