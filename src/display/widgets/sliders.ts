import {
  type Bounds,
  keepBetween,
  keepBetweenPowers,
  keepRange,
  keepWholeRange,
  realBounds,
  wholeBounds,
} from './bounds.ts';
import { type InputTraits, input, type OptionsOf, type WidgetOf } from './common.ts';
import { defineWidget, type FirstClass } from './define.ts';
import { type SliderStyleTraits, styles } from './styles.ts';
import { bool, format, oneOf, orNull, pairOf, real, type TraitsOf, whole } from './traits.ts';

interface SliderLook extends InputTraits<SliderStyleTraits> {
  orientation: 'horizontal' | 'vertical';
  /** Whether the value is written beside the slider. */
  readout: boolean;
  /** How it is written, in d3-format's language: '.2f', '.3g', 'd'. */
  readoutFormat: string;
  /** Whether the value changes while the handle is dragged, or when it is let go. */
  continuousUpdate: boolean;
  /** What a press on the bar does. */
  behavior: 'drag-tap' | 'drag-snap' | 'tap' | 'drag' | 'snap';
}

interface IntSliderTraits extends SliderLook, Bounds {
  value: number;
}

interface FloatSliderTraits extends SliderLook, Bounds<number | null> {
  value: number;
}

/** `min` and `max` are exponents of `base`, `step` is one of the exponent. */
interface FloatLogSliderTraits extends FloatSliderTraits {
  base: number;
}

interface RangeSliderTraits extends SliderLook, Bounds<number | null> {
  /** The lower and the upper end. */
  value: readonly [number, number];
}

const look = (readoutFormat: string): TraitsOf<SliderLook> => ({
  ...input(styles.slider),
  orientation: oneOf('horizontal', ['horizontal', 'vertical']),
  readout: bool(true),
  readoutFormat: format(readoutFormat),
  continuousUpdate: bool(true),
  behavior: oneOf('drag-tap', ['drag-tap', 'drag-snap', 'tap', 'drag', 'snap']),
});

export type IntSlider = WidgetOf<IntSliderTraits>;
/**
 * A slider over integers.
 *
 * @param traits `value` (0), `min` (0), `max` (100), `step` (1), `description`, …
 * @throws TypeError for a trait that does not exist or a value that it does not take
 * @example new widgets.IntSlider({ value: 3, min: 1, max: 10, description: 'layers' })
 */
export const IntSlider: FirstClass<IntSlider, number, OptionsOf<IntSliderTraits>> = defineWidget({
  name: 'IntSlider',
  first: 'value',
  traits: { value: whole(0), ...wholeBounds, ...look('d') } satisfies TraitsOf<IntSliderTraits>,
  settle: keepBetween,
});

export type FloatSlider = WidgetOf<FloatSliderTraits>;
/**
 * A slider over numbers.
 *
 * @param traits `value` (0), `min` (0), `max` (100), `step` (0.1), `readoutFormat` ('.2f'), …
 * @throws TypeError for a trait that does not exist or a value that it does not take
 * @example new widgets.FloatSlider({ value: 0.5, min: 0, max: 1, step: 0.01, description: 'rate' })
 */
export const FloatSlider: FirstClass<FloatSlider, number, OptionsOf<FloatSliderTraits>> = defineWidget({
  name: 'FloatSlider',
  first: 'value',
  traits: {
    value: real(0),
    ...realBounds,
    step: orNull(real(0.1), 0.1),
    ...look('.2f'),
  } satisfies TraitsOf<FloatSliderTraits>,
  settle: keepBetween,
});

export type FloatLogSlider = WidgetOf<FloatLogSliderTraits>;
/**
 * A slider over powers: `min` and `max` are exponents, the value is a power of `base` between them.
 *
 * @example new widgets.FloatLogSlider({ value: 1e-3, min: -5, max: 0, description: 'rate' })
 */
export const FloatLogSlider: FirstClass<
  FloatLogSlider,
  number,
  OptionsOf<FloatLogSliderTraits>
> = defineWidget({
  name: 'FloatLogSlider',
  first: 'value',
  traits: {
    ...{ value: real(1), min: real(0), max: real(4), base: real(10), step: orNull(real(0.1), 0.1) },
    ...look('.3g'),
  } satisfies TraitsOf<FloatLogSliderTraits>,
  settle: keepBetweenPowers,
});

export type IntRangeSlider = WidgetOf<RangeSliderTraits>;
/** A slider with two handles over integers. */
export const IntRangeSlider: FirstClass<
  IntRangeSlider,
  readonly [number, number],
  OptionsOf<RangeSliderTraits>
> = defineWidget({
  name: 'IntRangeSlider',
  first: 'value',
  traits: { value: pairOf(whole(0), [25, 75]), ...wholeBounds, ...look('d') },
  settle: keepWholeRange,
});

export type FloatRangeSlider = WidgetOf<RangeSliderTraits>;
/**
 * A slider with two handles.
 *
 * @example new widgets.FloatRangeSlider({ value: [0.2, 0.8], min: 0, max: 1, step: 0.05 })
 */
export const FloatRangeSlider: FirstClass<
  FloatRangeSlider,
  readonly [number, number],
  OptionsOf<RangeSliderTraits>
> = defineWidget({
  name: 'FloatRangeSlider',
  first: 'value',
  traits: { value: pairOf(real(0), [25, 75]), ...realBounds, step: orNull(real(0.1), 0.1), ...look('.2f') },
  settle: keepRange,
});
