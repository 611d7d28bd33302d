import type { Recurrence } from '../emitter.ts';
import { CURVES } from './activation.ts';
import { CELLS, GATES, type Layout, outputsAt } from './cells.ts';
import type { Place, Program } from './program.ts';

const BYTES = 4;

/** The layers SimpleRNN, LSTM and GRU, as tfjs defines them. */
export function recur(program: Program, x: Place, options: Recurrence, out: readonly number[]): Place {
  const { functions } = program;
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
    const [inputs, weights] = [
      { at: x.at, row: features },
      { at: kernel.at, row: wide },
    ];
    const from = { at: bias?.at ?? 0, row: 0 };
    program.productFrom([rows, wide, features], inputs, weights, { at: gates, row: wide }, from);
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
    const dGates = { at: gates, row: wide };
    if (recurrent.gradient) {
      const adds = program.claim(recurrent);
      program.onBackward(() => cell.kernelGradient(adds));
    }
    if (kernel.gradient) {
      const adds = program.claim(kernel);
      const inputs = { at: x.at, row: features, isTransposed: true };
      const to = { at: kernel.gradient, row: wide };
      program.onBackward(() => program.product([features, wide, rows], inputs, dGates, to, adds));
    }
    if (bias?.gradient) program.sumRows(gates, rows, bias);
    if (x.gradient) {
      const adds = program.claim(x);
      const to = { at: x.gradient, row: features };
      program.onBackward(() => {
        const weights = { at: kernel.at, row: wide, isTransposed: true };
        program.product([rows, features, wide], dGates, weights, to, adds);
      });
    }
  });
  return y;
}
