import type { GalleryCase } from './case.ts';
import { CHARTS } from './cases/charts.ts';
import { MARKUP } from './cases/markup.ts';
import { OBJECTS } from './cases/objects.ts';
import { IMAGES } from './cases/pictures.ts';
import { PLOTLY } from './cases/plotly.ts';
import { RUNNING } from './cases/running.ts';
import { SUMMARIES } from './cases/summaries.ts';
import { TABLES } from './cases/tables.ts';
import { WIDGETS } from './cases/widgets.ts';

/** The cells of the gallery, in the order of its notebook. */
export const CASES: readonly GalleryCase[] = [
  ...CHARTS,
  ...SUMMARIES,
  ...PLOTLY,
  ...IMAGES,
  ...OBJECTS,
  ...TABLES,
  ...MARKUP,
  ...RUNNING,
  ...WIDGETS,
];
