import { describe, expect, it } from 'vitest';
import { tf } from '../../../src/backend/index.ts';
import { objectBundle } from '../../../src/display/objects.ts';
import * as initializers from '../../../src/initializers/index.ts';
import { expectClose, onBackends } from '../support.ts';

type Kernel = (seed: number) => ReturnType<typeof initializers.heNormal>;

/** Ten layers of ReLU and one output. */
function deep(kernel: Kernel): tf.Sequential {
  const model = tf.sequential();
  for (let i = 1; i <= 10; i++) {
    const first = i === 1 ? { inputShape: [64] } : {};
    model.add(
      tf.layers.dense({
        units: 64,
        activation: 'relu',
        kernelInitializer: kernel(i),
        name: `h${i}`,
        ...first,
      }),
    );
  }
  model.add(tf.layers.dense({ units: 1, kernelInitializer: kernel(11), name: 'out' }));
  return model;
}

const batch = (): tf.Tensor2D => tf.randomNormal([200, 64], 0, 1, 'float32', 3);

onBackends('the report of variances', () => {
  it('has the numbers of each layer', () => {
    const model = tf.sequential({
      layers: [
        tf.layers.dense({
          units: 2,
          inputShape: [1],
          kernelInitializer: initializers.constant({ value: 1 }),
          activation: 'relu',
          name: 'first',
        }),
        tf.layers.dropout({ rate: 0.5 }),
        tf.layers.dense({ units: 1, kernelInitializer: 'ones', name: 'last' }),
      ],
    });
    tf.tidy(() => {
      model.layers[0]!.setWeights([tf.tensor2d([[1, -1]]), tf.zeros([2])]);
    });
    const { layers, input, warnings } = initializers.varianceReport(model, [[1], [3]], { y: [[0], [0]] });
    expect(layers.map(({ name }) => name)).toEqual(['first', 'last']);
    // What comes out of the first layer: [1, 0] and [3, 0].
    expectClose([layers[0]!.mean, layers[0]!.variance, layers[0]!.dead, input], [1, 1.5, 0.5, 1]);
    // The slopes of a mean of squares: the mean of 2·1·1 and 2·3·3 is 10 for the unit that lives, 0 for the other.
    expectClose([layers[0]!.gradient!, layers[1]!.gradient!], [10 / Math.SQRT2, 10 / Math.SQRT2]);
    expect([layers[1]!.isOutput, warnings]).toEqual([true, []]);
    model.dispose();
  });

  it('warns of layers by name, where a spread vanishes or explodes', () => {
    const x = batch();
    const report = (kernel: Kernel): initializers.VarianceReport => {
      const model = deep(kernel);
      const made = initializers.varianceReport(model, x);
      model.dispose();
      return made;
    };
    expect(report((seed) => initializers.heNormal({ seed })).warnings).toEqual([]);
    const small = report((seed) => initializers.randomNormal({ stddev: 0.01, seed }));
    expect(small.warnings[0]).toMatch(/^h1 vanishes: 0\.0\d+ times the spread of the batch$/);
    expect(small.warnings).toHaveLength(10);
    const large = report((seed) => initializers.randomNormal({ stddev: 1, seed }));
    expect(large.warnings.at(-1)).toMatch(/^h10 explodes: /);
    x.dispose();
  });

  it('shows itself as a chart, and as text', async () => {
    const model = deep((seed) => initializers.heNormal({ seed }));
    const x = batch();
    const { data } = (await objectBundle(initializers.varianceReport(model, x)))!;
    expect(Object.keys(data)).toContain('application/vnd.vegalite.v5+json');
    expect(data['text/plain']).toMatch(/^layer +standard deviation +dead +gradient\nbatch +0\.999\n/);
    model.dispose();
    x.dispose();
  });
});

describe('arguments', () => {
  it.each([
    [
      () => initializers.varianceReport({} as never, [[1]]),
      'varianceReport: model must be a model of layers with one input; received a Object',
    ],
  ])('that do not fit are errors: %#', (call, message) => {
    expect(call).toThrow(message);
  });
});
