import { attributes, escapeHtml } from '../../html.ts';
import { isJsonObject } from '../../notebook/json.ts';
import { list, number, text, type WidgetModel } from './models.ts';

type Draw = (model: WidgetModel) => string;

const labels = (model: WidgetModel): string[] => list(model, '_options_labels').map(String);
const chosen = (model: WidgetModel, index: number): boolean => {
  const value = model.state.index;
  return Array.isArray(value) ? value.includes(index) : value === index;
};

function options(model: WidgetModel): string {
  return labels(model)
    .map((label, index) => `<option${chosen(model, index) ? ' selected' : ''}>${escapeHtml(label)}</option>`)
    .join('');
}

const dropdown: Draw = (model) => {
  const none = typeof model.state.index === 'number' ? '' : '<option selected></option>';
  return `<select disabled>${none}${options(model)}</select>`;
};

const select: Draw = (model) => {
  const multiple = model.name === 'SelectMultipleModel' ? ' multiple' : '';
  return `<select${attributes({ size: Math.max(2, number(model, 'rows', 5)) })}${multiple} disabled>${options(model)}</select>`;
};

const radios: Draw = (model) => {
  const items = labels(model).map((label, index) => {
    const checked = chosen(model, index) ? ' checked' : '';
    return `<label><input type="radio"${checked} disabled> ${escapeHtml(label)}</label>`;
  });
  return `<span class="radios${model.state.orientation === 'horizontal' ? ' row' : ''}">${items.join('')}</span>`;
};

const toggles: Draw = (model) =>
  `<span class="row">${labels(model)
    .map((label, index) => pressable(label, chosen(model, index), ''))
    .join('')}</span>`;

const selectionSlider: Draw = (model) => {
  const all = labels(model);
  const indices = Array.isArray(model.state.index)
    ? model.state.index.map(Number)
    : [number(model, 'index', 0)];
  const at = attributes({ type: 'range', min: 0, max: Math.max(1, all.length - 1), value: indices[0] });
  const shown = indices.map((index) => all[index] ?? '').join(' – ');
  return `<input${at} disabled><output>${escapeHtml(shown)}</output>`;
};

const LOOKS = new Set(['primary', 'success', 'info', 'warning', 'danger']);

function pressable(label: string, isPressed: boolean | undefined, look: string): string {
  const pressed = isPressed === undefined ? '' : ` aria-pressed="${isPressed}"`;
  return `<button type="button"${attributes({ class: LOOKS.has(look) ? look : undefined })}${pressed} disabled>${escapeHtml(label)}</button>`;
}

const button: Draw = (model) => pressable(text(model, 'description'), undefined, text(model, 'button_style'));

const toggleButton: Draw = (model) =>
  pressable(text(model, 'description'), model.state.value === true, text(model, 'button_style'));

const checkbox: Draw = (model) => {
  const checked = model.state.value === true ? ' checked' : '';
  return `<label><input type="checkbox"${checked} disabled> ${escapeHtml(text(model, 'description'))}</label>`;
};

const valid: Draw = (model) =>
  model.state.value === true
    ? '<span class="valid">✓</span>'
    : `<span class="invalid">✗ ${escapeHtml(text(model, 'readout'))}</span>`;

const line: Draw = (model) => {
  const isSecret = model.name === 'PasswordModel';
  const given = attributes({
    type: isSecret ? 'password' : 'text',
    value: isSecret ? '' : text(model, 'value'),
    placeholder: text(model, 'placeholder').replace('\u200b', ''),
  });
  return `<input${given} disabled>`;
};

const area: Draw = (model) => {
  const value = text(model, 'value');
  const rows = number(model, 'rows', Math.min(12, Math.max(2, value.split('\n').length)));
  return `<textarea${attributes({ rows })} disabled>${escapeHtml(value)}</textarea>`;
};

const colour: Draw = (model) => {
  const value = text(model, 'value');
  const isPlain = /^#?[\w(),.%\s/-]+$/.test(value) && !/url/i.test(value);
  const swatch = isPlain ? `<span class="swatch" style="background: ${escapeHtml(value)}"></span>` : '';
  return `<span>${swatch}${model.state.concise === true ? '' : escapeHtml(value)}</span>`;
};

const day: Draw = (model) => {
  const { value } = model.state;
  if (!isJsonObject(value)) return '<input type="date" disabled>';
  const [year, month, date] = [value.year, Number(value.month) + 1, value.date].map((part) =>
    String(part).padStart(2, '0'),
  );
  return `<input${attributes({ type: 'date', value: `${year?.padStart(4, '0')}-${month}-${date}` })} disabled>`;
};

/** Controls by the name of their model. */
export const INPUTS: Readonly<Record<string, Draw>> = {
  DropdownModel: dropdown,
  SelectModel: select,
  SelectMultipleModel: select,
  RadioButtonsModel: radios,
  ToggleButtonsModel: toggles,
  SelectionSliderModel: selectionSlider,
  SelectionRangeSliderModel: selectionSlider,
  ButtonModel: button,
  ToggleButtonModel: toggleButton,
  CheckboxModel: checkbox,
  ValidModel: valid,
  TextModel: line,
  PasswordModel: line,
  ComboboxModel: line,
  TextareaModel: area,
  ColorPickerModel: colour,
  DatePickerModel: day,
};

/** Those whose description stands in them, not beside them. */
export const SELF_LABELLED: ReadonlySet<string> = new Set([
  'ButtonModel',
  'ToggleButtonModel',
  'CheckboxModel',
]);
