import { describe, expect, it } from 'vitest';
import { widgets } from '../../../../src/display/index.ts';

describe('a value beyond its bounds', () => {
  it('is moved to the nearer one', () => {
    const slider = new widgets.IntSlider({ value: 3, min: 1, max: 10 });
    slider.value = 40;
    expect(slider.value).toBe(10);
    slider.max = 7;
    expect(slider.value).toBe(7);
    slider.set({ min: 20, max: 30 });
    expect(slider.value).toBe(20);
    expect(new widgets.FloatSlider({ min: 5, max: 6 }).value).toBe(5);
  });

  it('of a logarithmic slider are powers of the base', () => {
    const slider = new widgets.FloatLogSlider({ value: 1e-3, min: -5, max: 0 });
    expect(slider.value).toBe(1e-3);
    slider.value = 7;
    expect(slider.value).toBe(1);
    slider.set({ base: 2, min: 1, max: 3, value: 100 });
    expect(slider.value).toBe(8);
  });

  it('of a range holds for both ends; without a value it is the middle half', () => {
    const range = new widgets.FloatRangeSlider({ min: 0, max: 8 });
    expect(range.value).toEqual([2, 6]);
    range.value = [-3, 9];
    expect(range.value).toEqual([0, 8]);
    expect(new widgets.IntRangeSlider({ min: 0, max: 10 }).value).toEqual([2, 7]);
    expect(widgets.RangeSlider).toBe(widgets.FloatRangeSlider);
  });
});

it('integers lose their fraction, as in ipywidgets', () => {
  expect(new widgets.IntSlider({ value: 3.9 }).value).toBe(3);
  expect(new widgets.IntText(-2.5).value).toBe(-2);
});

it.each([
  [() => new widgets.IntSlider({ min: 5, max: 3 }), 'IntSlider: min is 5; allowed is at most max, 3'],
  [() => new widgets.FloatSlider({ max: -1 }), 'FloatSlider: max is -1; allowed is at least min, 0'],
  [
    () => new widgets.FloatSlider({ value: Number.NaN }),
    'FloatSlider: value is NaN; allowed is a finite number',
  ],
  [
    () => new widgets.FloatSlider({ step: 'fine' as never }),
    "FloatSlider: step is 'fine'; allowed is a finite number, or null",
  ],
  [
    () => new widgets.FloatRangeSlider({ value: [3, 1] }),
    'FloatRangeSlider: value is [ 3, 1 ]; allowed is [lower, upper] with lower ≤ upper',
  ],
  [
    () => new widgets.IntSlider({ orientation: 'diagonal' as never }),
    'IntSlider: orientation is \'diagonal\'; allowed is "horizontal" or "vertical"',
  ],
  [
    () => new widgets.FloatSlider({ readoutFormat: 'two digits' }),
    "FloatSlider: readoutFormat is 'two digits'; allowed is a format such as '.2f', '.3g' or 'd'",
  ],
  [() => new widgets.FloatLogSlider({ base: -1 }), 'FloatLogSlider: base is -1; allowed is a number above 0'],
])('names what is wrong: %#', (make, message) => {
  expect(make).toThrow(new TypeError(message));
});

it('says which traits there are, and keeps its values when some are refused', () => {
  const slider = new widgets.IntSlider({ value: 2 });
  expect(() => slider.set({ value: 4, mni: 1 } as never)).toThrow(
    /^IntSlider: there is no trait "mni"; did you mean 'min'\?$/,
  );
  expect(() => slider.set({ foo: 1 } as never)).toThrow(
    /^IntSlider: there is no trait "foo"; allowed are value, min, max, step, layout/,
  );
  expect(slider.value).toBe(2);
});
