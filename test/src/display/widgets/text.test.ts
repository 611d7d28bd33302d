import { expect, it } from 'vitest';
import { widgets } from '../../../../src/display/index.ts';

it('a combobox that ensures an option refuses others', () => {
  const box = new widgets.Combobox({ options: ['a', 'b'], ensureOption: true });
  box.value = 'b';
  expect(() => {
    box.value = 'c';
  }).toThrow('Combobox: value is \'c\'; allowed is one of "a", "b"');
});
