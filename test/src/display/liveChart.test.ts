import { JSDOM } from 'jsdom';
import { beforeEach, describe, expect, test } from 'vitest';
import { tf } from '../../../src/backend/index.ts';
import type { CellEnd } from '../../../src/display/channel.ts';
import type { display } from '../../../src/display/display.ts';
import { toBundle } from '../../../src/display/index.ts';
import { type LiveChart, type LiveEnvironment, makeLiveChart } from '../../../src/display/liveChart.ts';
import { setTheme } from '../../../src/display/theme.ts';
import type { MimeBundle } from '../../../src/display/types.ts';

const VEGA = 'application/vnd.vegalite.v5+json';

let time = 0;
let shown: MimeBundle[] = [];
let ends: ((end: CellEnd) => void)[] = [];
let timers: (() => void)[] = [];
let isNotebook = true;

beforeEach(() => {
  time = 0;
  [shown, ends, timers, isNotebook] = [[], [], [], true];
});

/** A world whose clock goes on only when it is told to. */
const environment: LiveEnvironment = {
  now: () => time,
  later: (work) => {
    timers.push(work);
    return () => {
      timers = timers.filter((timer) => timer !== work);
    };
  },
  atEnd: (work) => {
    ends.push(work);
    return () => {
      ends = ends.filter((other) => other !== work);
    };
  },
  isNotebook: () => isNotebook,
  display: ((value: unknown, { raw = false } = {}) => {
    const take = (next: unknown, isRaw: boolean): void => {
      shown.push(isRaw ? (next as MimeBundle) : (toBundle(next) as { data: MimeBundle }).data);
    };
    take(value, raw);
    return { update: (next: unknown, options: { raw?: boolean } = {}) => take(next, options.raw ?? false) };
  }) as unknown as typeof display,
};

const liveChart = makeLiveChart(environment);

const end = (how: CellEnd): void => {
  for (const work of ends.splice(0)) work(how);
};

/** The SVG of what is shown while a run goes on. */
function picture(bundle = shown.at(-1)!): string {
  const [, source = ''] = /^<img src="data:image\/svg\+xml,([^"]*)"/.exec(String(bundle['text/html'])) ?? [];
  return decodeURIComponent(source.replaceAll('&#39;', "'"));
}

interface Layer {
  mark: { type: string };
  data?: { values: object[] };
  encoding?: object;
}
interface Panel {
  data: { values: { x: number; value: number; series: string; run: number }[] };
  layer: Layer[];
  encoding: { color: { scale: { domain: string[]; range: string[] } } };
}
const spec = (): Panel & { concat?: Panel[]; title?: string } => shown.at(-1)![VEGA] as never;

describe('a run', () => {
  test('is shown at once, five times a second at most, and whole at its end', () => {
    const chart = liveChart({ title: 'Training' });
    expect(picture()).toContain('waiting for the first values');
    for (let step = 0; step < 10_000; step++) {
      chart.push({ step, loss: 1 / (step + 1) });
      time += 2;
    }
    // 20 seconds
    expect(shown.length).toBeGreaterThan(60);
    expect(shown.length).toBeLessThanOrEqual(1 + 20 * 5);
    chart.done();
    expect(Object.keys(shown.at(-1)!)).toEqual([VEGA, 'image/png', 'text/plain']);
    expect(spec().title).toBe('Training');
    const { values } = spec().data;
    expect(values.length).toBeLessThanOrEqual(500);
    expect(values.at(-1)).toEqual({ x: 9999, value: 1e-4, series: 'loss', run: 1 });
    expect(timers.length + ends.length).toBe(0);
  });

  test('that stands still shows what came last', () => {
    const chart = liveChart();
    time = 1000;
    chart.push({ epoch: 1, loss: 3 });
    chart.push({ epoch: 2, loss: 2 });
    expect(shown).toHaveLength(2);
    expect(timers).toHaveLength(1);
    timers[0]!();
    expect(shown.at(-1)!['text/plain']).toBe('epoch 2\nloss 2  █▁');
  });

  test('keeps its picture small', () => {
    const chart = liveChart();
    for (let step = 0; step < 5000; step++) {
      chart.push({ step, loss: Math.exp(-step / 900), valLoss: Math.exp(-step / 1200) });
    }
    timers[0]!();
    expect(String(shown.at(-1)!['text/html']).length).toBeLessThan(7000);
  });

  test('of a forgotten done() is whole at the end of the cell, and goes on if it does', () => {
    const chart = liveChart();
    chart.push({ epoch: 1, loss: 3 });
    end('ok');
    expect(shown.at(-1)).toHaveProperty([VEGA]);
    time = 1000;
    chart.push({ epoch: 2, loss: 2 });
    expect(picture()).toContain('loss 2');
    chart.done();
    expect(spec().data.values).toHaveLength(2);
  });

  test('that fails is whole, too; one that is interrupted at once, and whole soon', () => {
    liveChart().push({ epoch: 1, loss: 3 });
    end('error');
    expect(shown.at(-1)).toHaveProperty([VEGA]);
    const chart = liveChart();
    chart.push({ epoch: 1, loss: 3 });
    chart.push({ epoch: 2, loss: 2 });
    end('interrupted');
    expect(picture()).toContain('loss 2');
    timers.at(-1)!();
    expect(spec().data.values).toHaveLength(2);
  });

  test('without values stays what it was', () => {
    liveChart({ metrics: ['loss'] }).done();
    expect(picture()).toContain('waiting');
  });

  test('in a terminal is text, now and then', () => {
    isNotebook = false;
    const chart = liveChart({ title: 'Run' });
    for (let step = 0; step < 10_000; step++, time += 2) chart.push({ step, loss: 1, acc: 0.5 });
    expect(shown).toHaveLength(3);
    chart.done();
    expect(shown.at(-1)).toEqual({
      'text/plain': expect.stringMatching(/^Run, step 9999\nloss 1 {3}▁+\nacc 0.5 {2}▁+$/),
    });
  });
});

describe('what is drawn', () => {
  const drawn = (values: readonly object[], options = {}): LiveChart => {
    const chart = liveChart(options);
    for (const value of values) chart.push(value as never);
    timers.at(-1)?.();
    return chart;
  };

  test('training and validation have one colour, validation is dashed', () => {
    const chart = drawn([
      { epoch: 1, loss: 3, val_loss: 3.5 },
      { epoch: 2, loss: 2, val_loss: 3 },
    ]);
    const [, solid, dashed] =
      /stroke='(#[0-9a-f]+)'[^>]*stroke-width='2'\/>.*stroke='(#[0-9a-f]+)'[^>]*stroke-width='2' stroke-dasharray/.exec(
        picture(),
      ) ?? [];
    expect(solid).toMatch(/^#/);
    expect(dashed).toBe(solid);
    chart.done();
    const { domain, range } = spec().encoding.color.scale;
    expect(domain).toEqual(['loss', 'val_loss']);
    expect(new Set(range).size).toBe(1);
  });

  test('metrics of other scales have axes of their own', () => {
    drawn([{ step: 1, loss: 3, acc: 0.4, val_acc: 0.3, mae: 2, huge_loss: 4000, lr: 0.001 }]).done();
    const names = spec().concat!.map(({ encoding }) => encoding.color.scale.domain);
    expect(names).toEqual([['loss', 'mae'], ['acc', 'val_acc'], ['huge_loss'], ['lr']]);
  });

  test('announced metrics keep their order', () => {
    drawn([{ b: 1 }, { a: 1, c: 1 }], { metrics: ['a', 'b'] }).done();
    expect(spec().encoding.color.scale.domain).toEqual(['a', 'b', 'c']);
    expect(shown.at(-1)!['text/plain']).toBe('step 1\na 1  ▁\nb 1  ▁\nc 1  ▁');
  });

  test('missing values leave no gap, NaN does and is marked', () => {
    const chart = drawn([
      { epoch: 1, loss: 1, valLoss: 1 },
      { epoch: 2, loss: undefined, valLoss: null },
      { epoch: 3, loss: 2, valLoss: Number.NaN },
      { epoch: 4, loss: 3, valLoss: 4 },
    ]);
    expect(picture()).toContain('>NaN</text>');
    expect(picture()).toContain('valLoss 4, NaN at 3');
    chart.done();
    const runs = spec().data.values.map(({ x, series, run }) => `${series} ${x} ${run}`);
    expect(runs).toEqual(['loss 1 1', 'loss 3 1', 'loss 4 1', 'valLoss 1 1', 'valLoss 4 2']);
    const marks = spec().layer.filter(({ mark }) => mark.type === 'rule');
    expect(marks.map(({ data }) => data?.values)).toEqual([[{ x: 3, series: 'valLoss', what: 'NaN' }]]);
  });

  test('a run of nothing but NaN still says so', () => {
    drawn([{ loss: Number.NaN }, { loss: Number.NaN }]).done();
    expect(shown.at(-1)!['text/plain']).toBe('step 1\nloss NaN, first at 0');
    expect(shown.at(-1)).toHaveProperty([VEGA]);
  });

  test('smoothing draws two lines', () => {
    drawn([{ loss: 1 }, { loss: 3 }, { loss: 2 }], { smoothing: 0.5 }).done();
    const [raw] = spec().layer;
    expect(raw!.data?.values).toEqual([1, 3, 2].map((value, x) => ({ x, value, series: 'loss', run: 1 })));
    expect(spec().data.values.map(({ value }) => value)).toEqual([1, 2.33333, 2.14286]);
  });

  test('a logarithmic axis has no place for 0', () => {
    const chart = drawn([{ loss: 100 }, { loss: 0 }, { loss: 0.01 }], { logScale: true });
    expect(picture()).not.toMatch(/NaN|Infinity/);
    for (const label of ['0.01', '0.1', '1', '10', '100']) expect(picture()).toContain(`>${label}</text>`);
    chart.done();
    expect(shown.at(-1)).toHaveProperty(['image/png']);
  });

  test('names are escaped', () => {
    drawn([{ '"><script>&': 1 }], { title: '<img onerror=x>' });
    expect(picture()).toContain('&lt;img onerror=x&gt;');
    expect(picture()).toContain('&lt;script&gt;&amp;');
    expect(shown.at(-1)!['text/html']).toMatch(/^<img [^<>]*>$/);
  });

  test('a font of the theme may be in quotes of either kind', () => {
    setTheme({ font: `'Fira Sans', "Open Sans"` });
    try {
      drawn([{ loss: 1 }]);
    } finally {
      setTheme({});
    }
    const { document } = new JSDOM(picture(), { contentType: 'image/svg+xml' }).window;
    expect(document.documentElement.getAttribute('font-family')).toBe(`'Fira Sans', "Open Sans"`);
  });

  test('no number of the picture is NaN, whatever comes', () => {
    for (const values of [
      [5e-324, 0],
      [1e299, -1e299],
      [1e308, 1],
      [0, 0],
      [-5, -5, -5],
      [1e-12, 1],
    ]) {
      drawn(values.map((loss) => ({ loss })));
      expect(picture().replaceAll(/>[^<]*</g, '><')).not.toMatch(/NaN|Infinity|undefined/);
    }
  });
});

describe('fitCallbacks', () => {
  const train = async (options: object, fitOptions: object): Promise<void> => {
    const model = tf.sequential({ layers: [tf.layers.dense({ units: 1, inputShape: [1] })] });
    model.compile({ optimizer: 'sgd', loss: 'meanSquaredError', metrics: ['mae'] });
    const [x, y] = [tf.tensor2d([[0], [1], [2], [3]]), tf.tensor2d([[1], [3], [5], [7]])];
    const callbacks = liveChart().fitCallbacks(options);
    await model.fit(x, y, { verbose: 0, batchSize: 2, ...fitOptions, callbacks });
    tf.dispose([x, y]);
    model.dispose();
  };

  test('draws every epoch, and is done at the end', async () => {
    await train({}, { epochs: 3, validationSplit: 0.5 });
    expect(spec().concat ?? [spec()]).not.toHaveLength(0);
    const text = String(shown.at(-1)!['text/plain']);
    expect(text).toMatch(/^epoch 3\n/);
    // Training before validation, though TensorFlow.js says it the other way round.
    expect(text.match(/^\w+(?= )/gm)).toEqual(['epoch', 'loss', 'mae', 'val_loss', 'val_mae']);
    expect(ends).toHaveLength(0);
  });

  test('or every batch', async () => {
    await train({ batches: true }, { epochs: 3, validationData: [tf.ones([1, 1]), tf.ones([1, 1])] });
    expect(String(shown.at(-1)!['text/plain'])).toMatch(/^step 6\nloss /);
    const values = (spec().concat ?? [spec()]).flatMap(({ data }) => data.values);
    expect(values.filter(({ series }) => series === 'loss')).toHaveLength(6);
    expect(values.filter(({ series }) => series === 'val_loss').map(({ x }) => x)).toEqual([2, 4, 6]);
  });

  test('refuses options that it does not have', () => {
    expect(() => liveChart().fitCallbacks({ batch: true } as never)).toThrow(
      "liveChart.fitCallbacks: options must be among 'batches'; received 'batch'",
    );
    expect(() => liveChart().fitCallbacks({ batches: 3 } as never)).toThrow('batches must be true or false');
  });
});

describe('bad input', () => {
  test.each<[unknown, string]>([
    [
      5,
      'liveChart.push: the argument is 5; allowed is an object of numbers, such as { epoch: 1, loss: 0.5 }',
    ],
    [null, 'the argument is null'],
    [[1], 'the argument is an array'],
    [{}, 'the object is empty'],
    [
      { epoch: 1 },
      "no metric is given; allowed is an object of numbers, such as { epoch: 1, loss: 0.5 }, with at least one beside 'epoch' and 'step'",
    ],
    [{ loss: '0.5' }, 'loss is "0.5"; allowed is a number, null or undefined'],
    [{ loss: 5n }, 'loss is 5'],
    [{ loss: tf.scalar(1) }, 'loss is a Tensor (await x.data() or x.dataSync() gives its numbers)'],
    [{ epoch: Number.NaN, loss: 1 }, 'epoch is NaN; allowed is a finite number'],
    [{ step: '1', loss: 1 }, 'step is "1"; allowed is a finite number'],
  ])('push(%o)', (values, message) => {
    const chart = liveChart();
    expect(() => chart.push(values as never)).toThrow(message);
    chart.push({ epoch: 1, loss: 1 });
    expect(() => chart.push({ loss: 1 })).toThrow(
      'epoch is missing; allowed is a finite number, as in the pushes before',
    );
  });

  test('push after done', () => {
    const chart = liveChart();
    chart.push({ loss: 1 });
    chart.done();
    chart.done();
    expect(() => chart.push({ loss: 1 })).toThrow(
      'liveChart.push: the chart is done; a new run needs a new one',
    );
  });

  test.each<[unknown, string]>([
    [{ metric: ['loss'] }, "did you mean 'metrics'?"],
    [{ metrics: 'loss' }, 'liveChart: metrics must be an array of different names'],
    [{ metrics: ['a', 'a'] }, 'received ["a","a"]'],
    [{ metrics: ['epoch'] }, "none is 'epoch' or 'step'"],
    [{ smoothing: 1 }, 'liveChart: smoothing must be a finite number in [0, 1); received 1'],
    [{ logScale: 'y' }, 'logScale must be true or false; received "y"'],
    [{ title: 5 }, 'title must be a string; received 5'],
    [{ maxPoints: 3 }, 'maxPoints must be an integer in [20, 10000]; received 3'],
  ])('liveChart(%o)', (options, message) => {
    expect(() => liveChart(options as never)).toThrow(message);
    expect(shown).toHaveLength(0);
  });
});
