import { attributes, escapeHtml } from '../../html.ts';
import { list, number, text, type WidgetModel } from './models.ts';

type Draw = (model: WidgetModel) => string;

/** As the front-end writes it: `.2f`, `.3g`, `d`; what is none of these is written as it is. */
function formatted(value: number, format: string): string {
  const [, digits, kind] = /^\.(\d+)([fge%])$/.exec(format) ?? [];
  if (digits === undefined) return String(value);
  const count = Number(digits);
  if (kind === 'f') return value.toFixed(count);
  if (kind === 'e') return value.toExponential(count);
  if (kind === '%') return `${(100 * value).toFixed(count)}%`;
  return String(Number(value.toPrecision(Math.max(1, count))));
}

function readout(model: WidgetModel, values: readonly number[]): string {
  if (model.state.readout === false) return '';
  const shown = values.map((value) => formatted(value, text(model, 'readout_format')));
  return `<output>${escapeHtml(shown.join(' – '))}</output>`;
}

const isUpright = (model: WidgetModel): boolean => model.state.orientation === 'vertical';

const slider: Draw = (model) => {
  const value = number(model, 'value', 0);
  return rangeInput(model, { min: 0, max: 100, value }) + readout(model, [value]);
};

const logSlider: Draw = (model) => {
  const value = number(model, 'value', 1);
  const exponent = Math.log(value) / Math.log(number(model, 'base', 10));
  return (
    rangeInput(model, { min: 0, max: 4, value: Number(exponent.toPrecision(12)) }) + readout(model, [value])
  );
};

function rangeInput(model: WidgetModel, at: { min: number; max: number; value: number }): string {
  return `<input${attributes({
    type: 'range',
    min: number(model, 'min', at.min),
    max: number(model, 'max', at.max),
    step: 'any',
    value: at.value,
    class: isUpright(model) ? 'upright' : undefined,
  })} disabled>`;
}

/** HTML has no slider with two handles. */
const rangeSlider: Draw = (model) => {
  const [lower = 0, upper = 0] = list(model, 'value').map(Number);
  const min = number(model, 'min', 0);
  const span = number(model, 'max', 100) - min || 1;
  const percent = (value: number): string => `${((100 * value) / span).toFixed(2)}%`;
  const style = `left: ${percent(lower - min)}; width: ${percent(upper - lower)}`;
  return `<span class="two-handles"><span style="${style}"></span></span>${readout(model, [lower, upper])}`;
};

const progress: Draw = (model) => {
  const min = number(model, 'min', 0);
  const span = number(model, 'max', 100) - min || 1;
  const share = (number(model, 'value', 0) - min) / span;
  const look = text(model, 'bar_style');
  return `<progress${attributes({ value: share, class: look === '' ? undefined : look })}></progress>`;
};

const field: Draw = (model) =>
  `<input${attributes({ type: 'number', value: number(model, 'value', 0), step: 'any' })} disabled>`;

const play: Draw = (model) => `<span class="play">▶ ${number(model, 'value', 0)}</span>`;

/** Controls over numbers, by the name of their model. */
export const NUMBERS: Readonly<Record<string, Draw>> = {
  IntSliderModel: slider,
  FloatSliderModel: slider,
  FloatLogSliderModel: logSlider,
  IntRangeSliderModel: rangeSlider,
  FloatRangeSliderModel: rangeSlider,
  IntProgressModel: progress,
  FloatProgressModel: progress,
  IntTextModel: field,
  FloatTextModel: field,
  BoundedIntTextModel: field,
  BoundedFloatTextModel: field,
  PlayModel: play,
};
