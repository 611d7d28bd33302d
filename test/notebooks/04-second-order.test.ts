import { describeChapter } from './support/standard.ts';

describeChapter({ path: 'notebooks/04-second-order.ipynb', title: 'Second-order methods', charts: 6 });
