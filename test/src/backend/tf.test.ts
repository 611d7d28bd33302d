import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { tf } from '../../../src/backend/index.ts';
import { onBackends, read } from '../support.ts';

onBackends('tf', () => {
  test('brings core, layers, converter and data together', () => {
    expect(tf.version).toEqual({
      'tfjs-core': '4.22.0',
      'tfjs-layers': '4.22.0',
      'tfjs-converter': '4.22.0',
      'tfjs-data': '4.22.0',
    });
    for (const part of [tf.matMul, tf.sequential, tf.loadGraphModel, tf.data.array])
      expect(part).toBeTypeOf('function');
  });

  test('every chained operation that tfjs declares is there', () => {
    const core = dirname(createRequire(import.meta.url).resolve('@tensorflow/tfjs-core'));
    const folder = join(core, 'public/chained_ops');
    const declared = readdirSync(folder)
      .filter((file) => file.endsWith('.d.ts'))
      .flatMap((file) =>
        [...readFileSync(join(folder, file), 'utf8').matchAll(/^ {8}(\w+)</gm)].map((match) => match[1]!),
      );
    expect(declared.length).toBeGreaterThan(130);
    expect(declared.filter((name) => !(name in tf.Tensor.prototype))).toEqual([]);
  });

  test('chained operations with arguments of their own', () => {
    const values = tf.tidy(() => {
      const x = tf.tensor2d([1, -2, 3, 4], [2, 2]);
      const row = tf.tensor2d([9, 9], [1, 2]);
      return {
        flat: x.flatten().arraySync(),
        as2D: x.as2D(4, 1).shape,
        like: x.flatten().reshapeAs(x).shape,
        joined: x.concat(row).arraySync(),
        listed: x.concat([row, row], 0).shape,
        stacked: x.stack(x).shape,
        chosen: x.where(x.greater(0), tf.zerosLike(x)).arraySync(),
        scalar: x.sum().asScalar().arraySync(),
        types: [x.toInt().dtype, x.toBool().dtype, x.asType('int32').toFloat().dtype],
        oneHot: tf.tensor1d([1, 0], 'int32').oneHot(2, 1, 0).arraySync(),
        wide: x.reshape<tf.Tensor3D>([2, 2, 1]).resizeBilinear([4, 4]).shape,
        near: x.reshape<tf.Tensor3D>([2, 2, 1]).resizeNearestNeighbor([4, 4]).shape,
      };
    });
    expect(values).toEqual({
      flat: [1, -2, 3, 4],
      as2D: [4, 1],
      like: [2, 2],
      joined: [
        [1, -2],
        [3, 4],
        [9, 9],
      ],
      listed: [4, 2],
      stacked: [2, 2, 2],
      chosen: [
        [1, 0],
        [3, 4],
      ],
      scalar: 6,
      types: ['int32', 'bool', 'float32'],
      oneHot: [
        [0, 1],
        [1, 0],
      ],
      wide: [4, 4, 1],
      near: [4, 4, 1],
    });
    const x = tf.tensor1d([1, 2]);
    expect(() => x.asScalar()).toThrow('asScalar: the tensor must have one element; it has 2');
    x.dispose();
    expect(() => x.add(1)).toThrow('add: the tensor is disposed');
  });

  test('casts to bool by whether a number is 0', () => {
    expect(read(tf.tidy(() => tf.tensor1d([2, 0.5, -1, 0]).toBool()))).toEqual([1, 1, 1, 0]);
    expect(read(tf.tidy(() => tf.tensor1d([256, 0], 'int32').toBool().toFloat().sum()))).toEqual([1]);
    // Other casts are left as they were.
    expect(read(tf.tidy(() => tf.tensor1d([2.7, -2.7]).toInt()))).toEqual([2, -2]);
  });

  test('the gradient of gather adds up what was gathered twice', () => {
    const gradient = tf.tidy(() => {
      const rows = tf.tensor1d([2, 0, 2], 'int32');
      const f = (x: tf.Tensor) =>
        tf
          .gather(x, rows)
          .mul(tf.tensor2d([1, 2, 3, 4, 5, 6], [3, 2]))
          .sum();
      return tf.grad(f)(tf.ones([3, 2]));
    });
    // Row 2 gets [1, 2] + [5, 6], row 0 gets [3, 4].
    expect(read(gradient)).toEqual([3, 4, 0, 0, 6, 8]);
  });
});
