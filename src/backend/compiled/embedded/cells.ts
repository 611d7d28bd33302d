// One step of the cells of recurrent layers, forward and back.
import type { Recurrence } from '../emitter.ts';
import type { Program, Weight } from './program.ts';

const BYTES = 4;

/** The memory of a recurrence over `steps` steps; rows of a batch have their steps side by side. */
export interface Layout {
  readonly batch: number;
  readonly steps: number;
  readonly features: number;
  readonly units: number;
  /** Floats of one step of the gates: 1, 3 or 4 times the units. */
  readonly wide: number;
  /** Floats of a row of the batch in the gates, and in the outputs. */
  readonly gateRow: number;
  readonly stateRow: number;
  /** The addresses of the gates, of the outputs, of a gradient by the output of one step. */
  readonly gates: number;
  readonly outputs: number;
  readonly dState: number;
}

interface Weights {
  readonly recurrent: Weight;
}

/** How one kind of cell goes a step forward and back; `at(t)` addresses are of the step's first row. */
interface Cell {
  /** From the gates' arguments, which lack what comes from the state before. */
  forward(t: number): void;
  /** Turns `dState` into the gradients of the gates' arguments, and then into that of the state before. */
  backward(t: number): void;
  /** The gradient of the recurrent kernel, once the gates hold those of their arguments. */
  kernelGradient(adds: boolean): void;
}

const gatesAt = ({ gates, wide }: Layout, t: number): number => gates + t * wide * BYTES;
/** The outputs of a step; 0, which stands for zeros, before the first. */
export const outputsAt = ({ outputs, units }: Layout, t: number): number =>
  t < 0 ? 0 : outputs + t * units * BYTES;

/** gates[columns] += (the outputs before)·(those columns of the recurrent kernel). */
function addState(program: Program, layout: Layout, recurrent: Weight, t: number, width: number): void {
  if (t === 0) return;
  const { batch, units, wide, gateRow, stateRow } = layout;
  const before = { at: outputsAt(layout, t - 1), row: stateRow };
  const kernel = { at: recurrent.at, row: wide };
  program.product([batch, width, units], before, kernel, { at: gatesAt(layout, t), row: gateRow }, true);
}

/** dState = or += (the first `width` gradients of the gates)·(those columns of the recurrent kernel)ᵀ. */
function stateGradient(
  program: Program,
  layout: Layout,
  recurrent: Weight,
  t: number,
  width: number,
  adds: boolean,
): void {
  const { batch, units, wide, gateRow, dState } = layout;
  const gates = { at: gatesAt(layout, t), row: gateRow };
  const kernel = { at: recurrent.at, row: wide, isTransposed: true };
  program.product([batch, units, width], gates, kernel, { at: dState, row: units }, adds);
}

/** The gradient of columns of the recurrent kernel: (the states before)ᵀ·(the gradients of the gates). */
function kernelGradient(
  program: Program,
  layout: Layout,
  before: number,
  { gradient }: Weight,
  [offset, width]: readonly [number, number],
  adds: boolean,
): void {
  const { batch, steps, units, wide, gates } = layout;
  const states = { at: before, row: units, isTransposed: true };
  const right = { at: gates + offset * BYTES, row: wide };
  const to = { at: gradient + offset * BYTES, row: wide };
  program.product([units, width, batch * steps], states, right, to, adds);
}

/** The outputs, each at the place of the step after it, from zeros on. */
function outputsBefore(program: Program, layout: Layout): { at: number; gather(): void } {
  const { batch, steps, units, stateRow, outputs } = layout;
  const at = program.allocate(batch * steps * units);
  program.functions.fill(at, batch * steps * units, 0);
  const width = (steps - 1) * units;
  return {
    at,
    gather: () =>
      program.functions.copyRows(outputs, stateRow, at + units * BYTES, stateRow, batch, width, 0),
  };
}

function simpleCell(program: Program, layout: Layout, { recurrent }: Weights, curve: number): Cell {
  const { functions } = program;
  const { batch, units, gateRow, stateRow, dState } = layout;
  const before = outputsBefore(program, layout);
  // The value of the gate is the output: it is kept in both.
  return {
    forward(t) {
      addState(program, layout, recurrent, t, units);
      const gates = gatesAt(layout, t);
      for (let row = 0; row < batch; row++) {
        const at = gates + row * gateRow * BYTES;
        functions.curve(curve, at, at, units, 1);
      }
      functions.copyRows(gates, gateRow, outputsAt(layout, t), stateRow, batch, units, 0);
    },
    backward(t) {
      const gates = gatesAt(layout, t);
      for (let row = 0; row < batch; row++) {
        const at = gates + row * gateRow * BYTES;
        functions.curveGradient(curve, at, dState + row * units * BYTES, at, units, 1, 0);
      }
      stateGradient(program, layout, recurrent, t, units, false);
    },
    kernelGradient(adds) {
      before.gather();
      kernelGradient(program, layout, before.at, recurrent, [0, units], adds);
    },
  };
}

function lstmCell(
  program: Program,
  layout: Layout,
  { recurrent }: Weights,
  curve: number,
  gate: number,
): Cell {
  const { functions } = program;
  const { batch, steps, units, wide, gateRow, stateRow, dState } = layout;
  const carries = program.allocate(batch * steps * units);
  const dCarry = program.allocate(batch * units);
  const before = outputsBefore(program, layout);
  const carryAt = (t: number): number => (t < 0 ? 0 : carries + t * units * BYTES);
  return {
    forward(t) {
      addState(program, layout, recurrent, t, wide);
      const gates = gatesAt(layout, t);
      const to = outputsAt(layout, t);
      functions.lstmStep(
        gates,
        gateRow,
        carryAt(t - 1),
        carryAt(t),
        stateRow,
        to,
        stateRow,
        batch,
        units,
        gate,
        curve,
      );
    },
    backward(t) {
      if (t === steps - 1) functions.fill(dCarry, batch * units, 0);
      const gates = gatesAt(layout, t);
      functions.lstmStepGradient(
        gates,
        gateRow,
        carryAt(t - 1),
        carryAt(t),
        stateRow,
        dState,
        dCarry,
        batch,
        units,
        gate,
        curve,
      );
      stateGradient(program, layout, recurrent, t, wide, false);
    },
    kernelGradient(adds) {
      before.gather();
      kernelGradient(program, layout, before.at, recurrent, [0, wide], adds);
    },
  };
}

function gruCell(
  program: Program,
  layout: Layout,
  { recurrent }: Weights,
  curve: number,
  gate: number,
): Cell {
  const { functions } = program;
  const { batch, steps, units, wide, gateRow, stateRow, dState } = layout;
  const resets = program.allocate(batch * steps * units);
  const dReset = program.allocate(batch * units);
  const before = outputsBefore(program, layout);
  const candidate = 2 * units * BYTES;
  const resetAt = (t: number): number => resets + t * units * BYTES;
  return {
    forward(t) {
      addState(program, layout, recurrent, t, 2 * units);
      const gates = gatesAt(layout, t);
      const last = outputsAt(layout, t - 1);
      functions.gruGates(gates, gateRow, last, stateRow, resetAt(t), stateRow, batch, units, gate);
      if (t > 0) {
        const [reset, kernel] = [
          { at: resetAt(t), row: stateRow },
          { at: recurrent.at + candidate, row: wide },
        ];
        const to = { at: gates + candidate, row: gateRow };
        program.product([batch, units, units], reset, kernel, to, true);
      }
      functions.gruStep(gates, gateRow, last, outputsAt(layout, t), stateRow, batch, units, curve);
    },
    backward(t) {
      const gates = gatesAt(layout, t);
      const last = outputsAt(layout, t - 1);
      functions.gruStepGradient(gates, gateRow, last, stateRow, dState, batch, units, gate, curve);
      const dCandidate = { at: gates + candidate, row: gateRow };
      const kernel = { at: recurrent.at + candidate, row: wide, isTransposed: true };
      program.product([batch, units, units], dCandidate, kernel, { at: dReset, row: units });
      functions.gruResetGradient(gates, gateRow, last, stateRow, dReset, dState, batch, units, gate);
      stateGradient(program, layout, recurrent, t, 2 * units, true);
    },
    kernelGradient(adds) {
      before.gather();
      kernelGradient(program, layout, before.at, recurrent, [0, 2 * units], adds);
      kernelGradient(program, layout, resets, recurrent, [2 * units, units], adds);
    },
  };
}

type MakeCell = (program: Program, layout: Layout, weights: Weights, curve: number, gate: number) => Cell;

/** How to make each kind of cell. */
export const CELLS: Readonly<Record<Recurrence['kind'], MakeCell>> = {
  simple: simpleCell,
  lstm: lstmCell,
  gru: gruCell,
};

/** How many gates stand side by side. */
export const GATES: Readonly<Record<Recurrence['kind'], number>> = { simple: 1, lstm: 4, gru: 3 };
