import type { ActivationName } from './emitter.ts';
import { ACTIVATIONS, type AnyLayer, type Lowering, nameOf, needed, weight } from './lowering.ts';

/** Activations whose derivative follows from their value, as cells need them. */
const CELL_ACTIVATIONS: ReadonlySet<string> = new Set([
  'linear',
  ...[...ACTIVATIONS].filter((name) => name !== 'swish' && name !== 'softmax'),
]);

/** A layer that goes along a sequence. */
export function recurrent(kind: 'simple' | 'lstm' | 'gru'): Lowering {
  return (use, emitter) => {
    const { layer, inputs, refuse, out } = use;
    const cell = layer.cell as AnyLayer;
    if (inputs.length > 1) refuse('an initial state given as an input has no compiled form');
    for (const name of ['returnState', 'goBackwards', 'stateful']) {
      if (layer[name]) refuse(`${name} has no compiled form`);
    }
    for (const name of ['dropout', 'recurrentDropout']) {
      if (Number(cell[name] ?? 0) > 0) refuse(`${name} within a recurrent layer has no compiled form`);
    }
    const activation = nameOf(cell.activation);
    const gateActivation = nameOf(cell.recurrentActivation);
    for (const name of [activation, gateActivation]) {
      if (!CELL_ACTIVATIONS.has(name)) refuse(`the activation ${name} has no compiled form in a cell`);
    }
    return emitter.recur(
      inputs[0]!,
      {
        kind,
        units: Number(cell.units),
        kernel: needed(use, 'kernel', cell),
        recurrentKernel: needed(use, 'recurrentKernel', cell),
        bias: weight(use, 'bias', cell),
        activation: activation as ActivationName,
        gateActivation: gateActivation as ActivationName,
        returnsSequences: Boolean(layer.returnSequences),
      },
      out,
    );
  };
}
