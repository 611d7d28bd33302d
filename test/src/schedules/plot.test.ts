import { describe, expect, test } from 'vitest';
import { toBundle } from '../../../src/display/index.ts';
import * as schedules from '../../../src/schedules/index.ts';

const { cosineDecay, plot, warmup } = schedules;
const cosine = cosineDecay({ initialValue: 1, decaySteps: 900 });
const then = cosine;
const warmed = warmup({ steps: 100, then });

interface Spec {
  readonly title: object;
  readonly data: { readonly values: readonly { step: number; value: number; schedule?: string }[] };
  readonly encoding: Readonly<Record<string, { readonly scale?: object } | undefined>>;
}

const specOf = (data: Record<string, unknown>): Spec => data['application/vnd.vegalite.v5+json'] as Spec;

describe('plot', () => {
  test('shows several schedules in one chart, to the end of the longest', async () => {
    const { data } = await toBundle(plot({ cosine, warmed, 'a number': 0.5, mine: (step) => step / 1180 }));
    expect(Object.keys(data).sort()).toEqual(['application/vnd.vegalite.v5+json', 'image/png', 'text/plain']);
    const { title, data: rows, encoding } = specOf(data);
    expect(title).toEqual({ text: 'Schedules' });
    const names = [...new Set(rows.values.map(({ schedule }) => schedule))];
    expect(names).toEqual(['cosine', 'warmed', 'a number', 'mine']);
    // 100 steps of warm-up and 1.2·900 of cosine
    expect(Math.max(...rows.values.map(({ step }) => step))).toBe(1180);
    // Keys of equal domains are one key.
    expect(encoding.color).toMatchObject({ field: 'schedule', scale: { domain: names } });
    expect(encoding.strokeDash).toMatchObject({ field: 'schedule', scale: { domain: names } });
    const [heading, first, second, third] = String(data['text/plain']).split('\n');
    expect([heading, third]).toEqual(['Schedules', expect.stringMatching(/^a number: 0\.5 /)]);
    expect(first).toMatch(/^cosine: 1 █[▁-█]{28}▁ 0 {2}steps 0 to 1180$/);
    expect(second).toMatch(/^warmed: 0 ▁/);
  });

  test('says what it draws', () => {
    const shown = plot({ cosine, warmed }, { steps: 200 });
    expect(shown.values.warmed).toHaveLength(201);
    expect(shown.values.warmed![50]).toEqual({ step: 50, value: 0.5 });
    expect(String(shown)).toContain('steps 0 to 200');
    expect(shown.values.cosine!.map(({ step, value }) => value - cosine(step))).toEqual(Array(201).fill(0));
  });

  test('shows one schedule, on a logarithmic scale and of a size', async () => {
    const { data } = await toBundle(plot(cosine, { log: true, width: 300, height: 120, title: 'My rate' }));
    const spec = specOf(data);
    expect(spec).toMatchObject({ title: { text: 'My rate' }, width: 300, height: 120 });
    // It is 0 from step 900 on.
    expect(Math.max(...spec.data.values.map(({ step }) => step))).toBe(899);
    expect(spec.encoding.y!.scale).toMatchObject({ type: 'log' });
    expect(spec.encoding.color).toBeUndefined();
    expect(String(plot(cosine)).split('\n')[0]).toBe('cosineDecay');
    expect(String(plot((step) => step))).toContain('steps 0 to 100');
  });

  test.each<[unknown[], string]>([
    [[[cosine]], 'plot: schedules must be a schedule, or an object of schedules by name; received'],
    [[{}], 'received a Object'],
    [
      [{ cosine: '1' }],
      'plot: schedules.cosine must be a function of the step or a finite number; received "1"',
    ],
    [[Number.NaN], 'plot: schedules must be a function of the step or a finite number; received NaN'],
    [[cosine, { step: 3 }], "did you mean 'steps'?"],
    [[cosine, { steps: 0 }], 'plot: steps must be a finite number above 0; received 0'],
    [[cosine, { log: 'y' }], 'plot: log must be true or false; received "y"'],
  ])('refuses %j', (given, message) => {
    expect(() => Reflect.apply(plot, undefined, given)).toThrow(message);
  });
});
