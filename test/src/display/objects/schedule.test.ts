import { expect, test } from 'vitest';
import { toBundle } from '../../../../src/display/index.ts';
import { cosineDecay, join, warmup } from '../../../../src/schedules/index.ts';

const bundleOf = async (value: unknown): Promise<Record<string, unknown>> => (await toBundle(value)).data;

test('a schedule shows its curve, with a picture and as text', async () => {
  const schedule = cosineDecay({ initialValue: 0.1, decaySteps: 1000 });
  const data = await bundleOf(schedule);
  expect(Object.keys(data)).toEqual(['application/vnd.vegalite.v5+json', 'image/png', 'text/plain']);
  const { title, data: rows } = data['application/vnd.vegalite.v5+json'] as {
    title: object;
    data: { values: { step: number; value: number }[] };
  };
  expect(title).toMatchObject({
    text: 'cosineDecay',
    subtitle: 'initialValue: 0.1, decaySteps: 1000, alpha: 0',
  });
  // 1.2 times the steps of the decay, in 400 parts
  expect(rows.values).toHaveLength(401);
  expect(rows.values.at(-1)).toEqual({ step: 1200, value: 0 });
  const [call, course] = String(data['text/plain']).split('\n');
  expect(call).toBe('cosineDecay(initialValue: 0.1, decaySteps: 1000, alpha: 0)');
  expect(course).toMatch(/^0\.1 █[▁-█]{28}▁ 0 {2}steps 0 to 1200$/);
});

test('schedules within schedules are named', async () => {
  const then = cosineDecay({ initialValue: 1, decaySteps: 5 });
  expect((await bundleOf(warmup({ steps: 5, then })))['text/plain']).toContain(
    'warmup(initialValue: 0, steps: 5, then: cosineDecay(…))\n',
  );
  expect((await bundleOf(join([then, 0.5, (step) => step], [3, 9])))['text/plain']).toContain(
    'join(parts: [cosineDecay(…), 0.5, a function], boundaries: [3, 9])\n',
  );
});

test('any other function is a function', async () => {
  expect(await bundleOf((step: number) => step)).toEqual({ 'text/plain': '[Function (anonymous)]' });
});
