import { describe, expect, it } from 'vitest';
import { unescapeHtml } from '../../../kernel/html.ts';
import { highlight, highlightCell } from '../../../kernel/page/highlight.ts';

const META = '<span class="hljs-meta">';

describe('highlightCell', () => {
  it.each([
    'const a: number = 1;',
    '!ls -l | head\nconst a = 1;\n%time b',
    '%%html\n<p class="x">a</p>',
    '%%bash\necho "$HOME" > /dev/null',
    '%%unknown thing\nconst a = `b`;',
    'const text = `\n!not shell\n%not magic\n`;\n!ls',
    'function f(\n  a = 1,\n) {\n  return a % 2;\n}',
    'let open = `never closed\n!ls',
    '<script>"\'&',
  ])('changes nothing of the text of %j', (source) => {
    expect(unescapeHtml(highlightCell(source, 'typescript').replace(/<\/?span[^>]*>/g, ''))).toBe(source);
  });

  it('sees commands for what they are', () => {
    expect(highlightCell('!ls', 'typescript')).toContain(`${META}!</span>`);
    expect(highlightCell('%time x', 'typescript')).toBe(`${META}%time x</span>`);
    expect(highlightCell('%%html\n<b>', 'typescript')).toContain('hljs-name');
    expect(highlightCell('const t = `\n!ls\n`', 'typescript')).not.toContain('hljs-meta');
    expect(highlightCell('!== 1', 'typescript')).not.toContain('hljs-meta');
  });

  it('knows the languages of other kernels', () => {
    expect(highlightCell('def f(): pass', 'python')).toContain('hljs-keyword');
    expect(highlight('a < b', 'no such language')).toBe('a &lt; b');
    expect(highlight('\\alpha', 'latex')).toContain('hljs-keyword');
  });
});
