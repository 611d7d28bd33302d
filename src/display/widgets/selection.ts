import { settleOne, settleSome } from './choose.ts';
import { type InputTraits, input, type OptionsOf, type WidgetOf } from './common.ts';
import { defineWidget } from './define.ts';
import { choicesOf, type Offered } from './options.ts';
import type { Spec } from './spec.ts';
import {
  type DescriptionStyleTraits,
  type SliderStyleTraits,
  styles,
  type ToggleButtonsStyleTraits,
} from './styles.ts';
import {
  bool,
  listOf,
  local,
  oneOf,
  orNull,
  refused,
  type Trait,
  type Traits,
  text,
  whole,
} from './traits.ts';

/** One of several. */
interface SelectionTraits<V, S = DescriptionStyleTraits> extends InputTraits<S> {
  /** What can be chosen: values, [label, value] pairs, a Map or an object from labels to values. */
  options: Offered<V>;
  /** What is chosen; null for nothing. */
  value: V | null;
  /** Its label. */
  label: string | null;
  /** Its place among the options. */
  index: number | null;
}

interface SelectTraits<V> extends SelectionTraits<V> {
  /** How many options are seen at once. */
  rows: number;
}

interface RadioButtonsTraits<V> extends SelectionTraits<V> {
  orientation: 'horizontal' | 'vertical';
}

interface ToggleButtonsTraits<V> extends SelectionTraits<V, ToggleButtonsStyleTraits> {
  tooltips: readonly string[];
  /** Names of Font Awesome's icons, without `fa-`. */
  icons: readonly string[];
  buttonStyle: 'primary' | 'success' | 'info' | 'warning' | 'danger' | '';
}

interface SelectionSliderTraits<V> extends SelectionTraits<V, SliderStyleTraits> {
  orientation: 'horizontal' | 'vertical';
  readout: boolean;
  continuousUpdate: boolean;
  behavior: 'drag-tap' | 'drag-snap' | 'tap' | 'drag' | 'snap';
}

/** Several of several. */
interface SelectMultipleTraits<V> extends InputTraits<DescriptionStyleTraits> {
  options: Offered<V>;
  value: readonly V[];
  label: readonly string[];
  index: readonly number[];
  rows: number;
}

const offered: Trait<unknown> = {
  ...local<unknown>([]),
  allowed: 'an array of values or of [label, value] pairs, a Map, or an object from labels to values',
  parse: (value) => (choicesOf(value) ? value : refused),
};
const base: Traits = {
  options: offered,
  value: local<unknown>(null),
  label: local<unknown>(null),
  index: orNull(whole(0)),
  optionsLabels: listOf(text()),
};

const one = (name: string, traits: Traits, style: Traits = input(styles.description)): Spec => ({
  name,
  first: 'options',
  traits: { ...base, ...style, ...traits },
  settle: settleOne,
});

export type Dropdown<V> = WidgetOf<SelectionTraits<V>>;
interface DropdownClass {
  new <const V>(traits: OptionsOf<SelectionTraits<V>> & { options: Offered<V> }): Dropdown<V>;
  new <const V>(options: readonly V[], traits?: OptionsOf<SelectionTraits<V>>): Dropdown<V>;
  new (): Dropdown<string>;
}
/**
 * A list that opens to choose from.
 *
 * @param traits `options`: values, [label, value] pairs, a Map or an object from labels to values; `value`, `description`, …
 * @throws TypeError for a value that is none of the options
 * @example new widgets.Dropdown({ options: ['adam', 'sgd'], value: 'sgd', description: 'optimizer' })
 */
export const Dropdown: DropdownClass = defineWidget(one('Dropdown', {}));

export type Select<V> = WidgetOf<SelectTraits<V>>;
interface SelectClass {
  new <const V>(traits: OptionsOf<SelectTraits<V>> & { options: Offered<V> }): Select<V>;
  new <const V>(options: readonly V[], traits?: OptionsOf<SelectTraits<V>>): Select<V>;
}
/** A list of which several rows are seen. */
export const Select: SelectClass = defineWidget(one('Select', { rows: whole(5) }));

export type RadioButtons<V> = WidgetOf<RadioButtonsTraits<V>>;
interface RadioButtonsClass {
  new <const V>(traits: OptionsOf<RadioButtonsTraits<V>> & { options: Offered<V> }): RadioButtons<V>;
  new <const V>(options: readonly V[], traits?: OptionsOf<RadioButtonsTraits<V>>): RadioButtons<V>;
}
/** Round buttons of which one is on. */
export const RadioButtons: RadioButtonsClass = defineWidget(
  one('RadioButtons', { orientation: oneOf('vertical', ['horizontal', 'vertical']) }),
);

export type ToggleButtons<V> = WidgetOf<ToggleButtonsTraits<V>>;
interface ToggleButtonsClass {
  new <const V>(traits: OptionsOf<ToggleButtonsTraits<V>> & { options: Offered<V> }): ToggleButtons<V>;
  new <const V>(options: readonly V[], traits?: OptionsOf<ToggleButtonsTraits<V>>): ToggleButtons<V>;
}
/** Buttons side by side of which one is pressed. */
export const ToggleButtons: ToggleButtonsClass = defineWidget(
  one(
    'ToggleButtons',
    {
      tooltips: listOf(text()),
      icons: listOf(text()),
      buttonStyle: oneOf('', ['primary', 'success', 'info', 'warning', 'danger', '']),
    },
    input(styles.toggleButtons),
  ),
);

export type SelectionSlider<V> = WidgetOf<SelectionSliderTraits<V>>;
interface SelectionSliderClass {
  new <const V>(traits: OptionsOf<SelectionSliderTraits<V>> & { options: Offered<V> }): SelectionSlider<V>;
  new <const V>(options: readonly V[], traits?: OptionsOf<SelectionSliderTraits<V>>): SelectionSlider<V>;
}
/** A slider over any values. */
export const SelectionSlider: SelectionSliderClass = defineWidget({
  ...one(
    'SelectionSlider',
    {
      orientation: oneOf('horizontal', ['horizontal', 'vertical']),
      readout: bool(true),
      continuousUpdate: bool(true),
      behavior: oneOf('drag-tap', ['drag-tap', 'drag-snap', 'tap', 'drag', 'snap']),
    },
    input(styles.slider),
  ),
  settle: (draft) => {
    settleOne(draft);
    if (draft.values.index === null && (draft.values.optionsLabels as string[]).length === 0) {
      draft.refuse('options', 'at least one option');
    }
  },
});

export type SelectMultiple<V> = WidgetOf<SelectMultipleTraits<V>>;
interface SelectMultipleClass {
  new <const V>(traits: OptionsOf<SelectMultipleTraits<V>> & { options: Offered<V> }): SelectMultiple<V>;
  new <const V>(options: readonly V[], traits?: OptionsOf<SelectMultipleTraits<V>>): SelectMultiple<V>;
}
/** A list of which several can be chosen: `value` is an array. */
export const SelectMultiple: SelectMultipleClass = defineWidget({
  name: 'SelectMultiple',
  first: 'options',
  traits: {
    ...{
      options: offered,
      value: { ...listOf(local<unknown>(null)), isLocal: true },
      label: { ...listOf(text()), isLocal: true },
    },
    ...{ index: listOf(whole(0)), optionsLabels: listOf(text()), rows: whole(5) },
    ...input(styles.description),
  },
  settle: settleSome,
});
