// A notebook of 60 cells, and what somebody types below it.

const BASE = [
  'const x1 = tf.tensor2d([[1, 2], [3, 4]]);',
  'const y1 = tf.tensor1d([1, 0]);',
  "const model = tf.sequential(); model.add(tf.layers.dense({ units: 4, inputShape: [2], activation: 'relu' }));",
  "model.add(tf.layers.dense({ units: 1 })); model.compile({ optimizer: 'sgd', loss: 'meanSquaredError' });",
  "interface Row { name: string; size: 'small' | 'large'; values: number[] }",
  "const rows: Row[] = [{ name: 'a', size: 'small', values: [1, 2] }];",
  'function summarize(row: Row, digits = 2): { mean: string } { return { mean: row.values.map(Number).join() } }',
  "import { readFileSync, existsSync } from 'node:fs';",
  "let mode: 'train' | 'test' = 'train';",
  'class Trainer { constructor(readonly net: tf.LayersModel, public epochs = 3) {} run(): Promise<number> { return Promise.resolve(this.epochs) } }',
  'const trainer = new Trainer(model);',
  'const lookup = new Map(rows.map((row) => [row.name, row]));',
];

const FILLER = [
  (n) => `const t${n} = tf.tidy(() => x1.add(${n}).mul(2).sum());`,
  (n) => `const loss${n} = losses.meanSquaredError([1, 2], [${n}, 2]).dataSync()[0];`,
  (n) => `function step${n}(a: tf.Tensor, b = ${n}): tf.Tensor { return a.mul(b).relu() }`,
  (n) => `const result${n} = step${n - 1}(x1).dataSync().length;`,
  (n) => `let list${n} = [1, 2, ${n}].map((v) => ({ v, twice: v * 2 }));`,
  (n) => `const text${n} = rows.map((row) => row.name + ${n}).join();`,
];

export const NOTEBOOK = [
  ...BASE,
  ...Array.from({ length: 60 - BASE.length }, (_, at) => FILLER[at % FILLER.length](at + 1)),
];

/** A text that is typed character by character from `from` on. */
const typing = (before, from, text) =>
  Array.from({ length: text.length - from + 1 }, (_, at) => before + text.slice(0, from + at));

/** By kind, the texts with the cursor at their end, in the order in which they are typed. */
export const TYPED = {
  'tf.': [
    ...typing('', 3, 'tf.tensor2d'),
    ...typing('const a = ', 3, 'tf.layers.dense'),
    ...typing('', 9, 'tf.train.adam'),
    ...typing('const b = tf.tidy(() => ', 3, 'tf.matMul'),
    ...typing('', 7, 'losses.huber'),
  ],
  'model.': [
    ...typing('', 6, 'model.summary'),
    ...typing('await ', 6, 'model.fit'),
    ...typing('', 13, 'model.layers[0].getWeights'),
    ...typing('const t = ', 12, 'trainer.net.predict'),
  ],
  'x1.': [
    ...typing('', 3, 'x1.reshape'),
    ...typing('const z = ', 10, 'x1.add(y1).mul'),
    ...typing('const w = ', 14, 'x1.dataSync().map'),
    ...typing('', 3, 't1.print'),
  ],
  'keys of an argument': [
    ...typing('', 18, 'tf.layers.dense({ units'),
    ...typing('', 28, 'tf.layers.dense({ units: 1, activation'),
    ...typing('', 14, 'model.compile({ optimizer'),
    ...typing('const row: Row = ', 2, '{ name'),
  ],
  names: [
    ...typing('', 1, 'summarize'),
    ...typing('const total = ', 1, 'rows'),
    ...typing('', 1, 'trainer'),
    ...typing('let later: ', 1, 'Trainer'),
  ],
  strings: [
    ...typing('', 8, "mode = 'test"),
    ...typing('', 40, "tf.layers.dense({ units: 1, activation: 'relu"),
    ...typing('if (', 10, "mode === 'train"),
  ],
  imports: [
    ...typing('', 15, "import x from 'node:path"),
    ...typing('import { ', 0, 'join'),
    ...typing("await import('", 0, 'node:f'),
  ],
  members: [
    ...typing('', 8, 'rows[0]!.values'),
    ...typing('', 16, 'lookup.get("a")?.size'),
    ...typing('rows.map((row) => ', 4, 'row.name'),
    ...typing('', 19, 'summarize(rows[0]).mean'),
    ...typing('', 8, 'trainer.epochs.toFixed'),
  ],
};

/** In each cell, the ends of the names that are looked at, as with Shift-Tab. */
export const HOVERED = [...BASE, 'summarize(rows[0]!, 3)', 'tf.tidy(() => losses.huber([1], [2]))'].flatMap(
  (code) =>
    [...code.matchAll(/(?<=[ .(=])(?:tf|losses|model|rows?|[a-z]+(?=[.(=;])|[A-Z]\w+)\b/g)]
      .slice(0, 6)
      .map(({ index, 0: name }) => ({ code, cursor: index + name.length })),
);
