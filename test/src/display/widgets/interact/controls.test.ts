import { describe, expect, it } from 'vitest';
import { widgets } from '../../../../../src/display/index.ts';
import { controlOf } from '../../../../../src/display/widgets/interact/controls.ts';

const traits = (given: unknown): unknown[] => {
  const widget = controlOf('x', given);
  const names = ['min', 'max', 'step', 'value'].filter((name) => name in widget.spec.traits);
  return [widget.spec.name, ...names.map((name) => widget.get(name))];
};

it.each([
  // As ipywidgets has it: from −v to 3v.
  [5, ['IntSlider', -5, 15, 1, 5]],
  [-2, ['IntSlider', -6, 2, 1, -2]],
  [0, ['IntSlider', 0, 1, 1, 0]],
  [0.5, ['FloatSlider', -0.5, 1.5, 0.02, 0.5]],
  [
    [0, 10],
    ['IntSlider', 0, 10, 1, 5],
  ],
  [
    [0, 10, 4],
    ['IntSlider', 0, 10, 4, 4],
  ],
  [
    [0, 10, 0.1],
    ['FloatSlider', 0, 10, 0.1, 5],
  ],
  [
    [0, 0.01],
    ['FloatSlider', 0, 0.01, 0.0001, 0.005],
  ],
  [
    [1e-4, 1.5],
    ['FloatSlider', 1e-4, 1.5, 0.01, 0.7401],
  ],
  [{ min: 0, max: 1, step: 0.01, value: 0.2 }, ['FloatSlider', 0, 1, 0.01, 0.2]],
  [{ min: 2, max: 8 }, ['IntSlider', 2, 8, 1, 5]],
  [true, ['Checkbox', true]],
  ['text', ['Text', 'text']],
  [new Date('2026-03-14'), ['DatePicker', null, null, 1, new Date('2026-03-14')]],
  [
    ['a', 'b'],
    ['Dropdown', 'a'],
  ],
  [
    [16, 32, 64],
    ['Dropdown', 16],
  ],
  [
    [1, 10, 100],
    ['Dropdown', 1],
  ],
  [
    [1, 2, 3, 4],
    ['Dropdown', 1],
  ],
  [{ sine: Math.sin, cosine: Math.cos }, ['Dropdown', Math.sin]],
  [{ min: Math.min, max: Math.max }, ['Dropdown', Math.min]],
  [new Map([['one', 1]]), ['Dropdown', 1]],
])('%# %j is short for a control', (given, expected) => {
  expect(traits(given)).toEqual(expected);
});

describe('the description', () => {
  it('is the name, unless the widget has its own', () => {
    expect(controlOf('rate', [0, 1]).get('description')).toBe('rate');
    expect(controlOf('rate', new widgets.IntSlider()).get('description')).toBe('rate');
    expect(controlOf('rate', new widgets.IntSlider({ description: 'η' })).get('description')).toBe('η');
  });

  it('fine steps are written with their digits', () => {
    expect(controlOf('x', [0, 0.01]).get('readoutFormat')).toBe('.4f');
    expect(controlOf('x', [0, 10, 0.5]).get('readoutFormat')).toBe('.2f');
  });
});

it('what is none is refused, with what is allowed', () => {
  expect(() => controlOf('x', undefined)).toThrow(
    /^interact: the control "x" is undefined; allowed are a widget with a value, a number, \[min, max\]/,
  );
  expect(() => controlOf('x', new widgets.VBox([]))).toThrow('the control "x" is VBox()');
  expect(() => controlOf('x', [3, 1])).toThrow('the control "x" goes from 3 to 1; allowed is min ≤ max');
});
