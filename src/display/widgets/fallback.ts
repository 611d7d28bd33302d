import { isList, plainText, readMember } from '../inspect.ts';
import { markupText } from '../markup/text.ts';
import { escapeHtml } from '../markup/values.ts';
import { type Described, isDescribed } from './spec.ts';

/**
 * A widget as still HTML, without form elements, which many front-ends take out: what a reader sees where
 * widgets are not known, on a page of code hosting say.
 */
export function fallbackHtml(widget: Described): string {
  const { name } = widget.spec;
  if (name === 'Tab' || name === 'Accordion') return pages(widget);
  if (isList(widget.get('children'))) return box(widget);
  if (name === 'Output') return outputs(widget);
  if (name === 'Image') return labelled(widget, picture(widget));
  if (name === 'HTML' || name === 'HTMLMath') return labelled(widget, String(widget.get('value')));
  if (name === 'Button') return `<span>[${escapeHtml(String(widget.get('description')))}]</span>`;
  if (name.endsWith('Progress')) return labelled(widget, progress(widget));
  return labelled(widget, escapeHtml(shownValue(widget)));
}

function labelled(widget: Described, html: string): string {
  const description = String(widget.get('description') ?? '');
  const label = widget.get('descriptionAllowHtml') === true ? description : escapeHtml(description);
  return `<div>${label === '' ? '' : `${label}: `}${html}</div>`;
}

function shownValue(widget: Described): string {
  const label = widget.get('label') ?? widget.get('value');
  if (label === null || label === undefined) return '–';
  if (label instanceof Date) return label.toISOString().slice(0, 10);
  if (isList(label)) return label.join(widget.spec.name.includes('Range') ? ' – ' : ', ');
  if (typeof label === 'boolean') return label ? '☑' : '☐';
  return typeof label === 'object' ? plainText(label) : String(label);
}

function children(widget: Described): string[] {
  const all = widget.get('children');
  return isList(all) ? all.filter(isDescribed).map(fallbackHtml) : [];
}

function box(widget: Described): string {
  const isRow = widget.spec.name === 'HBox' || widget.spec.name === 'Box';
  const style = `display:flex;flex-wrap:wrap;gap:.25em 1.5em;flex-direction:${isRow ? 'row' : 'column'}`;
  return `<div style="${style}">${children(widget).join('')}</div>`;
}

function pages(widget: Described): string {
  const titles = widget.get('titles') as readonly string[];
  const parts = children(widget).map(
    (html, index) => `<div><b>${escapeHtml(titles[index] || `${index + 1}`)}</b>${html}</div>`,
  );
  return `<div style="display:flex;flex-direction:column;gap:.5em">${parts.join('')}</div>`;
}

function progress(widget: Described): string {
  const [value, min, max] = ['value', 'min', 'max'].map((name) => Number(widget.get(name)));
  const share = (value! - min!) / (max! - min! || 1);
  return `<progress value="${share}"></progress> ${Math.round(100 * share)} %`;
}

function picture(widget: Described): string {
  const bytes = Buffer.from(widget.get('value') as Uint8Array);
  const format = String(widget.get('format'));
  const mime = format === 'svg' ? 'svg+xml' : format;
  const source =
    format === 'url' ? bytes.toString('utf8') : `data:image/${mime};base64,${bytes.toString('base64')}`;
  const width = String(widget.get('width'));
  return `<img alt="" src="${escapeHtml(source)}"${width === '' ? '' : ` width="${escapeHtml(width)}"`}>`;
}

function outputs(widget: Described): string {
  const all = widget.get('outputs');
  return isList(all) ? all.map(output).join('') : '';
}

function output(value: unknown): string {
  const pre = (text: unknown): string => `<pre>${escapeHtml(String(text))}</pre>`;
  const type = readMember(value, 'output_type');
  if (type === 'stream') return pre(readMember(value, 'text'));
  if (type === 'error') return pre(`${readMember(value, 'ename')}: ${readMember(value, 'evalue')}`);
  const data = readMember(value, 'data');
  const html = readMember(data, 'text/html');
  if (typeof html === 'string') return `<div>${html}</div>`;
  const png = readMember(data, 'image/png');
  if (typeof png !== 'string') return pre(readMember(data, 'text/plain') ?? '');
  const width = Number(readMember(readMember(readMember(value, 'metadata'), 'image/png'), 'width'));
  const size = width > 0 ? ` width="${width}"` : '';
  const alt = markupText(String(readMember(data, 'text/plain') ?? ''));
  return `<img alt="${escapeHtml(alt)}" src="data:image/png;base64,${png}"${size}>`;
}
