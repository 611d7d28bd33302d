import { describeChapter } from './support/standard.ts';

describeChapter({
  path: 'notebooks/06-regularisation-and-normalisation.ipynb',
  title: 'Regularisation and normalisation',
  charts: 4,
});
