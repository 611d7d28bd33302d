import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const built = join(import.meta.dirname, '../../../dist/src/backend/index.js');

/** A process of its own: its memory never shrinks again. The tensors are not written to, so that they cost little. */
const program = `
const { tf, backend } = await import(${JSON.stringify(built)});
await backend.use('wasm');
const before = tf.tensor1d([1, 2, 3]);
const message = (f) => { try { f(); return 'nothing was thrown'; } catch (error) { return String(error); } };
const wasm = tf.backend();
const held = [];
console.log(message(() => { for (let i = 0; i < 12; i++) held.push(wasm.makeOutput([2 ** 27], 'float32')); }));
console.log(held.length > 4 && held.length < 9, before.add(1).dataSync().join());
const count = tf.memory().numTensors;
console.log(message(() => tf.fill([2 ** 27], 7)), tf.memory().numTensors === count);
for (const { dataId } of held) wasm.disposeData(dataId);
console.log(message(() => wasm.makeOutput([2 ** 30 + 1], 'float32')));
console.log(tf.fill([2 ** 10], 7).sum().dataSync()[0], before.dataSync().join());
`;

// Stock wasm throws nothing: it writes over its own first bytes, and over 2³² bytes takes 4 for them.
test('a tensor without memory throws, and the others stay as they were', () => {
  const options = { encoding: 'utf8', timeout: 60_000 } as const;
  const lines = execFileSync(process.execPath, ['--input-type=module', '-e', program], options)
    .trim()
    .split('\n');
  const refused =
    /^RangeError: there is no memory for 536\.9 MB more: the wasm back end holds [\d,.]+ MB of at most 4,295 MB;/;
  expect(lines[0]).toMatch(refused);
  expect(lines[1]).toBe('true 2,3,4');
  expect(lines[2]).toMatch(refused);
  expect(lines[2]).toMatch(/ true$/);
  expect(lines[3]).toMatch(/^RangeError: there is no memory for 4,295 MB more/);
  expect(lines[4]).toBe('7168 1,2,3');
});
