import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { NATIVE_TIMEOUT, type NativeTensorflow, nativeTensorflow } from '../../../config/native.ts';
import { kernels } from '../../../kernel/support/kernels.ts';
import { writeDoubling } from './savedModel.ts';

const toolkit = join(import.meta.dirname, '../../../../dist/src/backend/index.js');
const folder = mkdtempSync(join(tmpdir(), 'descent-node-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const session = kernels();
let native: NativeTensorflow;
beforeAll(async () => {
  native = await nativeTensorflow();
  writeDoubling(join(folder, 'doubling'), 3);
}, NATIVE_TIMEOUT);

const at = (name: string): string => JSON.stringify(join(folder, name));

/** What a program or a cell prints. */
type Run = (code: string) => Promise<string>;

const inNode: Run = async (code) => {
  const source = `const { backend, tf } = await import(${JSON.stringify(toolkit)}); await backend.ready(); ${code}`;
  const env = { ...process.env, XDG_DATA_HOME: native.data };
  const options = { cwd: folder, env, timeout: 60_000 };
  const { stdout, stderr } = await promisify(execFile)(
    process.execPath,
    ['--input-type=module', '-e', source],
    options,
  );
  return stdout + stderr;
};

const inCell: Run = async (code) => {
  const client = await session.start({ env: { XDG_DATA_HOME: native.data } });
  const { outputs, error } = await client.execute(code, { timeout: 60_000 });
  if (error) throw new Error(`${error.ename}: ${error.evalue}`);
  return outputs.map((output) => (output.output_type === 'stream' ? output.text : '')).join('');
};

describe.each<[string, Run]>([
  ['plain Node', inNode],
  ['a cell', inCell],
])('tf.node in %s', (place, run) => {
  test('images', async () => {
    const printed = await run(`
      const image = tf.tensor3d([0, 50, 100, 150, 200, 250], [1, 2, 3], 'int32');
      const png = await tf.node.encodePng(image);
      console.log(tf.node.decodePng(png).dataSync().join(), tf.node.decodeImage(png).shape.join());
      const grey = await tf.node.encodeJpeg(tf.fill([8, 8, 1], 100, 'int32'));
      const back = tf.node.decodeJpeg(grey);
      console.log(back.shape.join(), back.dtype, Math.abs(back.mean().dataSync()[0] - 100) < 2);
      try { tf.node.decodeImage(new Uint8Array([1, 2, 3, 4])) } catch (error) { console.log(error.name) }`);
    expect(printed).toBe('0,50,100,150,200,250 1,2,3\n8,8,1 int32 true\nError\n');
  });

  test('summaries for TensorBoard', async () => {
    const logs = `logs ${place}`;
    const printed = await run(`
      const writer = tf.node.summaryFileWriter(${at(logs)});
      for (let step = 0; step < 3; step++) writer.scalar('a loss', 1 / (step + 1), step);
      writer.histogram('weights', tf.randomNormal([100]), 0);
      writer.flush();
      const model = tf.sequential({ layers: [tf.layers.dense({ units: 1, inputShape: [1] })] });
      model.compile({ optimizer: 'sgd', loss: 'meanSquaredError' });
      const callbacks = tf.node.tensorBoard(${at(`fit ${place}`)});
      await model.fit(tf.ones([4, 1]), tf.ones([4, 1]), { epochs: 2, verbose: 0, callbacks });
      console.log('written');`);
    expect(printed).toBe('written\n');
    const [file] = readdirSync(join(folder, logs));
    expect(file).toMatch(/^events\.out\.tfevents\./);
    const events = readFileSync(join(folder, logs, file!), 'latin1');
    expect(events).toContain('a loss');
    expect(events).toContain('weights');
    expect(readdirSync(join(folder, `fit ${place}`, 'train'))).toHaveLength(1);
  });

  test('saved models', async () => {
    const printed = await run(`
      const [graph] = await tf.node.getMetaGraphsFromSavedModel(${at('doubling')});
      console.log(graph.tags.join(), Object.keys(graph.signatureDefs).join());
      const model = await tf.node.loadSavedModel(${at('doubling')});
      const { y } = model.predict({ x: tf.tensor1d([1, 2, 3.5]) });
      console.log(y.dataSync().join(), tf.node.getNumOfSavedModels());
      model.dispose();
      await tf.node.loadSavedModel(${at('nothing')}).catch((error) => console.log(error.message.split(':')[0]));`);
    expect(printed).toBe(
      'serve serving_default\n2,4,7 1\nThere is no saved_model.pb file in the directory\n',
    );
  });
});
