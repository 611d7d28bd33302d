import type { Tensor } from '@tensorflow/tfjs-core';
import { type Aligned, alignTrees, type NamedTree } from '../core/align.ts';
import { add, type Expression, numberNamed, tensorNamed } from '../core/elementwise/expression.ts';
import { compileProgram, type Program } from '../core/elementwise/program.ts';
import { runProgram, sumProgram } from '../core/elementwise/run.ts';
import { needed } from '../core/needed.ts';
import type { Params } from '../core/types.ts';
import { checkState } from './checkState.ts';
import type { Stage, StageState, Sums } from './stage.ts';

/** The slots of a stage, in order. */
const slotsOf = (stage: Stage): string[] => Object.keys(stage.slots ?? {});

/** Names in a program: those of a stage bear its number. */
const inner = (i: number, name: string): string => `${i}.${name}`;

/** What the stages of a group measure. */
interface Measuring {
  /** The sums of all of them. */
  readonly program: Program;
  /** The stage and the name of each sum. */
  readonly sums: readonly (readonly [stage: number, name: string])[];
}

/** What a group of stages needs to run. */
interface Compiled {
  /** Its results: the update or the parameter after it, then the slots of each stage. */
  readonly program: Program;
  /** The place among the tensors of the slot that each result replaces; −1 for the first result. */
  readonly replaces: readonly number[];
  readonly measuring: Measuring | undefined;
}

function compile(stages: readonly Stage[], needsParams: boolean, applies: boolean): Compiled {
  const w = tensorNamed('w');
  const inputs = needsParams ? ['g', 'w'] : ['g'];
  const slotNames = stages.flatMap((stage, i) => slotsOf(stage).map((name) => inner(i, name)));
  const tensors = [...inputs, ...slotNames];
  const slots: Expression[] = [];
  let update: Expression = tensorNamed('g');
  const measured: [stage: number, name: string, of: Expression][] = [];
  stages.forEach((stage, i) => {
    const expressions = Object.entries(stage.measure?.of({ g: update, w }) ?? {});
    measured.push(...expressions.map(([name, of]): (typeof measured)[number] => [i, name, of]));
    const step = stage.step({
      g: update,
      w,
      slot: (name) => tensorNamed(inner(i, name)),
      number: (name) => numberNamed(inner(i, name)),
    });
    update = step.update;
    slots.push(...slotsOf(stage).map((name) => step.slots![name]!));
  });
  return {
    program: compileProgram([applies ? add(w, update) : update, ...slots], tensors),
    replaces: [-1, ...slotNames.map((_, i) => inputs.length + i)],
    measuring:
      measured.length === 0
        ? undefined
        : {
            program: compileProgram(
              measured.map(([, , of]) => of),
              tensors,
            ),
            sums: measured.map(([stage, name]) => [stage, name]),
          },
  };
}

/** Consecutive stages that are computed in one pass; none depends on two things that are measured. */
export interface Group {
  /**
   * The updates for these gradients, and the state of each stage for the next step.
   *
   * @param owned whether the memory of the states may be used for those after
   */
  update(
    grads: Params,
    states: readonly StageState[],
    params: Params | undefined,
    owned?: boolean,
  ): GroupStep;
}

interface GroupStep {
  readonly updates: Params;
  readonly states: StageState[];
}

/** The gradients, the parameters if need be, and the slots of each stage. */
function align(
  stages: readonly Stage[],
  grads: Params,
  states: readonly StageState[],
  params: Params | undefined,
): Aligned {
  for (const [i, stage] of stages.entries()) {
    const keys = [...(stage.counted ? ['count'] : []), ...slotsOf(stage)];
    if (keys.length > 0) checkState(stage.name, states[i], keys);
  }
  const trees = stages.flatMap((stage, i) =>
    slotsOf(stage).map((name): NamedTree => [`state.${name}`, states[i]![name] as Params]),
  );
  if (params !== undefined) trees.unshift(['params', params]);
  const where = stages.find((stage) => stage.needsParams || stage.slots)?.name ?? stages[0]!.name;
  return alignTrees(where, ['grads', grads], ...trees);
}

const NONE: Sums = {};

/** The numbers of a program at a step, in its order. */
function numbersFor(
  stages: readonly Stage[],
  { numbers: names }: Program,
  counts: readonly number[],
  sums: readonly (Sums | undefined)[],
): number[] {
  const byStage = new Map<number, Readonly<Record<string, number>>>();
  return names.map((name) => {
    const dot = name.indexOf('.');
    const i = Number(name.slice(0, dot));
    const values = byStage.get(i) ?? stages[i]!.numbers?.(counts[i]!, sums[i] ?? NONE) ?? {};
    byStage.set(i, values);
    return values[name.slice(dot + 1)]!;
  });
}

/** For each row the sums by stage; those of the tree are the same for all. */
function sumsOf(
  stages: readonly Stage[],
  { program, sums: measured }: Measuring,
  rows: Aligned['rows'],
  counts: readonly number[],
): (Sums | undefined)[][] {
  const numbers = numbersFor(stages, program, counts, []);
  const each = rows.map((row) => sumProgram(program, row, numbers));
  const sizes = rows.map(([first]) => first!.size);
  const total = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);
  return rows.map((_, row) => {
    const byStage: Record<string, number>[] = [];
    measured.forEach(([stage, name], i) => {
      const whole = stages[stage]!.measure!.over === 'tree';
      byStage[stage] ??= { elements: whole ? total(sizes) : sizes[row]! };
      byStage[stage][name] = whole ? total(each.map((sums) => sums[i]!)) : each[row]![i]!;
    });
    return byStage;
  });
}

/**
 * Puts stages together; see `Group`.
 *
 * @param applies whether to give the parameters after the update in the place of the updates
 */
export function fuse(stages: readonly Stage[], applies = false): Group {
  const needing = stages.find((stage) => stage.needsParams);
  const needsParams = applies || needing !== undefined;
  // When it first runs: of the two forms that a chain has, most use one.
  let compiled: Compiled | undefined;
  return {
    update: (grads, states, params, owned = false) => {
      if (needing) needed(needing.name, params);
      compiled ??= compile(stages, needsParams, applies);
      const { program, replaces, measuring } = compiled;
      const { rows, build } = align(stages, grads, states, needsParams ? params : undefined);
      const counts = states.map(({ count = 0 }) => Number(count));
      const sums = measuring && sumsOf(stages, measuring, rows, counts);
      const numbersOf = (row: number): number[] => numbersFor(stages, program, counts, sums?.[row] ?? []);
      // Before the first tensor is changed, so that a number out of range changes none of them.
      const numbers = (sums && rows.length > 0 ? rows : [null]).map((_, i) => numbersOf(i));
      const results = rows.map((row, i): Tensor[] =>
        runProgram(program, row, numbers[i] ?? numbers[0]!, owned ? replaces : undefined),
      );
      let next = 0;
      const tree = (): Params => {
        const place = next++;
        return build(results.map((result) => result[place]!));
      };
      const updates = tree();
      const after = stages.map((stage, i): StageState => {
        const slots = Object.fromEntries(slotsOf(stage).map((name) => [name, tree()]));
        return stage.counted ? { count: counts[i]! + 1, ...slots } : slots;
      });
      return { updates, states: after };
    },
  };
}
