import type { Observable, Visible } from './define.ts';
import { type Layout, type LayoutTraits, layoutTrait } from './layout.ts';
import type { Style } from './styles.ts';
import { bool, listOf, orNull, type Trait, type TraitsOf, text } from './traits.ts';

/** Traits of every widget that is seen. */
export interface VisibleTraits {
  /** The CSS of its box. */
  get layout(): Layout;
  set layout(value: Layout | (Partial<LayoutTraits> & { border?: string }));
  /** Shown when the pointer rests on it. */
  tooltip: string | null;
  /** Whether the keyboard reaches it; null leaves it to the front-end. */
  tabbable: boolean | null;
  /** CSS classes of its element. */
  domClasses: readonly string[];
}

/** Traits of controls with a label. */
export interface DescribedTraits<S> extends VisibleTraits {
  /** The label beside the control. */
  description: string;
  /** Whether the label is HTML. */
  descriptionAllowHtml: boolean;
  get style(): Style<S>;
  set style(value: Style<S> | Partial<S>);
}

/** Traits of a control that the user can be kept from changing. */
export interface InputTraits<S> extends DescribedTraits<S> {
  /** Whether the user is kept from changing it. */
  disabled: boolean;
}

/** A widget with the traits of `T`. */
export type WidgetOf<T> = Visible & Observable<T> & T;

/** What the constructor of such a widget takes: every trait may be left out, and plain objects become layouts and styles. */
export type OptionsOf<T> = {
  [K in keyof T]?: K extends 'layout'
    ? Layout | (Partial<LayoutTraits> & { border?: string })
    : K extends 'style'
      ? T[K] | (T[K] extends Style<infer S> ? Partial<S> : never)
      : T[K] | undefined;
};

export const visible: TraitsOf<VisibleTraits> = {
  layout: layoutTrait,
  tooltip: orNull(text()),
  tabbable: orNull(bool(true)),
  domClasses: listOf(text()),
};

export function described<S>(style: Trait<Style<S>>): TraitsOf<DescribedTraits<S>> {
  return { ...visible, description: text(), descriptionAllowHtml: bool(false), style };
}

export function input<S>(style: Trait<Style<S>>): TraitsOf<InputTraits<S>> {
  return { ...described(style), disabled: bool(false) };
}
