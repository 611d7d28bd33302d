import { describe, expect, it } from 'vitest';
import { tf } from '../../../src/backend/index.ts';
import { shortNumber } from '../../../src/display/figure.ts';
import { sgd } from '../../../src/optimizers/index.ts';
import * as training from '../../../src/training/index.ts';
import { onBackends } from '../support.ts';
import { errorOf, free, network, sums, weightsOf } from './support.ts';

/** Tells a callback of epochs with these losses; the epoch after which it stops, or none. */
function told(
  options: training.EarlyStoppingOptions,
  losses: readonly number[],
): [number | undefined, training.EarlyStopping] {
  const stopping = training.earlyStopping({ monitor: 'loss', ...options });
  let end: number | undefined;
  const run = { metrics: ['loss', 'acc'], model: { weights: [] } } as unknown as training.Run;
  stopping.onTrainBegin!(run);
  for (const [epoch, loss] of losses.entries()) {
    let hasStopped = false;
    stopping.onEpochEnd!(epoch, { loss, acc: loss }, { ...run, stop: () => (hasStopped = true) } as never);
    if (hasStopped) {
      end = epoch;
      break;
    }
  }
  return [end, stopping];
}

describe('earlyStopping', () => {
  // The epochs that Keras 3's EarlyStopping stops after, by its rules.
  it.each([
    [{}, [3, 2, 2.5, 1], 2],
    [{ patience: 1 }, [3, 2, 2.5, 1], 2],
    [{ patience: 2 }, [3, 2, 2.5, 1, 4, 4], 5],
    [{ patience: 2 }, [3, 2, 1], undefined],
    [{ patience: 1, minDelta: 0.5 }, [3, 2, 1.6, 1], 2],
    [{ patience: 1, mode: 'max' }, [1, 2, 1.5], 2],
    [{ patience: 1, monitor: 'acc' }, [1, 2, 3, 2], 3],
    [{ patience: 2, baseline: 1 }, [3, 2.5, 2, 2.2], 3],
    [{ patience: 2, startFromEpoch: 3 }, [1, 2, 3, 4, 5, 6], 5],
    [{ patience: 1 }, [Number.NaN, Number.NaN], 1],
  ] as const)('with %j at %j stops after epoch %j', (options, losses, expected) => {
    expect(told(options as training.EarlyStoppingOptions, losses)[0]).toBe(expected);
  });

  it('knows the best epoch', () => {
    const [, stopping] = told({ patience: 9 }, [3, 1, 2]);
    expect([stopping.best, stopping.bestEpoch]).toEqual([1, 1]);
    expect(training.earlyStopping().best).toBeUndefined();
  });

  it('refuses what is not allowed', () => {
    expect(() => training.earlyStopping({ patience: -1 })).toThrow(/patience/);
    expect(() => training.earlyStopping({ restoreBest: 1 as never })).toThrow(/restoreBest/);
    expect(() => training.earlyStopping({ restoreBestWeights: true } as never)).toThrow(
      /among .*'restoreBest'.*received 'restoreBestWeights'/,
    );
    expect(() => training.earlyStopping({ mode: 'best' as never })).toThrow(/mode/);
  });
});

onBackends('earlyStopping in fit', () => {
  it('leaves the model with the weights of the best epoch, and says why it stopped', async () => {
    const [x, y] = sums();
    const model = network(tf.layers.batchNormalization());
    model.compile({ optimizer: sgd({ learningRate: 0.05 }), loss: 'meanSquaredError' });
    const seen: number[][][] = [];
    const worse: training.Callback = {
      onEpochBegin: (epoch, run) => {
        if (epoch === 2) run.learningRate = 0.7;
      },
      onEpochEnd: () => void seen.push(weightsOf(model)),
    };
    const stopping = training.earlyStopping({ patience: 2, restoreBest: true });
    const callbacks = [worse, stopping];
    const history = await training.fit(model, [x, y], { epochs: 20, validation: 0.2, seed: 1, callbacks });
    const losses = history.history.val_loss!;
    const best = losses.indexOf(Math.min(...losses));
    expect(stopping.bestEpoch).toBe(best);
    expect(weightsOf(model)).toEqual(seen[best]);
    expect(history.epoch).toHaveLength(best + 3);
    expect(history.stopReason).toBe(
      `earlyStopping: val_loss has not improved for 2 epochs; the best was ${shortNumber(losses[best]!)} in epoch ${best + 1}`,
    );
    const { message } = await errorOf(() => training.fit(model, [x, y], { callbacks: stopping }));
    expect(message).toMatch(
      /'loss', 'learningRate'; received 'val_loss' \(fit was given no validation data\)/,
    );
    free(model);
    tf.dispose([x, y]);
  });
});
