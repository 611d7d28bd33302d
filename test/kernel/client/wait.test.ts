import { describe, expect, it } from 'vitest';
import { EXPIRED, LONGEST_WAIT, within } from '../../../kernel/client/wait.ts';

const soon = (): Promise<string> => new Promise((resolve) => setTimeout(resolve, 30, 'done'));

describe('within', () => {
  it('gives up when the time is over', async () => {
    expect(await within(new Promise(() => {}), 5)).toBe(EXPIRED);
  });

  it.each([1000, LONGEST_WAIT, LONGEST_WAIT + 1, Number.POSITIVE_INFINITY])('waits for %s ms', async (ms) => {
    expect(await within(soon(), ms)).toBe('done');
  });
});
