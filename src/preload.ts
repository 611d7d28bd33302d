/** Where a name that a cell finds preloaded comes from. */
export interface Preload {
  /** A folder of the toolkit. */
  module: string;
  /** One export of it; all of them, as a namespace, when absent. */
  export?: string;
  /** The name computes on tensors: the back end is made ready before a cell that mentions it runs. */
  backend?: boolean;
}

const shown = (name: string): [string, Preload] => [name, { module: 'display', export: name }];
const computing = (name: string): [string, Preload] => [name, { module: name, backend: true }];

/** What a cell finds preloaded, by name. */
export const preloads: Record<string, Preload> = Object.fromEntries([
  ['tf', { module: 'backend', export: 'tf', backend: true }],
  ['backend', { module: 'backend', export: 'backend', backend: true }],
  ...['initializers', 'linear', 'losses', 'optimizers', 'regularizers', 'training', 'transforms'].map(
    computing,
  ),
  ...['datasets', 'schedules'].map((name) => [name, { module: name }]),
  ...'display html md svg plotly vegaLite image table histogram confusionMatrix lossSurface history progress liveChart interact widgets'
    .split(' ')
    .map(shown),
]);
