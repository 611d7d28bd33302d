import { describe, expect, it } from 'vitest';
import { Markdown } from '../../../kernel/page/markdown.ts';
import { createMath } from '../../../kernel/page/math.ts';

function render(source: string): string {
  const markdown = new Markdown({ math: createMath() });
  return markdown.render(markdown.parse(source));
}

describe('task lists', () => {
  it('show boxes, ticked or not', () => {
    const html = render('- [ ] fit\n- [x] **plot**\n- [X] write');
    expect(html.match(/<li class="task">/g)).toHaveLength(3);
    expect(html).toContain('<input type="checkbox" disabled aria-label="to do">fit');
    expect(html).toContain('<input type="checkbox" disabled aria-label="done" checked><strong>plot</strong>');
    expect(html).not.toMatch(/\[[ xX]\]/);
  });

  it('may be numbered and loose', () => {
    expect(render('1. [ ] one\n\n2. [x] two').match(/type="checkbox"/g)).toHaveLength(2);
  });

  it.each([
    '[ ] no item',
    '- see [ ] there',
    '- [y] an option',
    '- [x](y) a link',
    '- `[x]` code',
    '- \\[ ] escaped',
  ])('leave %s as it is', (source) => {
    expect(render(source)).not.toContain('checkbox');
  });
});
