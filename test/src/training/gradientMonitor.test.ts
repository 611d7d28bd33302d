import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { tf } from '../../../src/backend/index.ts';
import { displaySymbol, metadataSymbol } from '../../../src/display/types.ts';
import { sgd } from '../../../src/optimizers/index.ts';
import * as training from '../../../src/training/index.ts';
import { onBackends } from '../support.ts';
import { free, initializer, network, sums } from './support.ts';

let warned: string[];
beforeEach(() => {
  warned = [];
  vi.spyOn(console, 'warn').mockImplementation((text) => void warned.push(text));
});
afterEach(() => {
  vi.restoreAllMocks();
});

onBackends('gradientMonitor', () => {
  /** Gradients of these norms, by layer, in two weights each. */
  function push(monitor: training.GradientMonitor, step: number, norms: Record<string, number>): void {
    tf.tidy(() => {
      const gradients = Object.entries(norms).flatMap(([layer, norm]) => [
        [`${layer}/kernel`, tf.tensor2d([[0.6 * norm, 0]])],
        [`${layer}/bias`, tf.tensor1d([0.8 * norm])],
      ]) as [string, tf.Tensor][];
      monitor.push(step, Object.fromEntries(gradients));
    });
  }

  it('takes the norm of each layer', () => {
    const monitor = training.gradientMonitor();
    push(monitor, 1, { a: 1, b: 2 });
    push(monitor, 5, { a: 4, b: 0.5 });
    expect(monitor.steps).toEqual([1, 5]);
    const rounded = Object.entries(monitor.norms).map(([layer, all]) => [
      layer,
      all.map((x) => +x.toFixed(6)),
    ]);
    expect(rounded).toEqual([
      ['a', [1, 4]],
      ['b', [2, 0.5]],
    ]);
    expect([monitor.warnings, warned]).toEqual([[], []]);
  });

  it('warns of what vanishes and explodes, each once, with the layer and the numbers', () => {
    const monitor = training.gradientMonitor();
    push(monitor, 3, { first: 1e-5, middle: 1, last: 2 });
    push(monitor, 4, { first: 1e-6, middle: 1e4, last: 2 });
    push(monitor, 5, { first: 0, middle: Number.POSITIVE_INFINITY, last: 2 });
    expect(monitor.warnings.map(({ kind, layer, step }) => [kind, layer, step])).toEqual([
      ['vanishing', 'first', 3],
      ['exploding', 'middle', 4],
    ]);
    expect(warned[0]).toMatch(
      /^gradientMonitor: the gradients of first vanish: their norm is 0.00001 at step 3, 0.000005 of the largest, 2 of last \(the limit is 0.0001\)\./,
    );
    expect(warned[1]).toMatch(
      /^gradientMonitor: the gradients of middle explode: their norm is 10000 at step 4 \(the limit is 1000\)\./,
    );
    expect(warned).toHaveLength(2);
  });

  it('goes by limits of one’s own, or says nothing', () => {
    const monitor = training.gradientMonitor({ vanishing: 0, exploding: 5, warn: false });
    push(monitor, 1, { a: 1e-20, b: 6 });
    expect(
      monitor.warnings.map(({ kind, layer, norm, reference }) => [kind, layer, Math.round(norm), reference]),
    ).toEqual([['exploding', 'b', 6, 5]]);
    expect(warned).toEqual([]);
  });

  it('refuses what are no gradients', () => {
    for (const options of [{ every: 0 }, { vanishing: 1 }, { exploding: 0 }, { warn: 1 }, { each: 1 }]) {
      expect(() => training.gradientMonitor(options as never)).toThrow(/^gradientMonitor: /);
    }
    const monitor = training.gradientMonitor();
    for (const gradients of [{}, null, { a: [1] }]) {
      expect(() => monitor.push(1, gradients as never)).toThrow(/^gradientMonitor.push: gradients must be/);
    }
    expect(() => monitor.push(-1, {})).toThrow(/step/);
  });

  it('watches a training, in the names of its layers', async () => {
    const [x, y] = sums();
    const model = network();
    model.compile({ optimizer: sgd({ learningRate: 0.01 }), loss: 'meanSquaredError' });
    const monitor = training.gradientMonitor({ every: 2 });
    const met: number[] = [];
    const names = model.getWeights().map((_, i) => model.weights[i]!.name);
    const own: training.Callback = {
      onGradients: (step, gradients) => {
        if (step % 2 === 1) return;
        const squares = names
          .slice(0, 2)
          .map((name) => tf.tidy(() => tf.sum(tf.square(gradients[name]!)).dataSync()[0]!));
        met.push(Math.sqrt(squares[0]! + squares[1]!));
      },
    };
    await training.fit(model, [x, y], { epochs: 2, batchSize: 10, callbacks: [monitor, own] });
    expect(monitor.steps).toEqual([2, 4, 6, 8, 10]);
    expect(Object.keys(monitor.norms)).toEqual(model.layers.map(({ name }) => name));
    Object.values(monitor.norms)[0]!.forEach((norm, i) => {
      expect(norm).toBeCloseTo(met[i]!, 4);
    });
    free(model);
    tf.dispose([x, y]);
  });

  it('finds gradients that vanish in a deep network of sigmoids', async () => {
    const deep = (i: number): tf.layers.Layer =>
      tf.layers.dense({
        units: 8,
        activation: 'sigmoid',
        name: `deep${i}`,
        kernelInitializer: initializer(i + 1),
        ...(i === 0 && { inputShape: [3] }),
      });
    const model = tf.sequential({
      layers: [
        ...[0, 1, 2, 3, 4, 5, 6, 7].map(deep),
        tf.layers.dense({ units: 1, kernelInitializer: initializer(9) }),
      ],
    });
    model.compile({ optimizer: tf.train.sgd(0.01), loss: 'meanSquaredError' });
    const [x, y] = sums();
    const monitor = training.gradientMonitor();
    await training.fit(model, [x, y], { callbacks: monitor, seed: 1 });
    expect(monitor.warnings).toContainEqual(
      expect.objectContaining({ kind: 'vanishing', layer: 'deep0', step: 1 }),
    );
    free(model);
    tf.dispose([x, y]);
  });
});

describe('the chart of gradientMonitor', () => {
  it('has a line a layer on a logarithmic axis', async () => {
    const monitor = training.gradientMonitor({ warn: false });
    expect(monitor[displaySymbol]()).toEqual({ 'text/plain': 'no gradients yet' });
    for (let step = 1; step <= 3; step++) {
      tf.tidy(() => monitor.push(step, { 'a/w': tf.scalar(step), 'b/w': tf.scalar(step === 2 ? 0 : 0.1) }));
    }
    const data = await monitor[displaySymbol]();
    const spec = data['application/vnd.vegalite.v5+json'] as {
      encoding: { y: { scale: object }; color: { scale: { domain: string[] } } };
      data: { values: { layer: string; norm: number | null }[] };
    };
    expect(spec.encoding.y.scale).toMatchObject({ type: 'log' });
    expect(spec.encoding.color.scale.domain).toEqual(['a', 'b']);
    expect(spec.data.values.filter(({ layer }) => layer === 'b').map(({ norm }) => norm)).toEqual([
      expect.closeTo(0.1, 6),
      null,
      expect.closeTo(0.1, 6),
    ]);
    expect(data['image/png']).toBeDefined();
    expect(monitor[metadataSymbol]?.()).toMatchObject({ 'image/png': { width: expect.any(Number) } });
    expect(data['text/plain']).toMatch(
      /^Gradient norms of 2 layers over 3 steps\n {2}a {2}last 3, 1 … 3\n {2}b {2}last 0.1, 0 … 0.1$/,
    );
  });
});
