import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { tf } from '../../../src/backend/index.ts';
import { onBackends, read } from '../support.ts';

const folder = mkdtempSync(join(tmpdir(), 'descent-files-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

onBackends('file://', (backend) => {
  const made = (): tf.LayersModel =>
    tf.sequential({
      layers: [
        tf.layers.dense({ units: 3, inputShape: [2], activation: 'tanh' }),
        tf.layers.dense({ units: 1 }),
      ],
    });
  const output = (model: tf.LayersModel): number[] =>
    read(tf.tidy(() => model.predict(tf.tensor2d([1, 2], [1, 2])) as tf.Tensor));

  // Stock tfjs throws: Cannot find any save handlers for URL 'file://…'.
  test('a model is saved in a folder and loaded again', async () => {
    const at = join(folder, backend, 'model');
    const model = made();
    await model.save(`file://${at}`);
    const again = await tf.loadLayersModel(`file://${at}/model.json`);
    expect(output(again)).toEqual(output(model));
    await model.save(tf.io.fileSystem(at));
    const third = await tf.loadLayersModel(tf.io.fileSystem(join(at, 'model.json')));
    expect(output(third)).toEqual(output(model));
    tf.dispose([model.getWeights(), again.getWeights(), third.getWeights()]);
    // 2 × 3 + 3 + 3 + 1 numbers of four bytes.
    expect(readFileSync(join(at, 'weights.bin'))).toHaveLength(52);
    expect(JSON.parse(readFileSync(join(at, 'model.json'), 'utf8'))).toMatchObject({
      format: 'layers-model',
      weightsManifest: [{ paths: ['weights.bin'] }],
    });
  });
});

test('what cannot be read or written is named', async () => {
  const file = join(folder, 'file');
  writeFileSync(file, '');
  await expect(tf.loadLayersModel(`file://${folder}/none.json`)).rejects.toThrow(
    `the model cannot be loaded: ${folder}/none.json: there is no such file`,
  );
  await expect(tf.loadLayersModel(`file://${folder}`)).rejects.toThrow(`${folder}: it is a folder`);
  const model = tf.sequential({ layers: [tf.layers.dense({ units: 1, inputShape: [1] })] });
  await expect(model.save(`file://${file}`)).rejects.toThrow('it is a file, expected a folder or a new name');
  await expect(model.save(tf.io.fileSystem([file, file]))).rejects.toThrow('received 2 paths');
  tf.dispose(model.getWeights());
  expect(existsSync(join(folder, 'none.json'))).toBe(false);
});
