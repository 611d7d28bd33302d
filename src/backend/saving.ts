// Lets `model.save` with `includeOptimizer` take our losses and optimizers: tfjs saves names of losses
// alone, and never frees the copies of an optimizer's state.
import { dispose } from '@tensorflow/tfjs-core';
import { LayersModel } from '@tensorflow/tfjs-layers';
import { namesVariables } from '../core/naming.ts';
import { type CompileLoss, mapLoss, savedName } from './lossNames.ts';

// tfjs declares it as protected.
const getLossIdentifiers: () => unknown = Reflect.get(LayersModel.prototype, 'getLossIdentifiers');

Reflect.set(LayersModel.prototype, 'getLossIdentifiers', function (this: LayersModel): unknown {
  const loss = this.loss;
  this.loss = mapLoss(loss as CompileLoss, savedName) as LayersModel['loss'];
  try {
    return getLossIdentifiers.call(this);
  } finally {
    this.loss = loss;
  }
});

const { save } = LayersModel.prototype;

LayersModel.prototype.save = async function (handler, config) {
  const { optimizer } = this;
  if (!config?.includeOptimizer || !namesVariables(optimizer)) return save.call(this, handler, config);
  const copies = await optimizer.getWeights();
  Object.defineProperty(optimizer, 'getWeights', { configurable: true, value: async () => copies });
  try {
    return await save.call(this, handler, config);
  } finally {
    Reflect.deleteProperty(optimizer, 'getWeights');
    dispose(copies.map(({ tensor }) => tensor));
  }
};
