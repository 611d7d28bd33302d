import { checkOptions } from '../core/check.ts';
import { isPlain } from './plain.ts';
import { makeChart, noteLook, type VegaLiteChart, type VegaLiteOptions } from './vega/chart.ts';
import { fitDiscreteAxes } from './vega/discrete.ts';
import { addNote, checkMost, limitNote, limitRows } from './vega/many/limit.ts';
import { plainSpec } from './vega/plain.ts';
import { emptyRemarks, hideFromLogScales } from './vega/remarks.ts';
import { nameColours } from './vega/seriesScale.ts';
import { chartSummary } from './vega/summary.ts';
import { chartConfig } from './vega/theme.ts';

export type { VegaLiteChart, VegaLiteOptions } from './vega/chart.ts';

/**
 * A Vega-Lite chart: interactive where the front-end knows Vega-Lite, a PNG everywhere else.
 *
 * Inline data may be rows (objects, Maps, arrays), columns of arrays, typed arrays and tensors, beside which a
 * single value counts for every row, or a tensor of up to two dimensions: of one, its field is `value`, of two
 * they are `0`, `1` and so on. NaN and infinite values are left out. The theme's defaults (size, fonts, colours that
 * the colour-blind can tell apart) give way to the spec's config. A name, such as 'train', has the same colour in all
 * charts of a notebook, unless the spec has its own scale.
 *
 * @param spec a Vega-Lite spec, or an object whose `toSpec()` gives one
 * @param options `html: true` sends text/html too, interactive in exported pages; `png: false` sends none;
 *   `maxPoints` is the number of rows from which on data is reduced
 * @returns a displayable; its `spec` is the plain spec that is sent
 * @throws ArgumentError for an option that does not exist; TypeError if the spec is no plain object or its data is
 *   none; RangeError if its columns differ in length or a tensor has too many dimensions; at display time TypeError, RangeError (a `width` or `height`
 *   beyond 0 to 10,000 pixels, a chart beyond 100,000) or Error naming what is wrong
 * @example
 * vegaLite({
 *   title: 'Training loss',
 *   data: { values: { epoch: [1, 2, 3], loss: new Float32Array([0.9, 0.5, 0.4]) } },
 *   mark: 'line',
 *   encoding: { x: { field: 'epoch', type: 'quantitative' }, y: { field: 'loss', type: 'quantitative' } },
 * })
 */
export function vegaLite(spec: object, options: VegaLiteOptions = {}): VegaLiteChart {
  checkOptions('vegaLite', options, ['html', 'png', 'maxPoints']);
  const plain = plainSpec(spec);
  const isSplit = ['facet', 'repeat', 'concat', 'hconcat', 'vconcat'].some((key) => key in plain);
  const encoding = isPlain(plain.encoding) ? plain.encoding : {};
  const isFaceted = ['facet', 'row', 'column'].some((channel) => channel in encoding);
  const config = chartConfig(plain.config, isSplit || isFaceted, plain.background);
  const note = limitNote(limitRows(plain, checkMost(options.maxPoints)));
  const remarks = [...emptyRemarks(plain), ...hideFromLogScales(plain)];
  fitDiscreteAxes(plain, config);
  nameColours(plain, config);
  const summary = chartSummary(plain);
  if (note !== '') addNote(plain, note, noteLook(config));
  return makeChart(plain, config, options, { remarks, note, summary });
}
