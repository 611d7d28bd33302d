export { toBundle } from './bundle.ts';
export type { OutputChannel, OutputOptions } from './channel.ts';
export type { ClassLabel } from './confusion/classes.ts';
export { type ConfusionMatrix, type ConfusionMatrixOptions, confusionMatrix } from './confusionMatrix.ts';
export { type Display, type DisplayHandle, type DisplayOptions, display } from './display.ts';
export type { Figure } from './figure.ts';
export { type Histogram, type HistogramOptions, histogram } from './histogram.ts';
export { type HistoryFigure, type HistoryOptions, history } from './history.ts';
export { type ImageOptions, image, type ShownImage } from './image.ts';
export type { FitCallbacks, FitOptions } from './live/callbacks.ts';
export type { LiveChartOptions } from './live/options.ts';
export { PushError } from './live/record.ts';
export { type LiveChart, liveChart } from './liveChart.ts';
export { type LossSurface, type LossSurfaceOptions, lossSurface } from './lossSurface.ts';
export { type Markdown, md } from './markdown.ts';
export { type Html, html } from './markup.ts';
export { type PlotlyChart, type PlotlyFigure, type PlotlyOptions, plotly } from './plotly.ts';
export {
  type AsyncProgress,
  type MakeProgress,
  type Progress,
  type ProgressBar,
  type ProgressOptions,
  progress,
} from './progress.ts';
export { type Svg, svg } from './svg.ts';
export { type Table, type TableOptions, table } from './table.ts';
export type { ChartTheme, ThemeTokens } from './theme.ts';
export {
  type Displayable,
  displaySymbol,
  draftSymbol,
  type MimeBundle,
  metadataSymbol,
  type Rendered,
} from './types.ts';
export { type VegaLiteChart, type VegaLiteOptions, vegaLite } from './vegaLite.ts';
export * as widgets from './widgets/index.ts';
export {
  type Interact,
  type Interactive,
  type InteractOptions,
  interact,
  interactive,
} from './widgets/interact/interact.ts';
