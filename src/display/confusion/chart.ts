import { luminance, parseColour } from '../colour/colour.ts';
import { scaleColours } from '../theme/scales.ts';
import { normalized } from './normalize.ts';

/** What is drawn: counts, and the values shown in the cells, which may be shares. */
export interface DrawnMatrix {
  readonly names: readonly string[];
  readonly counts: readonly (readonly number[])[];
  readonly values: readonly (readonly number[])[];
  readonly isShare: boolean;
  readonly title: string;
  readonly subtitle: string;
}

const scheme = 'blues';
/** More classes than this have no numbers in their cells. */
const numberedUpTo = 25;
/** Below this luminance white text is the better one. */
const darkBelow = 0.3;

/** The Vega-Lite spec of a confusion matrix. */
export function matrixSpec(matrix: DrawnMatrix): object {
  const { names, title, subtitle } = matrix;
  const size = names.length;
  const step = size <= 12 ? 44 : size <= numberedUpTo ? 32 : Math.max(4, Math.floor(700 / size));
  const isNumbered = size <= numberedUpTo;
  const isLong = names.some((name) => name.length * 7 > step);
  const axis = { labelOverlap: size > numberedUpTo, ticks: false, domain: false };
  return {
    title: { text: title, subtitle },
    width: { step },
    height: { step },
    data: { values: rowsOf(matrix) },
    encoding: {
      x: {
        ...{ field: 'predicted', type: 'nominal', sort: null, title: size === 0 ? null : 'predicted' },
        ...{
          scale: { domain: names, padding: 0 },
          axis: { ...axis, labelAngle: isLong ? -45 : 0, labelAlign: isLong ? 'right' : 'center' },
        },
      },
      y: {
        field: 'true',
        type: 'nominal',
        sort: null,
        title: size === 0 ? null : 'true',
        scale: { domain: names, padding: 0 },
        axis,
      },
      tooltip: tooltip(),
    },
    layer: [
      {
        mark: { type: 'rect', stroke: '#ffffff', strokeWidth: size > 60 ? 0 : 1 },
        encoding: { color: colour(matrix) },
      },
      ...(isNumbered ? [numbers(matrix)] : []),
    ],
  };
}

function rowsOf({ names, counts, values }: DrawnMatrix): object[] {
  const [ofTrue, ofPredicted] = [normalized(counts, 'true'), normalized(counts, 'pred')];
  return names.flatMap((name, r) =>
    names.map((predicted, c) => ({
      ...{ true: name, predicted, count: counts[r]![c], value: rounded(values[r]![c]!) },
      ...{ ofTrue: rounded(ofTrue[r]![c]!), ofPredicted: rounded(ofPredicted[r]![c]!) },
    })),
  );
}

function rounded(value: number): number {
  return Number(value.toPrecision(6));
}

function tooltip(): object[] {
  return [
    { field: 'true', type: 'nominal' },
    { field: 'predicted', type: 'nominal' },
    { field: 'count', type: 'quantitative', format: ',' },
    { field: 'ofTrue', type: 'quantitative', title: 'share of the true', format: '.1%' },
    { field: 'ofPredicted', type: 'quantitative', title: 'share of the predicted', format: '.1%' },
  ];
}

function colour({ isShare, values }: DrawnMatrix): object {
  const scale = { scheme, domain: [0, isShare ? 1 : largest(values)] };
  if (values.length === 0) return { field: 'value', type: 'quantitative', scale, legend: null };
  const legend = isShare ? { title: 'share', format: '.0%' } : { title: 'count', tickMinStep: 1 };
  return { field: 'value', type: 'quantitative', scale, legend };
}

function largest(values: readonly (readonly number[])[]): number {
  return Math.max(1e-9, ...values.map((row) => Math.max(...row)));
}

/** White on the dark cells, black on the others. */
function numbers({ isShare, values }: DrawnMatrix): object {
  const steps = scaleColours(scheme).map((text) => luminance(parseColour(text)?.rgb ?? [255, 255, 255]));
  const dark = steps.findIndex((step) => step < darkBelow) / (steps.length - 1);
  const above = (isShare ? 1 : largest(values)) * dark;
  const isSmall = values.length > 12;
  return {
    mark: { type: 'text', fontSize: isSmall ? 9 : 11, tooltip: null },
    encoding: {
      text: {
        field: 'value',
        type: 'quantitative',
        format: isShare ? '.2f' : largest(values) > 9999 ? '.2~s' : '',
      },
      color: { condition: { test: `datum.value >= ${above}`, value: '#ffffff' }, value: '#1a1a1a' },
    },
  };
}
