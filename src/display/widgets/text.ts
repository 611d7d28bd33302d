import {
  type DescribedTraits,
  described,
  type InputTraits,
  input,
  type OptionsOf,
  type WidgetOf,
} from './common.ts';
import { defineWidget, type FirstClass } from './define.ts';
import { type LabelStyleTraits, styles, type TextStyleTraits } from './styles.ts';
import { bool, listOf, orNull, type TraitsOf, text, whole } from './traits.ts';

interface TextTraits extends InputTraits<TextStyleTraits> {
  value: string;
  /** Shown in grey while it is empty. */
  placeholder: string;
  /** Whether the value changes while the user types, or with Enter. */
  continuousUpdate: boolean;
}

interface TextareaTraits extends TextTraits {
  /** Its height in lines; null leaves it to the front-end. */
  rows: number | null;
}

interface ComboboxTraits extends TextTraits {
  /** What is proposed. */
  options: readonly string[];
  /** Whether the value must be one of them. */
  ensureOption: boolean;
}

interface MarkupTraits<S = TextStyleTraits> extends DescribedTraits<S> {
  value: string;
  placeholder: string;
}

/** As ipywidgets has it: no text at all would let the field collapse. */
const placeholder = text('\u200b');
const typed: TraitsOf<TextTraits> = {
  ...{ value: text(), placeholder, continuousUpdate: bool(true) },
  ...input(styles.text),
};

export type Text = WidgetOf<TextTraits>;
/**
 * A field for a line of text.
 *
 * @example new widgets.Text({ placeholder: 'name of the run', description: 'run', continuousUpdate: false })
 */
export const Text: FirstClass<Text, string, OptionsOf<TextTraits>> = defineWidget({
  name: 'Text',
  first: 'value',
  traits: typed,
});

export type Password = WidgetOf<TextTraits>;
/** A field whose text is not shown. It is in the saved state of the notebook nevertheless: empty it when done. */
export const Password: FirstClass<Password, string, OptionsOf<TextTraits>> = defineWidget({
  name: 'Password',
  first: 'value',
  traits: typed,
});

export type Textarea = WidgetOf<TextareaTraits>;
/** A field for lines of text. */
export const Textarea: FirstClass<Textarea, string, OptionsOf<TextareaTraits>> = defineWidget({
  name: 'Textarea',
  first: 'value',
  traits: { ...typed, rows: orNull(whole(0)) },
});

export type Combobox = WidgetOf<ComboboxTraits>;
/** A field for text that proposes some. */
export const Combobox: FirstClass<Combobox, string, OptionsOf<ComboboxTraits>> = defineWidget({
  name: 'Combobox',
  first: 'value',
  traits: { ...typed, options: listOf(text()), ensureOption: bool(false) },
  settle: ({ values, set, refuse }) => {
    const { ensureOption, options, value } = values as {
      ensureOption: boolean;
      options: string[];
      value: string;
    };
    const isFree = !ensureOption || value === '' || options.includes(value);
    if (!isFree && set.has('value'))
      refuse('value', `one of ${options.map((one) => JSON.stringify(one)).join(', ')}`);
  },
});

export type HTML = WidgetOf<MarkupTraits>;
/**
 * A piece of HTML, taken as it is.
 *
 * @example new widgets.HTML('loss <b>0.31</b>')
 */
export const HTML: FirstClass<HTML, string, OptionsOf<MarkupTraits>> = defineWidget({
  name: 'HTML',
  first: 'value',
  traits: { value: text(), placeholder, ...described(styles.html) },
});

export type HTMLMath = WidgetOf<MarkupTraits>;
/** HTML in which `$…$` is LaTeX. */
export const HTMLMath: FirstClass<HTMLMath, string, OptionsOf<MarkupTraits>> = defineWidget({
  name: 'HTMLMath',
  first: 'value',
  traits: { value: text(), placeholder, ...described(styles.htmlMath) },
});

export type Label = WidgetOf<MarkupTraits<LabelStyleTraits>>;
/** A line of text in which `$…$` is LaTeX. */
export const Label: FirstClass<Label, string, OptionsOf<MarkupTraits<LabelStyleTraits>>> = defineWidget({
  name: 'Label',
  first: 'value',
  traits: { value: text(), placeholder, ...described(styles.label) },
});
