import { describeChapter } from './support/standard.ts';

describeChapter({ path: 'notebooks/02-gradient-descent.ipynb', title: 'Gradient descent', charts: 10 });
