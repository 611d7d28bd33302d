import { attributes, escapeHtml } from '../../html.ts';
import { isJsonObject } from '../../notebook/json.ts';
import type { JsonObject, Output } from '../../notebook/notebook.ts';
import { INPUTS, SELF_LABELLED } from './inputs.ts';
import { layoutStyle } from './layout.ts';
import { list, number, referenced, text, type WidgetModel, type WidgetModels } from './models.ts';
import { NUMBERS } from './numbers.ts';

export interface WidgetContext {
  readonly models: WidgetModels;
  /** Formulas in HTML. */
  math(html: string): string;
  /** The outputs inside an Output widget. */
  outputs(outputs: readonly Output[]): string;
}

/** A widget that stands in itself would never end. */
type Path = readonly string[];

/** A widget as it was when the notebook was saved: its controls cannot be changed on a page. */
export function renderWidget(model: WidgetModel, context: WidgetContext): string {
  return `<div class="output widget">${draw(model, context, [])}</div>`;
}

function draw(model: WidgetModel, context: WidgetContext, path: Path): string {
  if (path.includes(model.id)) return '';
  const body = bodyOf(model, context, [...path, model.id]);
  const style = layoutStyle(model, context.models);
  const kind = model.name.replace(/Model$/, '').toLowerCase();
  const isKnown = /^[a-z]+$/.test(kind);
  const title = text(model, 'tooltip');
  const own = attributes({
    class: isKnown ? `w-${kind}` : undefined,
    style,
    title: title === '' ? undefined : title,
  });
  return `<div${own}>${label(model)}${body}</div>`;
}

/** Beside the control, and for it: a screen reader says both. */
function label(model: WidgetModel): string {
  const description = text(model, 'description');
  if (description === '' || SELF_LABELLED.has(model.name)) return '';
  const html = model.state.description_allow_html === true ? description : escapeHtml(description);
  return `<span class="w-description">${html}</span>`;
}

function bodyOf(model: WidgetModel, context: WidgetContext, path: Path): string {
  const control = NUMBERS[model.name] ?? INPUTS[model.name];
  if (control) return named(control(model), text(model, 'description'), model);
  switch (model.name) {
    case 'BoxModel':
    case 'HBoxModel':
    case 'VBoxModel':
    case 'GridBoxModel':
      return children(model, context, path).join('');
    case 'TabModel':
    case 'AccordionModel':
      return pages(model, context, path);
    case 'StackModel':
      return children(model, context, path)[number(model, 'selected_index', -1)] ?? '';
    case 'HTMLModel':
      return `<div class="output html">${text(model, 'value')}</div>`;
    case 'HTMLMathModel':
      return `<div class="output html">${context.math(text(model, 'value'))}</div>`;
    case 'LabelModel':
      return `<span>${context.math(escapeHtml(text(model, 'value')))}</span>`;
    case 'ImageModel':
      return image(model);
    case 'OutputModel':
      return `<div class="outputs">${context.outputs(list(model, 'outputs').flatMap(outputOf))}</div>`;
    default:
      return `<span class="output note">A page cannot show this widget (${escapeHtml(`${model.name} of ${model.module}`)}).</span>`;
  }
}

/** Gives the first form element the description as its name. */
function named(html: string, description: string, model: WidgetModel): string {
  if (description === '' || SELF_LABELLED.has(model.name)) return html;
  return html.replace(
    /<(input|select|textarea|progress)\b/,
    `<$1${attributes({ 'aria-label': description }).replaceAll('$', '$$$$')}`,
  );
}

function children(model: WidgetModel, context: WidgetContext, path: Path): string[] {
  return list(model, 'children').map((child) => {
    const found = referenced(context.models, child);
    return found ? draw(found, context, path) : '';
  });
}

/** All of them: a page cannot be turned over. */
function pages(model: WidgetModel, context: WidgetContext, path: Path): string {
  const titles = list(model, 'titles').map(String);
  return children(model, context, path)
    .map((html, index) => {
      const title = titles[index] || `${index + 1}`;
      return `<details class="w-page" open><summary>${escapeHtml(title)}</summary>${html}</details>`;
    })
    .join('');
}

const FORMAT = /^[a-z0-9+.-]+$/i;

function image(model: WidgetModel): string {
  const format = text(model, 'format') || 'png';
  if (model.bytes === undefined || !FORMAT.test(format)) return '';
  const source =
    format === 'url'
      ? Buffer.from(model.bytes, 'base64').toString('utf8')
      : `data:image/${format};base64,${model.bytes}`;
  const size = (trait: string): string | undefined => /^\d+(?:\.\d+)?(?:px)?$/.exec(text(model, trait))?.[0];
  return `<img${attributes({ src: source, alt: '', width: size('width'), height: size('height') })}>`;
}

function outputOf(value: unknown): Output[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [];
  const output = value as JsonObject;
  switch (output.output_type) {
    case 'stream':
      return [{ output_type: 'stream', name: String(output.name), text: joined(output.text) }];
    case 'error': {
      const lines = Array.isArray(output.traceback) ? output.traceback.map(String) : [];
      return [
        {
          output_type: 'error',
          ename: String(output.ename),
          evalue: String(output.evalue),
          traceback: lines,
        },
      ];
    }
    case 'display_data':
    case 'execute_result': {
      const data = isJsonObject(output.data) ? output.data : {};
      const metadata = isJsonObject(output.metadata) ? output.metadata : {};
      return [{ output_type: 'display_data', data, metadata }];
    }
    default:
      return [];
  }
}

function joined(value: JsonObject[string] | undefined): string {
  return Array.isArray(value) ? value.map(String).join('') : String(value ?? '');
}
