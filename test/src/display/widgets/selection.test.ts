import { describe, expect, it } from 'vitest';
import { widgets } from '../../../../src/display/index.ts';

describe('options', () => {
  const rate = { name: 'fast', rate: 1 };
  it.each([
    [['a', 'b'], ['a', 'b'], 'a'],
    [[1, 2], ['1', '2'], 1],
    [
      [
        ['one', 1],
        ['two', 2],
      ],
      ['one', 'two'],
      1,
    ],
    [new Map([['x', 10]]), ['x'], 10],
    [{ small: 1, large: 2 }, ['small', 'large'], 1],
    [new Set(['p', 'q']), ['p', 'q'], 'p'],
    [[rate, { rate: 2 }], ['fast', '{ rate: 2 }'], rate],
    [[Math.sin, Math.cos], ['sin', 'cos'], Math.sin],
    [[], [], null],
  ])('%# are labels and values', (options, labels, first) => {
    const dropdown = new widgets.Dropdown({ options: options as never });
    expect((dropdown as unknown as { optionsLabels: unknown }).optionsLabels).toEqual(labels);
    expect(dropdown.value).toBe(first);
    expect(dropdown.index).toBe(first === null ? null : 0);
  });

  it('that are new choose the first, as in ipywidgets, unless nothing was chosen', () => {
    const dropdown = new widgets.Dropdown({ options: ['a', 'b'], value: 'b' });
    dropdown.options = ['c', 'a'] as never;
    expect(dropdown.value).toBe('c');
    dropdown.value = null;
    dropdown.options = ['d'] as never;
    expect(dropdown.value).toBe(null);
    dropdown.set({ options: ['e', 'f'] as never, value: 'f' as never });
    expect([dropdown.value, dropdown.label, dropdown.index]).toEqual(['f', 'f', 1]);
  });
});

describe('value, label and index', () => {
  it('go together, and observers of each are told', () => {
    const seen: string[] = [];
    const select = new widgets.Select({ options: { one: 1, two: 2 } });
    select.observe(['value', 'label', 'index'], ({ name, value }) => seen.push(`${name} ${value}`));
    select.label = 'two';
    expect(select.value).toBe(2);
    select.index = 0;
    expect(seen.sort()).toEqual(['index 0', 'index 1', 'label one', 'label two', 'value 1', 'value 2']);
  });

  it('are found by equality too', () => {
    const radio = new widgets.RadioButtons({
      options: [
        ['a', { x: 1 }],
        ['b', { x: 2 }],
      ],
    });
    radio.value = { x: 2 } as never;
    expect(radio.index).toBe(1);
  });

  it('that are no option are refused', () => {
    const make = (): unknown => new widgets.ToggleButtons({ options: ['a', 'b'], value: 'c' as never });
    expect(make).toThrow(new TypeError('ToggleButtons: value is \'c\'; allowed is one of "a", "b", or null'));
    expect(() => new widgets.Select({ options: ['a'], index: 1 })).toThrow(
      'Select: index is 1; allowed is an integer from 0 to 0, or null',
    );
    expect(() => new widgets.Dropdown({ options: 5 as never })).toThrow(
      'Dropdown: options is 5; allowed is an array',
    );
    expect(() => new widgets.SelectionSlider({ options: [] })).toThrow('allowed is at least one option');
  });
});

it('of several, any may be chosen', () => {
  const several = new widgets.SelectMultiple({ options: ['p', 'q', 'r'], value: ['r', 'p'] });
  expect([several.index, several.label]).toEqual([
    [2, 0],
    ['r', 'p'],
  ]);
  several.index = [1];
  expect(several.value).toEqual(['q']);
  several.options = ['x'] as never;
  expect(several.value).toEqual([]);
  expect(() => several.set({ value: ['z' as never] })).toThrow('allowed is an array of some of "x"');
});
