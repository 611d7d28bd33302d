import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readState, writeState } from '../../../../src/training/fit/stateFile.ts';

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'descent-test-'));
  path = join(folder, 'deep', 'state');
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const tree = {
  text: 'ä "quoted"',
  numbers: [1, -0, 0.1, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 1e-320],
  none: null,
  flags: [true, false],
  empty: { list: [], object: {}, array: new Float32Array(0) },
  arrays: {
    f32: Float32Array.of(1, Number.NaN, -0, 3e-45),
    f64: Float64Array.of(0.1, Number.NEGATIVE_INFINITY),
    i32: Int32Array.of(-1, 2 ** 31 - 1),
    u8: Uint8Array.of(0, 255),
  },
  weights: [{ name: 'dense/kernel', shape: [2, 1], dtype: 'float32', values: Float32Array.of(5, 6) }],
};

describe('a state in a file', () => {
  it('comes back as it was, bit for bit', () => {
    writeState(path, 'test', tree);
    expect(readState(path, 'test')).toEqual(tree);
    const { numbers, arrays } = readState(path, 'test') as typeof tree;
    expect(Object.is(numbers[1], -0)).toBe(true);
    expect([...new Uint32Array(arrays.f32.buffer)]).toEqual([...new Uint32Array(tree.arrays.f32.buffer)]);
    expect(readdirSync(join(folder, 'deep'))).toEqual(['state']);
    writeState(path, 'test', { second: 2 });
    expect(readState(path, 'test')).toEqual({ second: 2 });
  });

  // https://github.com/huggingface/safetensors#format
  it('is a safetensors file', () => {
    writeState(path, 'test', tree);
    const bytes = readFileSync(path);
    const length = Number(bytes.readBigUInt64LE(0));
    expect(length % 8).toBe(0);
    const header = JSON.parse(bytes.toString('utf8', 8, 8 + length));
    expect(header['weights/0']).toMatchObject({ dtype: 'F32', shape: [2, 1] });
    const [begin, end] = header['weights/0'].data_offsets;
    expect(end - begin).toBe(8);
    expect([0, 4].map((at) => bytes.readFloatLE(8 + length + begin + at))).toEqual([5, 6]);
    const ends = Object.entries<{ data_offsets: [number, number] }>(header)
      .filter(([name]) => name !== '__metadata__')
      .map(([, { data_offsets: offsets }]) => offsets);
    // No gaps: each begins where the one before ended, and the last ends the file.
    ends.forEach(([from], i) => {
      expect(from).toBe(i === 0 ? 0 : ends[i - 1]![1]);
    });
    expect(8 + length + ends.at(-1)![1]).toBe(bytes.length);
  });

  it('is missing, damaged or of another kind', () => {
    expect(readState(path, 'test')).toBeUndefined();
    writeState(path, 'test', tree);
    expect(() => readState(path, 'other')).toThrow(
      /state cannot be read: it is no file of the format other$/,
    );
    const bytes = readFileSync(path);
    for (const part of [
      Buffer.alloc(0),
      bytes.subarray(0, 7),
      bytes.subarray(0, 20),
      Buffer.from('{"json": true}'),
    ]) {
      writeFileSync(path, part);
      expect(() => readState(path, 'test')).toThrow(/cannot be read: it is no file of the format test$/);
    }
    writeFileSync(path, bytes.subarray(0, bytes.length - 1));
    expect(() => readState(path, 'test')).toThrow(/cannot be read: it ends after/);
  });

  it('that cannot be written leaves the old one', () => {
    writeState(path, 'test', { one: 1 });
    expect(() => writeState(join(path, 'within'), 'test', tree)).toThrow(/cannot be written/);
    expect(() => writeState(path, 'test', { big: BigInt64Array.of(1n) })).toThrow(
      /cannot keep a BigInt64Array/,
    );
    expect(readState(path, 'test')).toEqual({ one: 1 });
  });
});
