/** The toolkit: one namespace a folder. `import … from 'descent-kernel/losses'` loads one alone. */
export {
  type Backend,
  type BackendChoice,
  type BackendInfo,
  type BackendName,
  backend,
  tf,
} from './backend/index.ts';
export * as datasets from './datasets/index.ts';
export {
  confusionMatrix,
  display,
  histogram,
  history,
  html,
  image,
  interact,
  interactive,
  liveChart,
  lossSurface,
  md,
  plotly,
  progress,
  svg,
  table,
  vegaLite,
  widgets,
} from './display/index.ts';
export * as initializers from './initializers/index.ts';
export * as linear from './linear/index.ts';
export * as losses from './losses/index.ts';
export * as optimizers from './optimizers/index.ts';
export * as regularizers from './regularizers/index.ts';
export * as schedules from './schedules/index.ts';
export * as training from './training/index.ts';
export * as transforms from './transforms/index.ts';
