import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { tf } from '../../../src/backend/index.ts';
import { sgd } from '../../../src/optimizers/index.ts';
import * as training from '../../../src/training/index.ts';
import { onBackends } from '../support.ts';
import { errorOf, free, network, sums, weightsOf } from './support.ts';

onBackends('files of callbacks', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'descent-test-'));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  async function run(
    callbacks: training.FitOptions['callbacks'],
    after: (model: tf.Sequential, history: training.FitHistory) => unknown = () => {},
  ): Promise<void> {
    const [x, y] = sums();
    const model = network();
    model.compile({ optimizer: sgd({ learningRate: 0.05 }), loss: 'meanSquaredError', metrics: ['mae'] });
    try {
      await after(
        model,
        await training.fit(model, [x, y], { epochs: 3, validation: 0.2, seed: 1, callbacks }),
      );
    } finally {
      free(model);
      tf.dispose([x, y]);
    }
  }

  it('csvLogger writes a line an epoch', async () => {
    const path = join(folder, 'logs', 'one.csv');
    await run(training.csvLogger(path), (_, { history }) => {
      const names = ['loss', 'mae', 'val_loss', 'val_mae', 'learningRate'];
      const lines = [0, 1, 2].map((i) => [i, ...names.map((name) => history[name]![i])].join(','));
      expect(readFileSync(path, 'utf8')).toBe(`${[`epoch,${names}`, ...lines].join('\n')}\n`);
    });
    const first = readFileSync(path, 'utf8');
    await run(training.csvLogger(path));
    expect(readFileSync(path, 'utf8')).toBe(first);
    await run(training.csvLogger(path, { append: true }));
    expect(readFileSync(path, 'utf8')).toBe(first + first.split('\n').slice(1).join('\n'));
    await run(training.csvLogger(path, { separator: ';' }));
    expect(readFileSync(path, 'utf8')).toBe(first.replaceAll(',', ';'));
    writeFileSync(path, 'a,b\n1,2\n');
    const { message } = await errorOf(() => run(training.csvLogger(path, { append: true })));
    expect(message).toMatch(
      /^csvLogger: path must be one with the columns epoch,loss.*received a file with the columns a,b$/,
    );
    for (const options of [{ separator: '' }, { separator: '"' }, { append: 1 }, { sep: ',' }]) {
      expect(() => training.csvLogger(path, options as never)).toThrow(/^csvLogger: /);
    }
    expect(() => training.csvLogger('')).toThrow(/path/);
  });

  it('modelCheckpoint saves each epoch, or the best', async () => {
    const each = training.modelCheckpoint({ path: join(folder, 'model-{epoch:02d}-{val_loss:.3f}') });
    const best = training.modelCheckpoint({
      path: join(folder, 'best'),
      saveBestOnly: true,
      includeOptimizer: true,
    });
    const worst = training.modelCheckpoint({ path: join(folder, 'worst'), saveBestOnly: true, mode: 'max' });
    await run([each, best, worst], async (model, { history }) => {
      const losses = history.val_loss!;
      expect(losses[2]).toBeLessThan(losses[0]!);
      const names = losses.map((loss, i) => `model-0${i + 1}-${loss.toFixed(3)}`);
      expect(readdirSync(folder).sort()).toEqual(['best', ...names, 'worst']);
      const load = async (name: string): Promise<number[][]> => {
        const loaded = await tf.loadLayersModel(`file://${join(folder, name, 'model.json')}`);
        const weights = weightsOf(loaded);
        loaded.dispose();
        loaded.optimizer?.dispose();
        return weights;
      };
      expect(await load('best')).toEqual(weightsOf(model));
      expect(await load(names[2]!)).toEqual(weightsOf(model));
      expect(await load('worst')).toEqual(await load(names[0]!));
    });
    const unknown = await errorOf(() => run(training.modelCheckpoint({ path: join(folder, '{auc}') })));
    expect(unknown.message).toMatch(/path must be made of the places epoch, loss, mae.*received \{auc\}/);
    const misspelt = training.modelCheckpoint({ path: 'x', monitor: 'val_los', saveBestOnly: true });
    expect((await errorOf(() => run(misspelt))).message).toMatch(/did you mean 'val_loss'/);
    expect(() => training.modelCheckpoint({} as never)).toThrow(/path/);
    expect(() => training.modelCheckpoint({ path: 'x', saveBestOnly: 1 as never })).toThrow(/saveBestOnly/);
    expect(existsSync('x')).toBe(false);
  });
});
