import { expect, it } from 'vitest';
import { tf } from '../../../../src/backend/index.ts';
import { adam, sgd } from '../../../../src/optimizers/index.ts';
import * as training from '../../../../src/training/index.ts';
import { onBackends } from '../../support.ts';
import { errorOf, free, network, sums } from '../support.ts';

onBackends('callbacks of fit', () => {
  async function run(
    callbacks: training.FitOptions['callbacks'],
    options: training.FitOptions = {},
    optimizer: tf.Optimizer = sgd({ learningRate: 0.1 }),
  ): Promise<training.FitHistory> {
    const [x, y] = sums();
    const model = network();
    model.compile({ optimizer, loss: 'meanSquaredError', metrics: ['mae'] });
    try {
      return await training.fit(model, [x, y], {
        epochs: 2,
        batchSize: 25,
        validation: 0.5,
        callbacks,
        ...options,
      });
    } finally {
      free(model);
      tf.dispose([x, y]);
    }
  }

  it('are called in order, and waited for', async () => {
    const met: string[] = [];
    const tell = async (text: string): Promise<void> => {
      await Promise.resolve();
      met.push(text);
    };
    const callback: training.Callback = {
      onTrainBegin: (r) => tell(`begin ${r.epochs} of ${r.stepsPerEpoch} steps: ${r.metrics}`),
      onEpochBegin: (epoch) => tell(`epoch ${epoch}`),
      onGradients: (step, gradients) =>
        void met.push(`gradients ${step} of ${Object.keys(gradients).length}`),
      onStepEnd: (step, logs) => tell(`step ${step}: ${Object.keys(logs)}`),
      onEpochEnd: (epoch, logs) => tell(`epoch ${epoch} ended: ${Object.keys(logs)}`),
      onTrainEnd: (logs) => tell(`end: ${Object.keys(logs)}`),
    };
    const history = await run(callback);
    const all = 'loss,mae,val_loss,val_mae,learningRate';
    const step = (i: number): string[] => [`gradients ${i} of 4`, `step ${i}: loss,mae,learningRate`];
    expect(met).toEqual([
      `begin 2 of 1 steps: ${all}`,
      ...['epoch 0', ...step(1), `epoch 0 ended: ${all}`],
      ...['epoch 1', ...step(2), `epoch 1 ended: ${all}`],
      `end: ${all}`,
    ]);
    expect(Object.keys(history.history).join()).toBe(all);
  });

  it.each([
    ['within an epoch', 'onStepEnd', []],
    ['at the end of an epoch', 'onEpochEnd', [0]],
  ] as const)('stop %s', async (_, method, epochs) => {
    const stop = { [method]: (_n: number, _l: unknown, r: training.Run) => r.stop('enough') };
    const history = await run(stop as training.Callback, { batchSize: 5 });
    expect([history.epoch, history.stopReason]).toEqual([epochs, 'enough']);
    expect(history.steps).toBe(method === 'onStepEnd' ? 1 : 5);
  });

  it('of tfjs are told what model.fit tells them', async () => {
    const met: [string, ...unknown[]][] = [];
    class Own extends tf.Callback {
      override async onTrainBegin(): Promise<void> {
        met.push(['begin', this.params, this.model !== null]);
      }
      override async onBatchEnd(batch: number, logs = {}): Promise<void> {
        met.push(['batch', batch, Object.keys(logs).join()]);
      }
      override async onEpochEnd(epoch: number, logs = {}): Promise<void> {
        met.push(['epoch', epoch, Object.keys(logs).join()]);
        this.model.stopTraining = epoch === 0;
      }
    }
    const args: unknown[] = [];
    const custom = { onBatchBegin: (...all: unknown[]) => void args.push(all), onEpochEnd: () => {} };
    const history = await run([
      new Own(),
      new tf.CustomCallback({ onTrainEnd: () => void met.push(['end']) }),
      custom,
    ]);
    const metrics = ['loss', 'mae', 'val_loss', 'val_mae', 'learningRate'];
    expect(met).toEqual([
      [
        'begin',
        { epochs: 2, samples: 25, steps: 1, batchSize: 25, doValidation: true, metrics, verbose: 0 },
        true,
      ],
      ['batch', 0, 'batch,size,loss,mae,learningRate'],
      ['epoch', 0, metrics.join()],
      ['end'],
    ]);
    expect(args).toEqual([[0, { batch: 0, size: 25 }]]);
    expect(history.stopReason).toMatch(/stopTraining/);
  });

  it('of tfjs stop early', async () => {
    const callback = tf.callbacks.earlyStopping({ monitor: 'val_loss', mode: 'max', patience: 1 });
    const history = await run(callback, { epochs: 9 });
    expect(history.epoch).toEqual([0, 1]);
  });

  it('see and set the learning rate', async () => {
    for (const optimizer of [sgd({ learningRate: 0.5 }), adam({ learningRate: 0.5 }), tf.train.adam(0.5)]) {
      const slower: training.Callback = {
        onEpochBegin: (epoch, r) => {
          if (epoch > 0) r.learningRate = r.learningRate! / 5;
        },
      };
      const { history } = await run(slower, {}, optimizer as tf.Optimizer);
      expect(history.learningRate).toEqual([0.5, 0.1]);
    }
    const scheduled = await run([], {}, sgd({ learningRate: (step) => 1 / (step + 1) }));
    // That of the step that comes next.
    expect(scheduled.history.learningRate).toEqual([1 / 2, 1 / 3]);
  });

  it('that fail end the training, and the others hear of its end', async () => {
    const met: string[] = [];
    const fails = {
      onStepEnd: () => {
        throw new Error('disk full');
      },
      onTrainEnd: () => {
        throw new Error('second');
      },
    };
    const error = await errorOf(() => run([fails, { onTrainEnd: () => void met.push('end') }]));
    expect([error.message, met]).toEqual(['disk full', ['end']]);
  });

  it('cannot wait for gradients', async () => {
    const { message } = await errorOf(() => run({ name: 'late', onGradients: (async () => {}) as never }));
    expect(message).toBe('fit: onGradients of late returned a promise; the gradients are gone by then');
  });
});
