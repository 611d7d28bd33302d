import { describe, expect, it } from 'vitest';
import { duration, Progress } from '../../../../kernel/cli/run/progress.ts';

function record(isTTY: boolean): { progress: Progress; text: () => string } {
  const written: string[] = [];
  const terminal = { isTTY, columns: 24, write: (text: string) => written.push(text) };
  return { progress: new Progress(terminal), text: () => written.join('') };
}

describe('Progress', () => {
  it('writes a line a cell where there is no terminal', () => {
    const { progress, text } = record(false);
    progress.cell('a.ipynb', 1, 2);
    progress.cellEnd('a.ipynb', 1, 2, 1234, 'ok');
    progress.cellEnd('a.ipynb', 2, 2, 20, 'failed');
    progress.cellEnd('a.ipynb', 2, 2, 20, 'allowed');
    progress.done('a.ipynb');
    progress.line('end');
    expect(text()).toBe(
      'a.ipynb: cell 1/2 ok 1.23 s\na.ipynb: cell 2/2 failed after 0.02 s\n' +
        'a.ipynb: cell 2/2 failed (allowed) after 0.02 s\nend\n',
    );
  });

  it.each([true, false])('passes on no control characters (on a terminal: %s)', (isTTY) => {
    const { progress, text } = record(isTTY);
    progress.cell('a\x1b[2J.ipynb', 1, 2);
    progress.cellEnd('a\x1b[2J.ipynb', 1, 2, 20, 'ok');
    progress.line('a\x1b]0;title\x07b\x9b2J');
    expect(text().replaceAll('\r\x1b[K', '')).not.toMatch(/[^\P{Cc}\n]/u);
    expect(text()).toContain('ab');
  });

  it('keeps one line on a terminal, no wider than it', () => {
    const { progress, text } = record(true);
    progress.cell('dir/first.ipynb', 1, 2);
    progress.cell('second.ipynb', 1, 9);
    expect(text()).toBe('\r\x1b[Kfirst 1/2\r\x1b[Kfirst 1/2 · second 1/9');
    progress.line('first: done');
    expect(text().endsWith('\r\x1b[Kfirst: done\n\r\x1b[Kfirst 1/2 · second 1/9')).toBe(true);
    progress.cell('a-third-notebook.ipynb', 1, 2);
    expect(text().split('\r\x1b[K').at(-1)).toHaveLength(23);
  });
});

describe('duration', () => {
  it.each([
    [20, '0.02 s'],
    [12_340, '12.3 s'],
    [125_000, '2 min 5 s'],
  ])('shows %d ms as %s', (ms, text) => expect(duration(ms)).toBe(text));
});
