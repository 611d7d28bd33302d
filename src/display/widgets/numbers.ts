import { type Bounds, keepBetween, realBounds, wholeBounds } from './bounds.ts';
import {
  type DescribedTraits,
  described,
  type InputTraits,
  input,
  type OptionsOf,
  type WidgetOf,
} from './common.ts';
import { defineWidget, type FirstClass } from './define.ts';
import { type DescriptionStyleTraits, type ProgressStyleTraits, styles } from './styles.ts';
import { bool, oneOf, orNull, real, whole } from './traits.ts';

interface ProgressTraits extends DescribedTraits<ProgressStyleTraits>, Omit<Bounds, 'step'> {
  value: number;
  orientation: 'horizontal' | 'vertical';
  barStyle: 'success' | 'info' | 'warning' | 'danger' | '';
}

interface NumberTextTraits extends InputTraits<DescriptionStyleTraits> {
  value: number;
  step: number | null;
  /** Whether the value changes while the user types, or with Enter. */
  continuousUpdate: boolean;
}

interface BoundedTextTraits extends NumberTextTraits, Bounds<number | null> {}

interface PlayTraits extends InputTraits<DescriptionStyleTraits>, Bounds {
  value: number;
  /** Milliseconds between two steps. */
  interval: number;
  playing: boolean;
  repeat: boolean;
  showRepeat: boolean;
}

const progressLook = {
  ...described(styles.progress),
  orientation: oneOf('horizontal', ['horizontal', 'vertical']),
  barStyle: oneOf('', ['success', 'info', 'warning', 'danger', '']),
};

export type FloatProgress = WidgetOf<ProgressTraits>;
/**
 * A bar that shows how far something is.
 *
 * @example new widgets.FloatProgress({ value: 30, max: 100, description: 'epoch', barStyle: 'success' })
 */
export const FloatProgress: FirstClass<FloatProgress, number, OptionsOf<ProgressTraits>> = defineWidget({
  name: 'FloatProgress',
  view: 'ProgressView',
  first: 'value',
  traits: { value: real(0), ...realBounds, ...progressLook },
  settle: keepBetween,
});

export type IntProgress = WidgetOf<ProgressTraits>;
/** A bar over integers. */
export const IntProgress: FirstClass<IntProgress, number, OptionsOf<ProgressTraits>> = defineWidget({
  name: 'IntProgress',
  view: 'ProgressView',
  first: 'value',
  traits: { value: whole(0), min: whole(0), max: whole(100), ...progressLook },
  settle: keepBetween,
});

const typed = { ...input(styles.description), continuousUpdate: bool(false) };

export type IntText = WidgetOf<NumberTextTraits>;
/** A field for an integer. */
export const IntText: FirstClass<IntText, number, OptionsOf<NumberTextTraits>> = defineWidget({
  name: 'IntText',
  first: 'value',
  traits: { value: whole(0), step: whole(1), ...typed },
});

export type FloatText = WidgetOf<NumberTextTraits>;
/** A field for a number. */
export const FloatText: FirstClass<FloatText, number, OptionsOf<NumberTextTraits>> = defineWidget({
  name: 'FloatText',
  first: 'value',
  traits: { value: real(0), step: orNull(real(0)), ...typed },
});

export type BoundedIntText = WidgetOf<BoundedTextTraits>;
/** A field for an integer between `min` and `max`. */
export const BoundedIntText: FirstClass<BoundedIntText, number, OptionsOf<BoundedTextTraits>> = defineWidget({
  name: 'BoundedIntText',
  view: 'IntTextView',
  first: 'value',
  traits: { value: whole(0), ...wholeBounds, ...typed },
  settle: keepBetween,
});

export type BoundedFloatText = WidgetOf<BoundedTextTraits>;
/** A field for a number between `min` and `max`. */
export const BoundedFloatText: FirstClass<
  BoundedFloatText,
  number,
  OptionsOf<BoundedTextTraits>
> = defineWidget({
  name: 'BoundedFloatText',
  view: 'FloatTextView',
  first: 'value',
  traits: { value: real(0), ...realBounds, step: orNull(real(0)), ...typed },
  settle: keepBetween,
});

export type Play = WidgetOf<PlayTraits>;
/** Buttons that step through integers: `jslink` it to a slider to see it move. */
export const Play: FirstClass<Play, number, OptionsOf<PlayTraits>> = defineWidget({
  name: 'Play',
  first: 'value',
  traits: {
    ...{ value: whole(0), ...wholeBounds, interval: whole(100) },
    ...{ playing: bool(false), repeat: bool(false), showRepeat: bool(true) },
    ...input(styles.description),
  },
  settle: keepBetween,
});
