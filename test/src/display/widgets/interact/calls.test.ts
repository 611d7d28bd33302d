import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { displaySymbol, draftSymbol } from '../../../../../src/display/types.ts';
import { Calls } from '../../../../../src/display/widgets/interact/calls.ts';
import type { SavedOutput } from '../../../../../src/display/widgets/outputList.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** The text of what was shown, call by call. */
function calls(call: () => unknown): { calls: Calls; shown: string[] } {
  const shown: string[] = [];
  const textOf = (output: SavedOutput): string =>
    output.output_type === 'display_data' ? String(output.data['text/plain']) : output.output_type;
  const made = new Calls({ call, show: (outputs) => void shown.push(outputs.map(textOf).join(' ')) });
  return { calls: made, shown };
}

it('a function is called at each change, and what it returns is shown and kept', () => {
  let value = 1;
  const { calls: made, shown } = calls(() => value);
  made.run();
  value = 2;
  made.changed();
  expect([shown, made.result]).toEqual([['1', '2'], 2]);
});

it('undefined shows nothing, an error shows itself and does not end it', () => {
  let value: unknown;
  const { calls: made, shown } = calls(() => {
    if (value === 'bad') throw new Error('no');
    return value;
  });
  made.run();
  value = 'bad';
  made.changed();
  value = 3;
  made.changed();
  expect(shown).toEqual(['', 'error', '3']);
});

it('of the changes while an async function runs only the latest counts', async () => {
  const ends: ((value: string) => void)[] = [];
  let asked = 0;
  const { calls: made, shown } = calls(() => {
    asked += 1;
    return new Promise((resolve) => ends.push(resolve));
  });
  void made.run();
  for (let i = 0; i < 10; i++) made.changed();
  expect(asked).toBe(1);
  ends[0]?.('first');
  await vi.advanceTimersByTimeAsync(0);
  expect(asked).toBe(2);
  ends[1]?.('second');
  await vi.advanceTimersByTimeAsync(1000);
  expect([asked, shown]).toEqual([2, ["'first'", "'second'"]]);
});

it('a call that does not end holds up the next for two seconds, and is not shown after it', async () => {
  const ends: ((value: string) => void)[] = [];
  const { calls: made, shown } = calls(() => new Promise((resolve) => ends.push(resolve)));
  void made.run();
  await vi.advanceTimersByTimeAsync(2500);
  made.changed();
  ends[1]?.('new');
  await vi.advanceTimersByTimeAsync(0);
  ends[0]?.('old');
  await vi.advanceTimersByTimeAsync(1000);
  expect(shown).toEqual(["'new'"]);
});

it('a rejected promise is an error in its place', async () => {
  const { calls: made, shown } = calls(async () => {
    throw new TypeError('later');
  });
  await made.run();
  expect(shown).toEqual(['error']);
});

it('while values change, drafts are shown; the full bundle follows when they rest', async () => {
  let value = 0;
  const { calls: made, shown } = calls(() => {
    const now = value;
    return {
      [displaySymbol]: () => ({ 'text/plain': `full ${now}` }),
      [draftSymbol]: () => ({ 'text/plain': `draft ${now}` }),
    };
  });
  made.run();
  for (value = 1; value <= 3; value++) {
    made.changed();
    await vi.advanceTimersByTimeAsync(50);
  }
  await vi.advanceTimersByTimeAsync(300);
  expect(shown.filter((text, index) => text !== shown[index - 1])).toEqual([
    'full 0',
    'draft 1',
    'draft 2',
    'draft 3',
    'full 3',
  ]);
});

it('a chart that cannot be drawn in full is replaced by its error', async () => {
  const { calls: made, shown } = calls(() => ({
    [displaySymbol]: () => {
      throw new Error('invalid');
    },
    [draftSymbol]: () => ({ 'text/plain': 'draft' }),
  }));
  made.changed();
  await vi.advanceTimersByTimeAsync(300);
  expect(shown[0]).toBe('draft');
  expect(shown.at(-1)).toBe(' error');
});

it('nothing is shown once it is stopped', async () => {
  const { calls: made, shown } = calls(async () => 1);
  const done = made.run();
  made.stop();
  await done;
  expect(shown).toEqual([]);
});
