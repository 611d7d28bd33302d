import { describe, expect, it } from 'vitest';
import { findMath } from '../../../kernel/page/math.ts';
import { matchMath } from '../../../kernel/page/mathSpan.ts';

function formulas(text: string): string[] {
  return [...findMath(text)].map(({ span }) => span.tex);
}

describe('what is a formula', () => {
  it.each([
    ['$x$', ['x']],
    ['$ x $', [' x ']],
    ['$ \\alpha + 1 $', [' \\alpha + 1 ']],
    ['Let $a$, $b$ and $c$.', ['a', 'b', 'c']],
    ['$x$-axis ($y$)', ['x', 'y']],
    ['$\\$5$', ['\\$5']],
    ['$\\text{if $x$}$', ['\\text{if $x$}']],
    ['224$\\times$224', ['\\times']],
    ['a $10^{-6}$ b', ['10^{-6}']],
    ['line $a +\nb$ end', ['a +\nb']],
    ['$$x$$', ['x']],
    ['$$a$b$$', ['a$b']],
    ['\\(x\\) and \\[y\\]', ['x', 'y']],
    ['\\\\(x\\\\) and \\\\[y\\\\]', ['x', 'y']],
    ['\\begin{align}a\\end{align}', ['\\begin{align}a\\end{align}']],
    ['\\begin{a}\\begin{a}x\\end{a}\\end{a}!', ['\\begin{a}\\begin{a}x\\end{a}\\end{a}']],
    ['costs $5 million to find $x$', ['x']],
  ])('%j holds formulas', (text, expected) => {
    expect(formulas(text)).toEqual(expected);
  });

  it.each([
    '$5 and $6',
    'from $5 to $6, or $7.',
    '$5-$6',
    '$5/$6 a day',
    'US$5 and CA$6',
    'costs $ 5 and $ 6',
    '\\$x\\$',
    '$',
    '$$',
    '$$$$',
    '$ $',
    '$5 `a$b` c',
    '`$PATH',
    '$a\n\nb$',
    '$\\frac{1}{$ open',
    '\\(never closed',
    '\\[escaped\\](link.html)',
    '\\begin{align} never closed',
    '\\\\ [2pt]',
  ])('%j holds none', (text) => {
    expect(formulas(text)).toEqual([]);
  });

  it('tells display from inline', () => {
    expect(matchMath('$$x$$ y', 0)).toEqual({ end: 5, tex: 'x', display: true });
    expect(matchMath('\\(x\\)', 0)).toEqual({ end: 5, tex: 'x', display: false });
    expect(matchMath('\\[x\\]', 0)).toEqual({ end: 5, tex: 'x', display: true });
  });

  it('reads a text of many stray dollars in reasonable time', () => {
    const start = performance.now();
    formulas('$a{ \\( \\begin{x} '.repeat(3000));
    expect(performance.now() - start).toBeLessThan(20_000);
  });
});
