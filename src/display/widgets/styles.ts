import { defineWidget, type Observable, type Widget } from './define.ts';
import { owned } from './layout.ts';
import { colour, orNull, type Trait, type Traits, type TraitsOf, text } from './traits.ts';

/** Of the label beside a control. */
export interface DescriptionStyleTraits {
  /** Such as '8em' or 'initial' (as wide as it needs). */
  descriptionWidth: string;
}

export interface SliderStyleTraits extends DescriptionStyleTraits {
  handleColor: string | null;
}

export interface ProgressStyleTraits extends DescriptionStyleTraits {
  barColor: string | null;
}

export interface ToggleButtonsStyleTraits extends DescriptionStyleTraits {
  buttonWidth: string;
  fontWeight: string;
}

export interface CheckboxStyleTraits extends DescriptionStyleTraits {
  background: string | null;
}

export interface TextStyleTraits extends CheckboxStyleTraits {
  fontSize: string | null;
  textColor: string | null;
}

interface FontTraits {
  fontFamily: string | null;
  fontSize: string | null;
  fontStyle: string | null;
  fontVariant: string | null;
  fontWeight: string | null;
  textColor: string | null;
  textDecoration: string | null;
}

export interface LabelStyleTraits extends FontTraits, CheckboxStyleTraits {}
export interface ToggleButtonStyleTraits extends FontTraits, DescriptionStyleTraits {}
export interface ButtonStyleTraits extends FontTraits {
  buttonColor: string | null;
}

/** Styles of a widget, each of them settable: `slider.style.handleColor = 'teal'`. */
export type Style<T> = Widget & Observable<T> & T;

const free = (): Trait<string | null> => orNull(text());
const description: TraitsOf<DescriptionStyleTraits> = { descriptionWidth: text() };
const checkbox: TraitsOf<CheckboxStyleTraits> = { ...description, background: free() };
const string: TraitsOf<TextStyleTraits> = {
  ...checkbox,
  fontSize: free(),
  textColor: orNull(colour('black')),
};
const font: TraitsOf<FontTraits> = {
  fontFamily: free(),
  fontSize: free(),
  fontStyle: free(),
  fontVariant: free(),
  fontWeight: free(),
  textColor: orNull(colour('black')),
  textDecoration: free(),
};

function style<T>(name: string, traits: TraitsOf<T>): Trait<Style<T>> {
  const Made = defineWidget<new (traits: Record<string, unknown>) => Style<T>>({
    name,
    viewModule: 'base',
    view: 'StyleView',
    traits: traits as Traits,
  });
  return owned<Style<T>>((given) => new Made(given), name);
}

/** The `style` of each kind of widget. */
export const styles: {
  readonly description: Trait<Style<DescriptionStyleTraits>>;
  readonly slider: Trait<Style<SliderStyleTraits>>;
  readonly progress: Trait<Style<ProgressStyleTraits>>;
  readonly toggleButtons: Trait<Style<ToggleButtonsStyleTraits>>;
  readonly toggleButton: Trait<Style<ToggleButtonStyleTraits>>;
  readonly checkbox: Trait<Style<CheckboxStyleTraits>>;
  readonly button: Trait<Style<ButtonStyleTraits>>;
  readonly text: Trait<Style<TextStyleTraits>>;
  readonly html: Trait<Style<TextStyleTraits>>;
  readonly htmlMath: Trait<Style<TextStyleTraits>>;
  readonly label: Trait<Style<LabelStyleTraits>>;
} = {
  description: style('DescriptionStyle', description),
  slider: style('SliderStyle', { ...description, handleColor: orNull(colour('black')) }),
  progress: style('ProgressStyle', { ...description, barColor: orNull(colour('black')) }),
  toggleButtons: style('ToggleButtonsStyle', { ...description, buttonWidth: text(), fontWeight: text() }),
  toggleButton: style('ToggleButtonStyle', { ...font, ...description }),
  checkbox: style('CheckboxStyle', checkbox),
  button: style('ButtonStyle', { ...font, buttonColor: orNull(colour('black')) }),
  text: style('TextStyle', string),
  html: style('HTMLStyle', string),
  htmlMath: style('HTMLMathStyle', string),
  label: style('LabelStyle', { ...font, ...checkbox }),
};
