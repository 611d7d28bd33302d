import type { Spec } from 'vega';
import { isPlain, type Plain } from '../../plain.ts';
import { type Compiled, isLoading, runChart } from '../draw.ts';
import { type Leaf, leavesOf } from '../leaves.ts';
import { freezeData } from './freeze.ts';
import { addNote, keptRows, type Limited, limitNote } from './limit.ts';

/** A chart whose data was computed here, because all of it is too much for a page. */
export interface Reduced {
  readonly spec: Spec;
  /** What the reader should know; empty if the chart is what it would be with all rows. */
  readonly note: string;
}

/**
 * Compute the data of a large chart, so that only what it draws has to be sent. A chart that loads data stays as
 * it is.
 *
 * @param spec the Vega-Lite spec of the chart
 * @param most rows of data that nothing reduces
 * @param look of a note
 */
export function reduceChart(compiled: Compiled, spec: Plain, most: number, look: Plain): Reduced | undefined {
  if (isLoading(compiled.spec as unknown as Plain)) return undefined;
  const limited: Limited[] = [];
  const choose = (rows: readonly unknown[]): readonly unknown[] => {
    const kept = keptRows(rows, readersOf(spec, rows), most);
    limited.push({ shown: kept.length, total: rows.length });
    return kept;
  };
  const view = runChart({ ...compiled, spec: dataOnly(compiled.spec) });
  const frozen = freezeData(compiled.spec, view, most, choose) as unknown as Plain;
  view.finalize();
  const note = limitNote(limited);
  if (note !== '') addNote(frozen, note, look);
  return { spec: frozen as unknown as Spec, note };
}

/** Without marks, which for so many rows take a minute. */
function dataOnly(spec: Spec): Spec {
  const { axes: _axes, legends: _legends, title: _title, layout: _layout, ...rest } = spec;
  return { ...rest, marks: [] };
}

/** The views that may draw such rows; nobody knows better once transforms made them. */
function readersOf(spec: Plain, rows: readonly unknown[]): Leaf[] {
  const [row] = rows;
  const drawn = [...leavesOf(spec)].filter(({ encoding }) =>
    ['x', 'y'].every((channel) => {
      const definition = encoding[channel];
      return isPlain(definition) && isPlain(row) && String(definition.field) in row;
    }),
  );
  const [any] = leavesOf(spec);
  return drawn.length > 0 || !any ? drawn : [{ ...any, mark: 'point', encoding: {} }];
}
