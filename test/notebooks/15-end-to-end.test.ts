import { describeChapter } from './support/standard.ts';

describeChapter({
  path: 'notebooks/15-end-to-end.ipynb',
  title: 'End to end',
  charts: 8,
});
