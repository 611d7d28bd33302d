import { readMember } from '../inspect.ts';
import { isPlain, type Plain } from '../plain.ts';
import { compileChart, runChart } from './draw.ts';
import { dataRows } from './views.ts';

/** Where a view reads its fields from. */
export interface Source {
  readonly datasets: Plain;
  readonly rows: ReturnType<typeof dataRows>;
  readonly transforms: readonly unknown[];
  /** The fields of the nearest `repeat`. */
  readonly repeat: unknown;
}

/** More are never needed: no palette has so many colours. */
const most = 60;
/** More rows would take too long. */
const mostComputed = 50_000;
/** Transforms that add fields and keep all others and all rows. */
const adding = 'bin calculate extent joinaggregate stack timeUnit window'.split(' ');

/** The source of a view, given that of the view above. */
export function sourceOf(view: Plain, above?: Source): Source {
  const datasets = above?.datasets ?? (isPlain(view.datasets) ? view.datasets : {});
  const own = Array.isArray(view.transform) ? view.transform : view.transform === undefined ? [] : [{}];
  const hasData = 'data' in view;
  return {
    datasets,
    rows: hasData ? dataRows(view.data, datasets) : (above?.rows ?? 'none'),
    transforms: hasData || !above ? own : [...above.transforms, ...own],
    repeat: view.repeat ?? above?.repeat,
  };
}

/** The categories that a nominal definition shows; undefined where only the running chart knows them. */
export function categoriesOf(definition: Plain, source: Source): Set<unknown> | undefined {
  const { field, datum, type, bin, timeUnit, aggregate } = definition;
  const isNominal = type === undefined || /^n(ominal)?$/i.test(String(type));
  if (!isNominal || bin !== undefined || timeUnit !== undefined || aggregate !== undefined) return undefined;
  if (datum !== undefined) return constants(datum, type, source.repeat);
  if (typeof field !== 'string' || /[.[\\]/.test(field)) return undefined;
  return fieldValues(field, source);
}

function constants(datum: unknown, type: unknown, repeat: unknown): Set<unknown> | undefined {
  const key = readMember(datum, 'repeat');
  const repeated = key === 'repeat' ? repeat : readMember(repeat, String(key));
  if (Array.isArray(repeated)) return new Set(repeated);
  // A number without a type is quantitative.
  return typeof datum === 'string' || (isSimple(datum) && type !== undefined) ? new Set([datum]) : undefined;
}

function fieldValues(field: string, source: Source): Set<unknown> | undefined {
  const { rows, transforms } = source;
  for (const transform of transforms.toReversed()) {
    if (!isPlain(transform)) return undefined;
    if (Array.isArray(transform.fold)) {
      const [key = 'key', value = 'value'] = Array.isArray(transform.as) ? transform.as : [];
      if (key === field) return new Set(transform.fold);
      if (value === field) return undefined;
      continue;
    }
    if (!keepsField(transform, field)) return computedValues(field, source);
  }
  return Array.isArray(rows) ? distinct(rows, field) : undefined;
}

/** What the transforms leave of a field, found by running them; undefined where the user changes it later. */
function computedValues(field: string, { rows, transforms }: Source): Set<unknown> | undefined {
  if (!Array.isArray(rows) || rows.length > mostComputed || JSON.stringify(transforms).includes('"param"')) {
    return undefined;
  }
  const encoding = { color: { field, type: 'nominal' } };
  try {
    const view = runChart(
      compileChart({ data: { values: rows }, transform: transforms, mark: 'point', encoding }),
    );
    const values: unknown[] = view.scale('color').domain();
    view.finalize();
    return values.length <= most && values.every(isSimple) ? new Set(values) : undefined;
  } catch {
    // Whatever is wrong is said when the chart itself is drawn.
    return undefined;
  }
}

function keepsField(transform: Plain, field: string): boolean {
  if (Array.isArray(transform.aggregate)) {
    return Array.isArray(transform.groupby) && transform.groupby.includes(field);
  }
  const made = [transform.as, ...lists(transform).map((part) => readMember(part, 'as'))].flat();
  return adding.some((name) => name in transform) && !made.includes(field);
}

function lists(transform: Plain): unknown[] {
  return Object.values(transform).flatMap((value) => (Array.isArray(value) ? value : []));
}

function distinct(rows: readonly unknown[], field: string): Set<unknown> | undefined {
  const values = new Set<unknown>();
  for (const row of rows) {
    const value = readMember(row, field);
    if (!isSimple(value)) return undefined;
    values.add(value);
    if (values.size > most) return undefined;
  }
  return values;
}

function isSimple(value: unknown): boolean {
  return (
    value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
  );
}
