import { themeTokens } from '../theme.ts';
import { axes, type DrawnSurface, pointTooltip } from './drawn.ts';
import type { Walk } from './walk.ts';

/** Up to this many steps each has a dot. */
const dottedUpTo = 100;

type Step = Walk['points'][number];

/** Each path with a rim in the colour of the page, which its own can be told from, a ring where it starts and a diamond where it ends. */
export function walkLayers(drawn: DrawnSurface): object[] {
  const { walks } = drawn;
  const isNamed = walks.length > 1 || walks[0]?.name !== 'path';
  const color = isNamed
    ? { field: 'path', type: 'nominal', title: null, sort: null }
    : { value: themeTokens().colors[1] };
  const unlisted = isNamed ? { ...color, legend: null } : color;
  return [lines(drawn, color, unlisted), ends(drawn, unlisted)];
}

function lines(drawn: DrawnSurface, color: object, unlisted: object): object {
  const { walks } = drawn;
  const rows = walks.flatMap(({ name, points }) =>
    points.map((point) => ({ path: name, ...rounded(point) })),
  );
  const isDotted = walks.every(({ points }) => points.length <= dottedUpTo);
  const line = { ...axes(drawn), order: { field: 'step', type: 'quantitative' } };
  const mark = { type: 'line', clip: true, tooltip: null };
  return {
    data: { values: rows },
    resolve: { scale: { color: 'independent' } },
    layer: [
      {
        mark: { ...mark, strokeWidth: 5, color: themeTokens().background, opacity: 0.85 },
        encoding: { ...line, detail: { field: 'path', type: 'nominal' } },
      },
      { mark: { ...mark, strokeWidth: 2.2 }, encoding: { ...line, color } },
      {
        mark: { type: 'point', size: isDotted ? 16 : 60, opacity: isDotted ? 1 : 0, clip: true },
        encoding: { ...axes(drawn), color: unlisted, tooltip: stepTooltip(drawn) },
      },
    ],
  };
}

function ends(drawn: DrawnSurface, color: object): object {
  const values = drawn.walks.flatMap(({ name, points }) => {
    const [first, last] = [points[0], points.at(-1)];
    const mark = (point: Step, end: string): object => ({ path: name, end, ...rounded(point) });
    return first && last ? [mark(first, 'start'), mark(last, 'end')] : [];
  });
  const { background, foreground } = themeTokens();
  const outline = { stroke: background, strokeWidth: 1 };
  const legend = { symbolFillColor: foreground, symbolStrokeColor: foreground };
  const scale = { domain: ['start', 'end'], range: ['circle', 'diamond'] };
  return {
    data: { values },
    mark: { type: 'point', filled: true, size: 90, opacity: 1, clip: true, ...outline },
    encoding: {
      ...axes(drawn),
      color,
      shape: { field: 'end', type: 'nominal', title: null, scale, legend },
      tooltip: [{ field: 'end', type: 'nominal', title: ' ' }, ...stepTooltip(drawn)],
    },
  };
}

function stepTooltip(drawn: DrawnSurface): object[] {
  const step = { field: 'step', type: 'quantitative', format: ',' };
  return [{ field: 'path', type: 'nominal' }, step, ...pointTooltip(drawn)];
}

function rounded({ step, x, y, value }: Step): object {
  const [a, b, c] = [x, y, value].map((number) => Number(number.toPrecision(6)));
  return { step, x: a, y: b, value: c };
}
