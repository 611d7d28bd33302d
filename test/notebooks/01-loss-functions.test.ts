import { describeChapter } from './support/standard.ts';

describeChapter({ path: 'notebooks/01-loss-functions.ipynb', title: 'Loss functions', charts: 4 });
