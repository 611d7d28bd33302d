import { attributes, escapeHtml } from '../html.ts';
import type { JsonObject, JsonValue, MimeBundle, Output } from '../notebook/notebook.ts';
import { ansiToHtml, ansiToText } from './ansi.ts';
import { toBase64 } from './assets.ts';
import { drawnWidth } from './drawnWidth.ts';
import { highlight } from './highlight.ts';
import { isTransparent } from './imageKind.ts';
import type { Markdown } from './markdown.ts';
import { findMath, type MathRenderer, renderMathInHtml } from './math.ts';
import { chooseMime, ownMetadata, type ShownMime, sizeOf } from './mime.ts';
import { shownModel, VIEW, type WidgetModel, type WidgetModels } from './widgets/models.ts';
import { renderWidget, type WidgetContext } from './widgets/render.ts';

export interface OutputContext {
  readonly math: MathRenderer;
  readonly markdown: Markdown;
  /** The heading that the cell stands under: the words for a picture that brings none. */
  readonly title: string;
  /** Whether outputs scroll in a box; undefined leaves it to their length. */
  readonly scroll: boolean | undefined;
  /** The widgets whose state the notebook keeps. */
  readonly widgets: WidgetModels;
}

/** Longer outputs scroll in a box of their own. */
const MAX_LINES = 32;
const MAX_ROWS = 40;

/** The outputs of a cell; pieces of one stream that follow each other are one. */
export function renderOutputs(outputs: readonly Output[], context: OutputContext): string {
  return joinStreams(outputs)
    .map((output) => renderOutput(output, context))
    .join('\n');
}

function joinStreams(outputs: readonly Output[]): Output[] {
  const joined: Output[] = [];
  for (const output of outputs) {
    const last = joined.at(-1);
    if (output.output_type === 'stream' && last?.output_type === 'stream' && last.name === output.name) {
      joined[joined.length - 1] = { ...last, text: last.text + output.text };
    } else joined.push(output);
  }
  return joined;
}

function renderOutput(output: Output, context: OutputContext): string {
  switch (output.output_type) {
    case 'stream': {
      const html = ansiToHtml(output.text).replace(/\n$/, '');
      return html === '' ? '' : terminal(html, output.name === 'stderr' ? 'stderr' : 'stdout', context);
    }
    case 'error': {
      const lines = output.traceback.length > 0 ? output.traceback : [`${output.ename}: ${output.evalue}`];
      return terminal(ansiToHtml(lines.join('\n')), 'traceback', context);
    }
    default:
      return renderRich(output.data, output.metadata, context);
  }
}

const LABELS: Readonly<Record<string, string>> = {
  stdout: 'Output',
  stderr: 'Error stream',
  traceback: 'Error',
  text: 'Result',
};

function terminal(
  html: string,
  kind: 'stdout' | 'stderr' | 'traceback' | 'text',
  context: OutputContext,
): string {
  const scroll = context.scroll ?? html.split('\n').length > MAX_LINES;
  const role = kind === 'stderr' || kind === 'traceback' || scroll ? 'group' : undefined;
  return `<pre${attributes({
    class: `output ${kind}${scroll ? ' tall' : ''}`,
    role,
    'aria-label': role === undefined ? undefined : LABELS[kind],
  })}>${html}</pre>`;
}

function renderRich(data: MimeBundle, metadata: JsonObject, context: OutputContext): string {
  const widget = shownModel(context.widgets, data[VIEW]);
  if (widget) return renderWidget(widget, widgetContext(widget, context));
  const chosen = chooseMime(data);
  if (chosen === undefined) {
    const types = Object.keys(data).filter((mime) => !isEmptied(data[mime]));
    if (types.length === 0) return '';
    return `<p class="output note">A page cannot show this output (${escapeHtml(types.join(', '))}).</p>`;
  }
  const { mime, content } = chosen;
  if (mime.startsWith('image/')) return renderImage(mime, String(content), data, metadata, context);
  return renderText(mime, content, context);
}

/** Inside an Output widget the widget itself is none any more: it would never end. */
function widgetContext(widget: WidgetModel, context: OutputContext): WidgetContext {
  const inside = new Map([...context.widgets].filter(([id]) => id !== widget.id));
  return {
    models: context.widgets,
    math: (html) => renderMathInHtml(html, context.math),
    outputs: (outputs) => renderOutputs(outputs, { ...context, widgets: inside }),
  };
}

/** An output that was cleared, or stands for scripts that stand elsewhere. */
function isEmptied(content: JsonValue | undefined): boolean {
  return typeof content === 'string' && content.trim() === '';
}

function renderText(mime: ShownMime, content: JsonValue, context: OutputContext): string {
  const text = String(content);
  switch (mime) {
    case 'text/html': {
      const tall = context.scroll ?? (text.match(/<tr\b/gi)?.length ?? 0) > MAX_ROWS;
      return `<div class="output html${tall ? ' tall' : ''}">${renderMathInHtml(text, context.math)}</div>`;
    }
    case 'text/markdown':
      return `<div class="output markdown">${context.markdown.render(context.markdown.parse(text))}</div>`;
    case 'text/latex':
      return `<div class="output latex">${renderLatex(text, context.math)}</div>`;
    case 'application/json':
      return terminal(highlight(JSON.stringify(content, null, 2), 'json'), 'text', context);
    default:
      return terminal(ansiToHtml(text), 'text', context);
  }
}

/** With delimiters as Jupyter wants it, or a bare formula. */
function renderLatex(text: string, math: MathRenderer): string {
  const delimited = !findMath(text).next().done;
  return delimited ? renderMathInHtml(escapeHtml(text), math) : math.render(text, true);
}

function renderImage(
  mime: ShownMime,
  content: string,
  data: MimeBundle,
  metadata: JsonObject,
  context: OutputContext,
): string {
  const base64 = mime === 'image/svg+xml' ? toBase64(withNamespace(content)) : content.replace(/\s/g, '');
  const width = sizeOf(metadata, mime, 'width');
  const natural = width ?? drawnWidth(mime, base64);
  const image = attributes({
    src: `data:${mime};base64,${base64}`,
    alt: altText(data, [ownMetadata(metadata, mime).alt, metadata.alt], context),
    style: natural === undefined || mime === 'image/jpeg' ? undefined : `--natural: ${natural}px`,
    width,
    height: sizeOf(metadata, mime, 'height'),
    class: isTransparent(mime, base64) ? 'paper' : undefined,
  });
  return `<div class="output image"><img${image}></div>`;
}

/** Inline SVG needs no namespace, an SVG file does. */
function withNamespace(svg: string): string {
  return /<svg\b[^>]*\sxmlns\s*=/.test(svg)
    ? svg
    : svg.replace(/<svg\b/, '<svg xmlns="http://www.w3.org/2000/svg"');
}

function altText(data: MimeBundle, given: unknown[], context: OutputContext): string {
  const alt = given.find((text) => typeof text === 'string');
  if (alt !== undefined) return alt;
  const plain = ansiToText(String(data['text/plain'] ?? '')).trim();
  // `<Figure size 640x480>` and `[object Object]` describe nothing.
  if (plain !== '' && plain.length <= 300 && !/^(<|\[object )/.test(plain)) return plain.replace(/\s+/g, ' ');
  return context.title === '' ? 'Figure' : `Figure: ${context.title}`;
}
