import { allowedText } from '../allowedText.ts';
import { isList, messageOf, shortText } from '../inspect.ts';
import { isPlain } from '../plain.ts';
import { vegaLibrary } from './library.ts';

const transforms =
  'aggregate bin calculate density extent filter flatten fold impute joinaggregate loess lookup pivot quantile regression sample stack timeUnit window'.split(
    ' ',
  );
/** The members that hold expressions wherever they stand; those of the views inside a view are its own. */
const expressionKeys = ['calculate', 'filter', 'and', 'or', 'not', 'test', 'expr', 'labelExpr'];

/** Check the transforms of a view; throws a TypeError that names the place, what is there and what is allowed. */
export function checkTransforms(list: unknown, path: string): void {
  if (list === undefined) return;
  if (!isList(list)) {
    throw new TypeError(
      `vegaLite: ${path} is ${shortText(list)}; allowed is a list such as [{ filter: 'datum.x > 0' }]`,
    );
  }
  for (const [index, transform] of list.entries()) checkTransform(transform, `${path}[${index}]`);
}

function checkTransform(transform: unknown, path: string): void {
  const keys = isPlain(transform) ? Object.keys(transform) : [];
  if (!isPlain(transform) || !transforms.some((name) => keys.includes(name))) {
    throw new TypeError(`vegaLite: ${path} is ${shortText(transform)}; ${allowedText(keys[0], transforms)}`);
  }
  if ('calculate' in transform && typeof transform.as !== 'string') {
    const as = shortText(transform.as);
    throw new TypeError(`vegaLite: ${path}.as is ${as}; allowed is the name of the calculated field`);
  }
}

/** Check that the expressions of a spec can be parsed; throws a TypeError that names the broken one. */
export function checkExpressions(part: unknown, path: string): void {
  if (isList(part)) {
    for (const [index, item] of part.entries()) checkExpressions(item, `${path}[${index}]`);
    return;
  }
  if (!isPlain(part)) return;
  for (const [key, value] of Object.entries(part)) {
    if (key === 'data' || key === 'datasets' || key === 'usermeta') continue;
    const place = path === '' ? key : `${path}.${key}`;
    if (expressionKeys.includes(key)) checkSources(value, place);
    checkExpressions(value, place);
  }
}

function checkSources(value: unknown, path: string): void {
  const sources = isList(value) ? value.map((one, index) => [one, `${path}[${index}]`]) : [[value, path]];
  for (const [source, place] of sources) {
    if (typeof source !== 'string') continue;
    try {
      vegaLibrary().vega.parseExpression(source);
    } catch (error) {
      throw new TypeError(
        `vegaLite: ${place} is ${shortText(source)}, which is no expression: ${messageOf(error)}`,
        { cause: error },
      );
    }
  }
}

/** Whether a value is a reference to an expression, which only the running chart can evaluate. */
export function isExpression(value: unknown): boolean {
  return isPlain(value) && ('expr' in value || 'signal' in value);
}
