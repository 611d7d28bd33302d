import { attempt, shapeText } from '../../core/text/layer.ts';
import { bytesText, countText } from '../../core/text/numbers.ts';
import { isList } from '../inspect.ts';
import type { MimeBundle } from '../types.ts';
import { type Pair, pairsMarkup } from './pairs.ts';

interface Port {
  readonly name: string;
  readonly shape?: unknown;
  readonly dtype?: unknown;
}

/** A converted model, of which only the graph is known. */
export interface AnyGraphModel {
  readonly inputs?: readonly Port[];
  readonly outputs?: readonly Port[];
  readonly weights?: Readonly<Record<string, readonly { readonly size?: number }[]>>;
  readonly executor?: {
    readonly graph?: { readonly nodes?: Readonly<Record<string, { readonly op?: string }>> };
  };
}

const mostOperations = 12;
const longestName = 40;

/** A converted model: what goes in and out, its operations and its parameters. */
export function graphModelBundle(model: AnyGraphModel): MimeBundle {
  if (attempt(() => model.executor?.graph) === undefined) {
    return { 'text/plain': 'GraphModel that is not loaded: await model.load()' };
  }
  const pairs: Pair[] = [
    ['inputs', ports(attempt(() => model.inputs))],
    ['outputs', ports(attempt(() => model.outputs))],
    ['operations', operations(model)],
    ['parameters', parameters(model)],
  ];
  return {
    'text/html': pairsMarkup('GraphModel', '', pairs),
    'text/plain': ['GraphModel', ...pairs.map(([name, value]) => `  ${name.padEnd(10)}  ${value}`)].join(
      '\n',
    ),
  };
}

function ports(list: readonly Port[] | undefined): string {
  if (!isList(list) || list.length === 0) return 'none';
  return list
    .map(({ name, shape, dtype }) => {
      const sizes = isList(shape) ? shape.map((size) => (size === -1 ? null : size)) : shape;
      return `${String(name).slice(0, longestName)} ${dtype ?? ''} ${shapeText(sizes)}`.replace(/ +/g, ' ');
    })
    .join('; ');
}

function operations({ executor }: AnyGraphModel): string {
  const counts = new Map<string, number>();
  for (const { op = '?' } of Object.values(executor?.graph?.nodes ?? {})) {
    if (op !== 'Const' && op !== 'Placeholder') counts.set(op, (counts.get(op) ?? 0) + 1);
  }
  const sorted = [...counts].sort(([, a], [, b]) => b - a);
  const shown = sorted.slice(0, mostOperations).map(([op, count]) => (count === 1 ? op : `${op} × ${count}`));
  const total = sorted.reduce((sum, [, count]) => sum + count, 0);
  return `${total}: ${shown.join(', ')}${sorted.length > shown.length ? ', …' : ''}`;
}

function parameters(model: AnyGraphModel): string {
  const weights = attempt(() => Object.values(model.weights ?? {}).flat()) ?? [];
  const total = weights.reduce((sum, { size = 0 }) => sum + size, 0);
  return `${countText(total)} (${bytesText(4 * total)})`;
}
