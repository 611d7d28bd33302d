import { describe, expect, it } from 'vitest';
import type { Cell } from '../../kernel/notebook/notebook.ts';
import { checkNumbers, statedNumbers } from './support/numbers.ts';

const prose = (id: string, source: string, unprinted?: Record<string, string>): Cell => ({
  cell_type: 'markdown',
  id,
  source,
  metadata: unprinted ? { unprinted } : {},
});
const code = (id: string): Cell => ({
  cell_type: 'code',
  id,
  source: '',
  metadata: {},
  execution_count: null,
  outputs: [],
});

describe('statedNumbers', () => {
  it('finds numbers as prose writes them', () => {
    expect(statedNumbers('From −0.1 to 1,200 ± 3 %, (1.5), **2.50**; 6 of 30.')).toEqual(
      '−0.1 1,200 3 1.5 2.50 6 30'.split(' '),
    );
  });

  it('leaves code, tags, names and list numbers alone', () => {
    const text =
      'Use `delta: 1` in [L2](http://a.b/3), <b class="h4">x</b>, chapter 5.\n\n**1.** One\n\n2. Two';
    expect(statedNumbers(text)).toEqual([]);
  });

  it('checks numbers in formulas that state a result', () => {
    expect(
      statedNumbers('$\\frac12 e^2$ and $x_1 = 2$, but $0.55$, $\\pm\\,7$ and $\\delta = 1.345\\,s$'),
    ).toEqual(['0.55', '7', '1.345']);
    expect(statedNumbers('$$\na = 3.25 + 4\n$$')).toEqual(['3.25']);
  });

  it('accepts the years of cited works only', () => {
    expect(statedNumbers('Huber 1964, in 1999.', new Set(['1964']))).toEqual(['1999']);
  });
});

describe('checkNumbers', () => {
  const references = prose('r', '## References\n\n- Huber, 1964, 35, 73–101');

  it('accepts what a cell of the section prints, by value', () => {
    const cells = [prose('a', 'From 0.20 to −3 (Huber 1964).'), code('b'), references];
    expect(checkNumbers(cells, new Map([['b', 'x  0.2\ny  -3.0']]))).toEqual({ unprinted: [], idle: [] });
  });

  it('does not accept what another section prints', () => {
    const cells = [code('b'), prose('a', '## Next\n\nIt is 0.2.'), code('c')];
    const printed = new Map([
      ['b', '0.2'],
      ['c', '0.21'],
    ]);
    expect(checkNumbers(cells, printed).unprinted).toEqual([{ cell: 'a', number: '0.2' }]);
  });

  it('takes exemptions, and reports those that are idle', () => {
    const cells = [
      prose('a', '88.7 and 5', { '88.7': 'a constant', '5': 'printed', '9': 'absent' }),
      code('b'),
    ];
    expect(checkNumbers(cells, new Map([['b', '5']]))).toEqual({
      unprinted: [],
      idle: [
        { cell: 'a', number: '5' },
        { cell: 'a', number: '9' },
      ],
    });
  });
});
