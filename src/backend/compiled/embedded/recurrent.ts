import type { Recurrence } from '../emitter.ts';
import { CURVES } from './activation.ts';
import type { Place, Program, Weight } from './program.ts';

const BYTES = 4;

/** The memory of a recurrence over `steps` steps; rows of a batch have their steps side by side. */
interface Layout {
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
  readonly kernel: Weight;
  readonly recurrent: Weight;
  readonly bias: Weight | undefined;
}

/** How one kind of cell goes a step forward and back; `at(t)` addresses are of the step's first row. */
interface Cell {
  /** From the gates' arguments, which lack what comes from the state before. */
  forward(t: number): void;
  /** Turns `dState` into the gradients of the gates' arguments, and then into that of the state before. */
  backward(t: number): void;
  /** The gradient of the recurrent kernel, once the gates hold those of their arguments. */
  kernelGradient(from: number): void;
}

const gatesAt = ({ gates, wide }: Layout, t: number): number => gates + t * wide * BYTES;
/** The outputs of a step; 0, which stands for zeros, before the first. */
const outputsAt = ({ outputs, units }: Layout, t: number): number =>
  t < 0 ? 0 : outputs + t * units * BYTES;

/** gates[columns] += (the outputs before)·(those columns of the recurrent kernel). */
function addState(program: Program, layout: Layout, recurrent: Weight, t: number, width: number): void {
  if (t === 0) return;
  const { batch, units, wide, gateRow, stateRow } = layout;
  const to = gatesAt(layout, t);
  const { engine } = program;
  const before = outputsAt(layout, t - 1);
  const scratch = engine.scratch();
  program.functions.gemm(
    0,
    0,
    batch,
    width,
    units,
    before,
    stateRow,
    recurrent.at,
    wide,
    to,
    gateRow,
    to,
    gateRow,
    scratch,
  );
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
  const from = adds ? dState : 0;
  const scratch = program.engine.scratch();
  const gates = gatesAt(layout, t);
  program.functions.gemm(
    0,
    1,
    batch,
    units,
    width,
    gates,
    gateRow,
    recurrent.at,
    wide,
    from,
    units,
    dState,
    units,
    scratch,
  );
}

/** The gradient of columns of the recurrent kernel: (the states before)ᵀ·(the gradients of the gates). */
function kernelGradient(
  program: Program,
  layout: Layout,
  before: number,
  { gradient }: Weight,
  [offset, width]: readonly [number, number],
  from: number,
): void {
  const { batch, steps, units, wide, gates } = layout;
  const scratch = program.engine.scratch();
  const to = gradient + offset * BYTES;
  const start = from === 0 ? 0 : from + offset * BYTES;
  const right = gates + offset * BYTES;
  program.functions.gemm(
    1,
    0,
    units,
    width,
    batch * steps,
    before,
    units,
    right,
    wide,
    start,
    wide,
    to,
    wide,
    scratch,
  );
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
    kernelGradient(from) {
      before.gather();
      kernelGradient(program, layout, before.at, recurrent, [0, units], from);
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
    kernelGradient(from) {
      before.gather();
      kernelGradient(program, layout, before.at, recurrent, [0, wide], from);
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
  const { functions, engine } = program;
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
        const [to, kernel] = [gates + candidate, recurrent.at + candidate];
        const scratch = engine.scratch();
        functions.gemm(
          0,
          0,
          batch,
          units,
          units,
          resetAt(t),
          stateRow,
          kernel,
          wide,
          to,
          gateRow,
          to,
          gateRow,
          scratch,
        );
      }
      functions.gruStep(gates, gateRow, last, outputsAt(layout, t), stateRow, batch, units, curve);
    },
    backward(t) {
      const gates = gatesAt(layout, t);
      const last = outputsAt(layout, t - 1);
      functions.gruStepGradient(gates, gateRow, last, stateRow, dState, batch, units, gate, curve);
      const kernel = recurrent.at + candidate;
      const scratch = engine.scratch();
      functions.gemm(
        0,
        1,
        batch,
        units,
        units,
        gates + candidate,
        gateRow,
        kernel,
        wide,
        0,
        0,
        dReset,
        units,
        scratch,
      );
      functions.gruResetGradient(gates, gateRow, last, stateRow, dReset, dState, batch, units, gate);
      stateGradient(program, layout, recurrent, t, 2 * units, true);
    },
    kernelGradient(from) {
      before.gather();
      kernelGradient(program, layout, before.at, recurrent, [0, 2 * units], from);
      kernelGradient(program, layout, resets, recurrent, [2 * units, units], from);
    },
  };
}

const CELLS = { simple: simpleCell, lstm: lstmCell, gru: gruCell };
const GATES = { simple: 1, lstm: 4, gru: 3 };

/** The layers SimpleRNN, LSTM and GRU, as tfjs defines them. */
export function recur(program: Program, x: Place, options: Recurrence, out: readonly number[]): Place {
  const { functions, engine } = program;
  const [batch, steps, features] = x.shape as [number, number, number];
  const { units } = options;
  const weights = {
    kernel: program.weight(options.kernel),
    recurrent: program.weight(options.recurrentKernel),
    bias: options.bias && program.weight(options.bias),
  };
  const { kernel, recurrent, bias } = weights;
  const y = program.place(
    out,
    [x, kernel, recurrent, bias].some((one) => (one?.gradient ?? 0) !== 0),
  );
  const wide = GATES[options.kind] * units;
  const layout: Layout = {
    batch,
    steps,
    features,
    units,
    wide,
    gateRow: steps * wide,
    stateRow: steps * units,
    gates: program.allocate(batch * steps * wide),
    outputs: options.returnsSequences ? y.at : program.allocate(batch * steps * units),
    dState: program.allocate(batch * units),
  };
  const { gates, stateRow, dState } = layout;
  const cell = CELLS[options.kind](
    program,
    layout,
    weights,
    CURVES[options.activation as keyof typeof CURVES],
    CURVES[options.gateActivation as keyof typeof CURVES],
  );
  const rows = batch * steps;
  program.onForward(() => {
    const scratch = engine.scratch();
    functions.gemm(
      0,
      0,
      rows,
      wide,
      features,
      x.at,
      features,
      kernel.at,
      wide,
      bias?.at ?? 0,
      0,
      gates,
      wide,
      scratch,
    );
    for (let t = 0; t < steps; t++) cell.forward(t);
    if (!options.returnsSequences) {
      functions.copyRows(outputsAt(layout, steps - 1), stateRow, y.at, units, batch, units, 0);
    }
  });
  program.onWayBack(() => {
    if (!y.gradient) return;
    program.onBackward(() => {
      functions.fill(dState, batch * units, 0);
      for (let t = steps - 1; t >= 0; t--) {
        if (options.returnsSequences) {
          functions.copyRows(y.gradient + t * units * BYTES, stateRow, dState, units, batch, units, 1);
        } else if (t === steps - 1) {
          functions.copyRows(y.gradient, units, dState, units, batch, units, 0);
        }
        cell.backward(t);
      }
    });
    if (recurrent.gradient) {
      const from = program.claim(recurrent) ? recurrent.gradient : 0;
      program.onBackward(() => cell.kernelGradient(from));
    }
    if (kernel.gradient) {
      const from = program.claim(kernel) ? kernel.gradient : 0;
      program.onBackward(() => {
        const scratch = engine.scratch();
        const to = kernel.gradient;
        functions.gemm(
          1,
          0,
          features,
          wide,
          rows,
          x.at,
          features,
          gates,
          wide,
          from,
          wide,
          to,
          wide,
          scratch,
        );
      });
    }
    if (bias?.gradient) program.sumRows(gates, rows, bias);
    if (x.gradient) {
      const from = program.claim(x) ? x.gradient : 0;
      program.onBackward(() => {
        const scratch = engine.scratch();
        const to = x.gradient;
        functions.gemm(
          0,
          1,
          rows,
          features,
          wide,
          gates,
          wide,
          kernel.at,
          wide,
          from,
          features,
          to,
          features,
          scratch,
        );
      });
    }
  });
  return y;
}
