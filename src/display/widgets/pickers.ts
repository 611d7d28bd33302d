import { type InputTraits, input, type OptionsOf, type WidgetOf } from './common.ts';
import { defineWidget, type FirstClass } from './define.ts';
import { type DescriptionStyleTraits, styles } from './styles.ts';
import { bool, colour, day, orNull, refused, type Trait, whole } from './traits.ts';

interface ColorPickerTraits extends InputTraits<DescriptionStyleTraits> {
  /** A CSS colour: 'teal', '#0072b2'. */
  value: string;
  /** Whether the field with its name is left out. */
  concise: boolean;
}

interface DatePickerTraits extends InputTraits<DescriptionStyleTraits> {
  /** The day as a Date at midnight UTC; text such as '2026-03-14' may be set too. */
  get value(): Date | null;
  set value(value: Date | string | null);
  get min(): Date | null;
  set min(value: Date | string | null);
  get max(): Date | null;
  set max(value: Date | string | null);
  /** In days. */
  step: number | 'any';
}

type DateOptions = Omit<OptionsOf<DatePickerTraits>, 'value' | 'min' | 'max'> & {
  [K in 'value' | 'min' | 'max']?: Date | string | null;
};

export type ColorPicker = WidgetOf<ColorPickerTraits>;
/**
 * A field for a colour.
 *
 * @example new widgets.ColorPicker({ value: '#0072b2', description: 'line' })
 */
export const ColorPicker: FirstClass<ColorPicker, string, OptionsOf<ColorPickerTraits>> = defineWidget({
  name: 'ColorPicker',
  first: 'value',
  traits: { value: colour('black'), concise: bool(false), ...input(styles.description) },
});

const step: Trait<number | 'any'> = {
  initial: 1,
  allowed: "an integer or 'any'",
  parse: (value) => (value === 'any' ? value : typeof value === 'number' ? whole(1).parse(value) : refused),
};

export type DatePicker = WidgetOf<DatePickerTraits>;
/**
 * A field for a day.
 *
 * @example new widgets.DatePicker({ value: '2026-03-14', description: 'from' })
 */
export const DatePicker: FirstClass<DatePicker, Date | string, DateOptions> = defineWidget({
  name: 'DatePicker',
  first: 'value',
  traits: {
    value: orNull(day()),
    min: orNull(day()),
    max: orNull(day()),
    step,
    ...input(styles.description),
  },
  settle: ({ values, set, refuse }) => {
    const { value, min, max } = values as Record<'value' | 'min' | 'max', Date | null>;
    if (min && max && min > max) refuse(set.has('min') ? 'min' : 'max', 'a day so that min is not after max');
    if (value && min && value < min) values.value = min;
    else if (value && max && value > max) values.value = max;
  },
});
