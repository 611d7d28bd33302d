import { expect, it } from 'vitest';
import { widgets } from '../../../../src/display/index.ts';

it('links join traits that the front-end knows', () => {
  const [a, b] = [new widgets.IntSlider(), new widgets.IntText()];
  widgets.jslink([a, 'value'], [b, 'value']).unlink();
  widgets.jsdlink([a, 'value'], [b, 'value']);
  expect(() => widgets.jslink([a, 'value'], [b, 'valu' as never])).toThrow('Link: target is [ IntText');
  const dropdown = new widgets.Dropdown({ options: ['x'] });
  expect(() => widgets.jsdlink([dropdown, 'value'], [b, 'value'])).toThrow(
    'where the front-end knows the trait',
  );
});
