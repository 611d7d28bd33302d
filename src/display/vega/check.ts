import { cut, shortText } from '../inspect.ts';
import { checkEncoding } from './encoding.ts';
import { isPlain, type Plain } from './plain.ts';
import { allowedText, nearest } from './suggest.ts';
import { compositions, viewsOf } from './views.ts';

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
 * channels, types, aggregates and scales, fields that the data does not have. Throws a TypeError.
 */
export function checkSpec(spec: Plain): void {
  if (typeof spec.$schema === 'string' && /\/schema\/vega\//.test(spec.$schema)) {
    throw new TypeError(
      `vegaLite: $schema is ${spec.$schema}, which is for Vega; allowed is a Vega-Lite spec`,
    );
  }
  for (const { view, path, rows } of viewsOf(spec)) {
    const where = path === '' ? 'the spec' : path;
    checkProperties(view, where);
    const kind = compositions.find((key) => key in view);
    if (kind === undefined) checkMark(view, where);
    else checkChildren(view[kind], path === '' ? kind : `${path}.${kind}`, kind === 'spec');
    const encoding = path === '' ? 'encoding' : `${path}.encoding`;
    if (isPlain(view.encoding)) checkEncoding(view.encoding, encoding, rows);
  }
}

function checkProperties(view: Plain, where: string): void {
  for (const key of Object.keys(view)) {
    const meant = properties.includes(key) ? undefined : nearest(key, properties);
    if (meant)
      throw new TypeError(`vegaLite: ${where} has '${key}', which is unknown; did you mean '${meant}'?`);
  }
}

function checkMark(view: Plain, where: string): void {
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
}

function checkChildren(children: unknown, path: string, isSingle: boolean): void {
  const list = isSingle ? [children] : children;
  if (Array.isArray(list) && list.length > 0 && list.every(isPlain)) return;
  const allowed = isSingle ? 'a view' : 'a list of views';
  throw new TypeError(`vegaLite: ${path} is ${shortText(children)}; allowed is ${allowed}`);
}
