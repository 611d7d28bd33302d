import { describeChapter } from './support/standard.ts';

describeChapter({ path: 'notebooks/03-adaptive-optimizers.ipynb', title: 'Adaptive optimizers', charts: 5 });
