import { nearest } from '../../core/nearest.ts';
import { allowedText } from '../allowedText.ts';
import { cut, shortText } from '../inspect.ts';
import { isPlain, type Plain } from '../plain.ts';
import { checkEncoding } from './encoding.ts';
import { checkExpressions, checkTransforms } from './expressions.ts';
import { checkSchema } from './schema.ts';
import { checkSize } from './size.ts';
import { compositions, viewsOf } from './views.ts';

/** Marks that need to be told where: without it Vega-Lite fails, or draws nothing. */
const placedMarks = 'area boxplot errorband errorbar line rule trail'.split(' ');
const positions = 'x y x2 y2 theta radius longitude latitude'.split(' ');
const marks =
  'arc area bar boxplot circle errorband errorbar geoshape image line point rect rule square text tick trail'.split(
    ' ',
  );
const properties = [
  ...compositions,
  ...'$schema align autosize background bounds center columns config data datasets description'.split(' '),
  ...'encoding facet height mark name padding params projection repeat resolve selection'.split(' '),
  ...'spacing title transform usermeta view width'.split(' '),
];

/**
 * Find the mistakes for which Vega-Lite draws a blank or a wrong chart: no or an unknown mark, unknown
 * channels, types, aggregates, scales and schemes, fields that the data does not have; and those for which it
 * fails with a message that does not name them. Throws a TypeError, or a RangeError for a size.
 */
export function checkSpec(spec: Plain): void {
  if (typeof spec.$schema === 'string' && /\/schema\/vega\//.test(spec.$schema)) {
    throw new TypeError(
      `vegaLite: $schema is ${spec.$schema}, which is for Vega; allowed is a Vega-Lite spec`,
    );
  }
  checkExpressions(spec, '');
  for (const { view, path, rows, channels } of viewsOf(spec)) {
    const where = path === '' ? 'the spec' : path;
    const inside = (key: string): string => (path === '' ? key : `${path}.${key}`);
    checkProperties(view, where);
    checkSize(view, where);
    checkTransforms(view.transform, inside('transform'));
    if (view.params !== undefined) checkParams(view.params, inside('params'));
    if (view.facet !== undefined) checkFacet(view.facet, inside('facet'));
    const kind = compositions.find((key) => key in view);
    checkEncoding(view.encoding, inside('encoding'), rows);
    if (kind === undefined) checkMark(view, where, channels);
    else checkChildren(view[kind], inside(kind), kind === 'spec');
  }
  checkSchema(spec);
}

function checkProperties(view: Plain, where: string): void {
  for (const key of Object.keys(view)) {
    const meant = properties.includes(key) ? undefined : nearest(key, properties);
    if (meant)
      throw new TypeError(`vegaLite: ${where} has '${key}', which is unknown; did you mean '${meant}'?`);
  }
}

function checkParams(params: unknown, path: string): void {
  if (Array.isArray(params) && params.every(isPlain)) return;
  const allowed = "a list such as [{ name: 'rate', value: 0.1 }]";
  throw new TypeError(`vegaLite: ${path} is ${shortText(params)}; allowed is ${allowed}`);
}

function checkFacet(facet: unknown, path: string): void {
  if (isPlain(facet)) return;
  const allowed = "an object such as { field: 'run' } or { row: { field: 'run' } }";
  throw new TypeError(`vegaLite: ${path} is ${shortText(facet)}; allowed is ${allowed}`);
}

function checkMark(view: Plain, where: string, channels: ReadonlySet<string>): void {
  const mark = isPlain(view.mark) ? view.mark.type : view.mark;
  if (mark === undefined) {
    const own = Object.keys(view).filter((key) => key !== '$schema' && key !== 'config');
    const keys = cut(own.join(', '), 80);
    const allowed = `mark, ${compositions.join(', ')}`;
    throw new TypeError(
      `vegaLite: ${where} has no mark, only ${keys || 'nothing'}; allowed is one of ${allowed}`,
    );
  }
  if (typeof mark !== 'string' || !marks.includes(mark)) {
    throw new TypeError(`vegaLite: the mark of ${where} is ${shortText(mark)}; ${allowedText(mark, marks)}`);
  }
  if (placedMarks.includes(mark) && !positions.some((channel) => channels.has(channel))) {
    const example =
      "{ x: { field: 'epoch', type: 'quantitative' }, y: { field: 'loss', type: 'quantitative' } }";
    throw new TypeError(
      `vegaLite: the encoding of ${where} has ${[...channels].join(', ') || 'no channels'}; a mark '${mark}' needs x or y, as in ${example}`,
    );
  }
}

function checkChildren(children: unknown, path: string, isSingle: boolean): void {
  const list = isSingle ? [children] : children;
  if (Array.isArray(list) && list.length > 0 && list.every(isPlain)) return;
  const allowed = isSingle ? 'a view' : 'a list of views';
  throw new TypeError(`vegaLite: ${path} is ${shortText(children)}; allowed is ${allowed}`);
}
