import { expect, it } from 'vitest';
import { widgets } from '../../../../src/display/index.ts';
import { fallbackHtml } from '../../../../src/display/widgets/fallback.ts';
import type { Model } from '../../../../src/display/widgets/model.ts';

const html = (widget: unknown): string => fallbackHtml(widget as Model);

it.each([
  [new widgets.FloatSlider({ value: 0.5, max: 1, description: 'rate' }), '<div>rate: 0.5</div>'],
  [new widgets.IntRangeSlider({ value: [2, 7], description: 'range' }), '<div>range: 2 – 7</div>'],
  [new widgets.Dropdown({ options: { one: 1 }, description: 'kind' }), '<div>kind: one</div>'],
  [new widgets.Dropdown({ options: [] }), '<div>–</div>'],
  [new widgets.SelectMultiple({ options: ['a', 'b'], value: ['a', 'b'] }), '<div>a, b</div>'],
  [new widgets.Checkbox({ value: true, description: 'log' }), '<div>log: ☑</div>'],
  [new widgets.DatePicker('2026-03-14'), '<div>2026-03-14</div>'],
  [new widgets.HTML('<b>x</b>'), '<div><b>x</b></div>'],
  [new widgets.Progress({ value: 30 }), '<div><progress value="0.3"></progress> 30 %</div>'],
])('%# says what a reader needs', (widget, expected) => {
  expect(html(widget)).toBe(expected);
});

it('text is escaped', () => {
  const evil = '"><img src=x onerror=alert(1)>';
  for (const widget of [
    new widgets.Text({ value: evil, description: evil }),
    new widgets.Label(evil),
    new widgets.Dropdown({ options: [evil] }),
    new widgets.Button({ description: evil }),
    new widgets.Tab([new widgets.Text(evil)], { titles: [evil] }),
  ]) {
    expect(html(widget)).not.toContain('<img');
  }
});

it('boxes hold their children, and an Output its outputs', () => {
  const out = new widgets.Output();
  out.append('x < y');
  const box = html(new widgets.VBox([new widgets.Label('a'), out]));
  expect(box).toContain('flex-direction:column');
  expect(box).toContain('<div>a</div><pre>&#39;x &lt; y&#39;</pre>');
});
