import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createMath, renderMathInHtml } from '../../../kernel/page/math.ts';
import { mathCss } from '../../../kernel/page/mathFonts.ts';

describe('createMath', () => {
  it('typesets with a text for screen readers', () => {
    const html = createMath().render('x^2', false);
    expect(html).toContain('class="katex"');
    expect(html).toContain('<annotation encoding="application/x-tex">x^2</annotation>');
  });

  it('shows the source of what is wrong, escaped', () => {
    const html = createMath().render('\\nosuch{<b>"}', false);
    expect(html).toMatch(/^<code class="math-error" title="[^"<>]*">\\nosuch\{&lt;b&gt;&quot;\}<\/code>$/);
  });

  it('never throws', () => {
    const parts = fc.constantFrom(
      '\\frac',
      '{',
      '}',
      '^',
      '_',
      '&',
      '\\\\',
      '$',
      '%',
      '#',
      '\\begin{align}',
      '\\left(',
      'x',
      '\\def\\a',
    );
    const tex = fc.array(parts, { maxLength: 12 }).map((list) => list.join(' '));
    fc.assert(
      fc.property(tex, fc.boolean(), (source, display) => createMath().render(source, display) !== ''),
    );
    expect(createMath().render('{'.repeat(5000), true)).toContain('math-error');
    expect(createMath().render('\\def\\a{\\a\\a}\\a', false)).toContain('math-error');
  });

  it('shares macros between the formulas of a page and not between pages', () => {
    const page = createMath();
    page.render('\\newcommand{\\loss}{\\mathcal{L}}', false);
    expect(page.render('\\loss(\\theta)', false)).toContain('mathcal');
    expect(page.render('\\newcommand{\\loss}{\\mathbb{E}} \\loss', false)).toContain('mathbb');
    expect(createMath().render('\\loss', false)).toContain('math-error');
  });

  it.each([
    '\\begin{align} a &= b \\\\ c &= d \\end{align}',
    '\\begin{align*} a &= b \\end{align*}',
    '\\begin{equation} a \\label{eq:a} \\end{equation}',
    '\\begin{eqnarray} a &=& b \\\\ &=& c \\end{eqnarray}',
    '\\begin{multline} a \\\\ b \\end{multline}',
    '\\begin{cases} 1 & x > 0 \\\\ 0 & \\text{else} \\end{cases}',
    'a = b \\tag{3}',
    '\\text{see } \\eqref{eq:a}',
  ])('knows %s', (tex) => {
    expect(createMath().render(tex, true)).not.toContain('math-error');
  });

  it('writes no link but what \\href names, and no javascript', () => {
    expect(createMath().render('\\href{https://a.example}{x}', false)).toContain('href="https://a.example"');
    expect(createMath().render('\\includegraphics{x.png}', false)).not.toContain('<img');
    expect(createMath().render('\\href{javascript:alert(1)}{x}', false)).not.toContain('href="javascript');
  });
});

describe('renderMathInHtml', () => {
  it('typesets text and leaves tags, code, scripts and comments alone', () => {
    const math = createMath();
    const kept = '<a title="$a$">x</a><code>$b$</code><script>$(c)$</script><!-- $d$ --><pre>$e$</pre>';
    expect(renderMathInHtml(kept, math)).toBe(kept);
    expect(renderMathInHtml('<p>$a &lt; b$</p>', math)).toMatch(
      /^<p><span class="katex">.*a &lt; b<\/annotation>.*<\/p>$/,
    );
  });
});

describe('mathCss', () => {
  const css = (tex: string): string => {
    const math = createMath();
    math.render(tex, true);
    return mathCss(math.rendered);
  };
  const families = (text: string): string[] =>
    [...text.matchAll(/@font-face\{font-family:KaTeX_(\w+)/g)].map((m) => m[1]!);

  it('is empty without formulas', () => {
    expect(mathCss([])).toBe('');
    expect(css('\\nosuch')).toBe('');
  });

  it('carries only the fonts that the formulas need', () => {
    expect(families(css('1 + 2'))).toEqual(['Main']);
    expect(families(css('x'))).toEqual(['Main', 'Math']);
    expect(families(css('\\mathbb{R} \\mathcal{L}'))).toEqual(['Main', 'AMS', 'Caligraphic']);
    expect(families(css('\\sum_i x'))).toEqual(['Main', 'Math', 'Size2']);
    expect(css('x').length).toBeLessThan(90_000);
  });

  it('refers to nothing outside the page', () => {
    expect(css('\\mathfrak{g} \\mathscr{F} \\mathtt{t} \\mathsf{s}')).not.toMatch(/url\((?!data:)/);
  });
});
