import { describe, expect, it } from 'vitest';
import { descent } from '../program.ts';

describe('descent console', () => {
  it('runs what comes from a pipe: cells of several lines, input, errors', async () => {
    const input = [
      'function f(x: number) {',
      '  return x + 1',
      '}',
      'f(2)',
      'prompt("name ")',
      'Ada',
      'null!.x',
      '7',
    ];
    const { code, stdout } = await descent(['console'], { input: input.join('\n') });
    expect(stdout).toContain('Out[2]: 3\n');
    expect(stdout).toContain("Out[3]: 'Ada'\n");
    expect(stdout).toContain('TypeError: ');
    expect(stdout).toContain('Out[5]: 7\n');
    expect(code).toBe(0);
  });
});
