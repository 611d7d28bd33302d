import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { Emitter, Value } from './emitter.ts';
import { type Refusal, takeApart } from './graph.ts';

/** Takes nothing down: only the shapes count. */
const shapes: Emitter = {
  matMul: (_x, _kernel, _bias, shape) => ({ shape }),
  convolve: (_x, _convolution, shape) => ({ shape }),
  pool: (_x, _kind, _info, shape) => ({ shape }),
  activate: (x) => x,
  reshape: (_x, shape) => ({ shape }),
  dropout: (x) => x,
  batchNorm: (x) => x,
  layerNorm: (x) => x,
  embed: (_indices, _table, shape) => ({ shape }),
  add: ([first]) => first!,
  multiply: ([first]) => first!,
  concatenate: (_values, _axis, shape) => ({ shape }),
  recur: (_x, _recurrence, shape) => ({ shape }),
};

/**
 * What stands against compiling a model; nothing if it can be.
 *
 * @param limits the operations that a back end refuses
 */
export function refusals(model: LayersModel, limits: Partial<Emitter> = {}): string[] {
  const found: Refusal[] = [];
  const refuse = (refusal: Refusal): void => void found.push(refusal);
  const open = model.inputs.filter(({ shape }) => shape.slice(1).includes(null));
  for (const { name, shape } of open) {
    const lengths = shape.map((length) => length ?? '?').join(', ');
    refuse({
      where: `the input ${name}`,
      reason: `its shape [${lengths}] has an open length besides the batch`,
    });
  }
  if (open.length === 0) {
    const inputs = model.inputs.map(({ shape }): Value => ({ shape: [1, ...(shape.slice(1) as number[])] }));
    takeApart(model, inputs, { ...shapes, ...limits }, { trains: () => true, refuse });
  }
  return found.map(({ where, reason }) => `${where}: ${reason}`);
}
