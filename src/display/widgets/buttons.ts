import {
  type InputTraits,
  input,
  type OptionsOf,
  type VisibleTraits,
  visible,
  type WidgetOf,
} from './common.ts';
import { defineWidget, type FirstClass, type WidgetClass } from './define.ts';
import { Model } from './model.ts';
import {
  type ButtonStyleTraits,
  type CheckboxStyleTraits,
  type DescriptionStyleTraits,
  type Style,
  styles,
  type ToggleButtonStyleTraits,
} from './styles.ts';
import { bool, oneOf, type TraitsOf, text } from './traits.ts';
import { isRecord } from './wire.ts';

type ButtonLook = 'primary' | 'success' | 'info' | 'warning' | 'danger' | '';

interface CheckboxTraits extends InputTraits<CheckboxStyleTraits> {
  value: boolean;
  /** Whether it stands where controls with a label do. */
  indent: boolean;
}

interface ToggleButtonTraits extends InputTraits<ToggleButtonStyleTraits> {
  value: boolean;
  buttonStyle: ButtonLook;
  /** The name of one of Font Awesome's icons, without `fa-`. */
  icon: string;
}

interface ValidTraits extends InputTraits<DescriptionStyleTraits> {
  value: boolean;
  /** What is said when it is false. */
  readout: string;
}

interface ButtonTraits extends VisibleTraits {
  /** What stands on it. */
  description: string;
  disabled: boolean;
  /** The name of one of Font Awesome's icons, without `fa-`. */
  icon: string;
  buttonStyle: ButtonLook;
  get style(): Style<ButtonStyleTraits>;
  set style(value: Style<ButtonStyleTraits> | Partial<ButtonStyleTraits>);
}

const buttonStyle = oneOf<ButtonLook>('', ['primary', 'success', 'info', 'warning', 'danger', '']);
const icon = {
  ...text(),
  parse: (value: unknown) => text().parse(typeof value === 'string' ? value.replaceAll('fa-', '') : value),
};

export type Checkbox = WidgetOf<CheckboxTraits>;
/**
 * A box to tick.
 *
 * @example new widgets.Checkbox({ value: true, description: 'log scale' })
 */
export const Checkbox: FirstClass<Checkbox, boolean, OptionsOf<CheckboxTraits>> = defineWidget({
  name: 'Checkbox',
  first: 'value',
  traits: { value: bool(false), indent: bool(true), ...input(styles.checkbox) },
});

export type ToggleButton = WidgetOf<ToggleButtonTraits>;
/** A button that stays pressed. */
export const ToggleButton: FirstClass<ToggleButton, boolean, OptionsOf<ToggleButtonTraits>> = defineWidget({
  name: 'ToggleButton',
  first: 'value',
  traits: { value: bool(false), buttonStyle, icon, ...input(styles.toggleButton) },
});

export type Valid = WidgetOf<ValidTraits>;
/** A tick or a cross. */
export const Valid: FirstClass<Valid, boolean, OptionsOf<ValidTraits>> = defineWidget({
  name: 'Valid',
  first: 'value',
  traits: { value: bool(false), readout: text('Invalid'), ...input(styles.description) },
});

/** A button: `onClick` hears of it. */
export interface Button extends WidgetOf<ButtonTraits> {
  /**
   * Call `listener` at each click. What it prints and shows goes to the cell that called `onClick`.
   *
   * @returns the function that ends it
   */
  onClick(listener: (button: Button) => void): () => void;
  /** As if the user had clicked. */
  click(): void;
}

class ButtonModel extends Model {
  readonly #clicks = new Set<() => void>();

  onClick(listener: (button: Button) => void): () => void {
    const end = this.onMessage((content) => {
      if (isRecord(content) && content.event === 'click') listener(this as unknown as Button);
    });
    const click = (): void => listener(this as unknown as Button);
    this.#clicks.add(click);
    return () => {
      this.#clicks.delete(click);
      end();
    };
  }

  click(): void {
    for (const click of [...this.#clicks]) click();
  }
}

const buttonTraits: TraitsOf<ButtonTraits> = {
  ...visible,
  ...{ description: text(), disabled: bool(false), icon, buttonStyle, style: styles.button },
};
/**
 * A button.
 *
 * @example
 * const stop = new widgets.Button({ description: 'Stop', buttonStyle: 'danger', icon: 'stop' });
 * stop.onClick(() => { isStopped = true; });
 */
export const Button: WidgetClass<Button, OptionsOf<ButtonTraits>> = defineWidget(
  { name: 'Button', traits: buttonTraits },
  ButtonModel,
);
