import type { MathBackendCPU } from '@tensorflow/tfjs-backend-cpu';
import { findBackend, type Tensor, tensor } from '@tensorflow/tfjs-core';
import type { Updater } from '../../core/updates/apply.ts';
import { updateArrays } from './loops.ts';

/**
 * Applies updates on the JavaScript back end. The state is changed where it is; the parameter gets memory of
 * its own, since what `dataSync` gave a user is that of the parameter before the step.
 */
export const updateOnCpu: Updater = (step, targets) => {
  const cpu = findBackend('cpu') as MathBackendCPU;
  const valuesOf = ({ dataId }: Tensor): Float32Array => cpu.readSync(dataId) as Float32Array;
  for (const { variable, gradient, slots } of targets) {
    const own = slots.map((slot) => {
      // The tensor that it was made of may still be there.
      const shared = cpu.refCount(slot.dataId) > 1;
      if (shared) slot.assign(tensor(valuesOf(slot).slice(), slot.shape));
      return valuesOf(slot);
    });
    const out = new Float32Array(variable.size);
    updateArrays(step, { w: valuesOf(variable), g: valuesOf(gradient), out, slots: own });
    variable.assign(tensor(out, variable.shape));
  }
};
