import { describe, expect, test } from 'vitest';
import { barText, type Snapshot } from '../../../../src/display/progress/text.ts';

const shot = (changes: Partial<Snapshot>): Snapshot => ({
  ...{ desc: '', count: 42, total: 100, unit: 'it', elapsed: 1.3, rate: 31.2, state: 'running' },
  ...changes,
});

describe('the line of a bar', () => {
  test('is that of tqdm', () => {
    // 58 are left at 31.2 a second: 1.86 s. 42 % of 80 eighths are 33: four blocks and one eighth.
    expect(barText(shot({ desc: 'desc' }))).toBe('desc:  42%|████▏     | 42/100 [00:01<00:01, 31.2it/s]');
    expect(barText(shot({ count: 0, elapsed: 0, rate: undefined }))).toBe(
      '  0%|          | 0/100 [00:00<?, ?it/s]',
    );
    expect(barText(shot({ count: 100, state: 'done' }))).toBe(
      '100%|██████████| 100/100 [00:01<00:00, 31.2it/s]',
    );
  });

  test('takes seconds an iteration for slow ones, and hours', () => {
    expect(barText(shot({ rate: 0.004, elapsed: 3725 }))).toBe(
      ' 42%|████▏     | 42/100 [1:02:05<4:01:40, 250s/it]',
    );
    expect(barText(shot({ rate: 0 }))).toBe(' 42%|████▏     | 42/100 [00:01<?, 0.00it/s]');
  });

  test('has no bar without a total', () => {
    expect(barText(shot({ total: undefined }))).toBe('42it [00:01, 31.2it/s]');
    expect(barText(shot({ total: undefined, unit: 'batches', desc: 'fit' }))).toBe(
      'fit: 42batches [00:01, 31.2batches/s]',
    );
  });

  test('has none either where there are more than the total', () => {
    expect(barText(shot({ count: 120 }))).toBe('120it of 100 [00:01, 31.2it/s]');
  });

  test('is full where there is nothing to do', () => {
    expect(barText(shot({ count: 0, total: 0, rate: undefined, state: 'done' }))).toBe(
      '100%|██████████| 0/0 [00:01<00:00, ?it/s]',
    );
  });

  test('says that it was stopped', () => {
    expect(barText(shot({ state: 'stopped' }))).toBe(' 42%|████▏     | 42/100 [00:01<?, 31.2it/s] stopped');
  });

  test('counts bytes in powers of 1024', () => {
    const bytes = { unit: 'B', count: 1536, total: 3 * 1024 ** 2, rate: 700 };
    expect(barText(shot(bytes))).toBe('  0%|          | 1.50KiB/3.00MiB [00:01<1:14:51, 700B/s]');
    expect(barText(shot({ unit: 'B', count: 12, total: undefined, rate: undefined }))).toBe(
      '12B [00:01, ?B/s]',
    );
    expect(barText(shot({ unit: 'B', count: 0, total: 5 * 1024 ** 3, rate: 3e6 }))).toContain(
      '0B/5.00GiB [00:01<29:49, 2.86MiB/s]',
    );
  });

  test('is at 100% only at the end', () => {
    expect(barText(shot({ count: 9999, total: 10_000 }))).toContain(' 99%|█████████▉|');
  });
});
