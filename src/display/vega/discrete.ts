import { readMember } from '../inspect.ts';
import { isPlain, type Plain } from '../plain.ts';
import type { VegaConfig } from './theme.ts';
import { type Rows, type ViewAt, viewsOf } from './views.ts';

const narrowest = 24;
const widest = 80;
/** Pixels of a character of an axis label, on average. */
const characterWidth = 7;
const labelGap = 8;

/**
 * Give horizontal axes of categories a width that suits their number, and level labels where they fit.
 * Vega-Lite's own default is 20 pixels a category with every label on its side.
 */
export function fitDiscreteAxes(spec: Plain, config: VegaConfig): void {
  const view = config.view;
  if (readMember(view, 'discreteWidth') !== undefined || readMember(view, 'step') !== undefined) return;
  const target = Number(readMember(view, 'continuousWidth')) || 480;
  for (const at of [...viewsOf(spec)]) {
    const axis = at.isLayer ? undefined : discreteAxis(at);
    if (axis) fitAxis(at.view, axis, target);
  }
}

interface DiscreteAxis {
  readonly definition: Plain;
  readonly labels: readonly string[];
  readonly isGrouped: boolean;
}

function discreteAxis({ view, rows }: ViewAt): DiscreteAxis | undefined {
  const layers = Array.isArray(view.layer) ? view.layer : [];
  for (const { encoding } of [view, ...layers].filter(isPlain)) {
    if (!isPlain(encoding) || !isPlain(encoding.x)) continue;
    const labels = labelsOf(encoding.x, rows);
    if (labels) return { definition: encoding.x, labels, isGrouped: 'xOffset' in encoding };
  }
  return undefined;
}

function labelsOf({ field, type, bin, timeUnit }: Plain, rows: Rows): string[] | undefined {
  const isDiscrete =
    (type === 'nominal' || type === 'ordinal') && bin === undefined && timeUnit === undefined;
  if (!isDiscrete || typeof field !== 'string' || !Array.isArray(rows)) return undefined;
  const labels = new Set(rows.map((row) => String(readMember(row, field))));
  return labels.size === 0 ? undefined : [...labels];
}

function fitAxis(view: Plain, { definition, labels, isGrouped }: DiscreteAxis, target: number): void {
  const longest = labels.reduce((most, label) => Math.max(most, label.length), 0) * characterWidth + labelGap;
  const even = Math.max(narrowest, Math.min(widest, Math.floor(target / labels.length)));
  const step = longest > even && longest * labels.length <= 1.2 * target ? longest : even;
  const width = view.width ?? step * labels.length;
  if (view.width === undefined) view.width = isGrouped ? { step, for: 'position' } : { step };
  const isRoomy = typeof width === 'number' && longest <= width / labels.length;
  const { axis = {} } = definition;
  if (isRoomy && isPlain(axis) && axis.labelAngle === undefined) definition.axis = { labelAngle: 0, ...axis };
}
