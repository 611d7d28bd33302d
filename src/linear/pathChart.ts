import { type ChartDescription, described } from '../core/description.ts';
import { logarithmic } from '../core/logarithmic.ts';

interface Path {
  readonly alphas: number[];
  readonly coefficients: number[][];
}

/** A line has no more points than this. */
const POINTS = 200;

function textOf({ alphas, coefficients }: Path): string {
  const every = Math.max(1, Math.ceil(alphas.length / 10));
  const lines = alphas.flatMap((alpha, i) => {
    if (i % every !== 0 && i !== alphas.length - 1) return [];
    const used = coefficients[i]!.filter((w) => w !== 0).length;
    return [`alpha ${alpha.toPrecision(3).padEnd(9)} ${used} of ${coefficients[i]!.length} features`];
  });
  return lines.join('\n');
}

function chartOf(name: string, path: Path): ChartDescription {
  const { alphas, coefficients } = path;
  const every = Math.ceil(alphas.length / POINTS);
  const values = alphas.flatMap((alpha, i) =>
    i % every === 0
      ? coefficients[i]!.map((coefficient, j) => ({ alpha, coefficient, feature: `${j + 1}` }))
      : [],
  );
  const order = coefficients[0]!.map((_, j) => `${j + 1}`);
  const spec = {
    title: { text: name, subtitle: 'the penalty falls from left to right' },
    width: 420,
    height: 240,
    data: { values },
    mark: { type: 'line', tooltip: true },
    encoding: {
      x: {
        field: 'alpha',
        type: 'quantitative',
        title: 'alpha',
        ...logarithmic,
        scale: { ...logarithmic.scale, reverse: true },
      },
      y: { field: 'coefficient', type: 'quantitative', title: 'coefficient' },
      color: { field: 'feature', type: 'nominal', sort: order, title: 'feature' },
    },
  };
  return { spec, text: textOf(path) };
}

/** Lets a path show itself as a chart of its coefficients. */
export const shown = <P extends Path>(name: string, path: P): P =>
  described(path, { kind: 'chart', name, options: {}, chart: () => chartOf(name, path) });
