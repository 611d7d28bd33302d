import { describeChapter } from './support/standard.ts';

describeChapter({
  path: 'notebooks/05-schedules-and-clipping.ipynb',
  title: 'Schedules and clipping',
  charts: 7,
});
