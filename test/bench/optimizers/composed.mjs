// A step of every optimizer on a million parameters in 20 tensors, half of them matrices, beside a step of tfjs's Adam
// on the same back end, in turns. Figures are the tenth of each that is fastest, as on a busy machine the median tells of
// what else it does.
import { nativeTensorflow } from '../../config/native.mjs';
import { quantile } from '../figures.mjs';

export const name = 'composed';

const ROUNDS = 10;
const TENSORS = 20;
const SHAPES = [[250, 200], [50_000]];
const BACKENDS = ['wasm', 'cpu', 'tensorflow'];
/** Of those that do about as much for each parameter as Adam. */
const LIMIT = 3;

/** What is measured, by its title; those of matrices multiply them, and have no limit. */
function optimizers(all) {
  const { sgd, lookahead, sam, muon, soap, shampoo } = all;
  const momentum = () => sgd({ learningRate: 1e-4, momentum: 0.9 });
  const named = [
    ...[
      'sgd',
      'adagrad',
      'rmsprop',
      'adadelta',
      'adam',
      'amsgrad',
      'adamax',
      'nadam',
      'adamw',
      'radam',
      'lion',
    ],
    ...['lamb', 'lars', 'yogi', 'ftrl', 'scheduleFree', 'adafactor'],
  ];
  return [
    ...named.map((each) => ({ title: each, make: () => all[each]({ learningRate: 1e-4 }) })),
    { title: 'sgd with momentum', make: momentum },
    { title: 'adam, clipnorm', make: () => all.adam({ learningRate: 1e-4, clipnorm: 1 }) },
    { title: 'adam, globalClipnorm', make: () => all.adam({ learningRate: 1e-4, globalClipnorm: 1 }) },
    { title: 'adam, useEma', make: () => all.adam({ learningRate: 1e-4, useEma: true }) },
    { title: 'lookahead of momentum', make: () => lookahead(momentum()) },
    { title: 'sam of momentum, both passes', make: () => sam(momentum()) },
    ...Object.entries({ muon, soap, shampoo }).map(([title, make]) => ({
      title,
      make: () => make({ learningRate: 1e-4 }),
      isLimited: false,
    })),
  ];
}

/** Times each call for about so long, at least once; each is prepared for, which does not count. */
function times({ prepare, step, finish }, milliseconds) {
  const taken = [];
  for (const end = performance.now() + milliseconds; taken.length === 0 || performance.now() < end; ) {
    const prepared = prepare();
    const begin = performance.now();
    step(prepared);
    taken.push(performance.now() - begin);
    finish(prepared);
  }
  return taken;
}

/** What two steps take that are taken in turns. */
function compare(ours, theirs, milliseconds) {
  const [a, b] = [[], []];
  // The first round warms up: V8 compiles what is called often anew, and better. Of what is slow, a step is enough.
  const [first] = times(ours, milliseconds / ROUNDS);
  const rounds = first > milliseconds ? 1 : ROUNDS;
  times(theirs, milliseconds / ROUNDS);
  for (let round = 0; round < rounds; round += 1) {
    a.push(...times(ours, milliseconds / ROUNDS));
    b.push(...times(theirs, milliseconds / ROUNDS));
  }
  return [quantile(a, 0.1), quantile(b, 0.1)];
}

function measure(tf, all, backendName, milliseconds) {
  const shapes = Array.from({ length: TENSORS }, (_, i) => SHAPES[i % SHAPES.length]);
  const variables = shapes.map((shape, i) => tf.variable(tf.randomNormal(shape, 0, 0.1, 'float32', i + 1)));
  const gradients = variables.map((variable, i) => ({
    name: variable.name,
    tensor: tf.randomNormal(variable.shape, 0, 0.1, 'float32', i + 100),
  }));
  // Gradients are new ones in every step, made by the back end, as in training.
  const fresh = () => gradients.map(({ name, tensor }) => ({ name, tensor: tf.neg(tensor) }));
  const stepOf = (optimizer) => ({
    prepare: () => Array.from({ length: optimizer.gradientPasses ?? 1 }, fresh),
    step: (passes) => {
      for (const each of passes) optimizer.applyGradients(each);
    },
    finish: (passes) => tf.dispose(passes.flat().map(({ tensor }) => tensor)),
  });
  const adam = tf.train.adam(1e-4);
  const rows = optimizers(all).map(({ title, make, isLimited = true }) => {
    const optimizer = make();
    const [ours, reference] = compare(stepOf(optimizer), stepOf(adam), milliseconds);
    optimizer.dispose();
    const limit = isLimited ? { limit: LIMIT } : {};
    const values = { ours, reference: ['tf.train.adam', reference], ratio: ours / reference };
    return { title: `${title}, ${backendName}`, unit: 'ms', ...values, ...limit };
  });
  adam.dispose();
  tf.dispose([variables, gradients.map(({ tensor }) => tensor)]);
  return rows;
}

export async function run({ milliseconds, backend: only }) {
  const { folder } = process.env.DESCENT_TENSORFLOW ? {} : await nativeTensorflow().catch(() => ({}));
  if (folder) process.env.DESCENT_TENSORFLOW = folder;
  const { backend, tf } = await import('../../../dist/src/backend/index.js');
  const all = await import('../../../dist/src/optimizers/index.js');
  const rows = [];
  for (const backendName of BACKENDS.filter((each) => each.includes(only))) {
    const isThere = await backend.use(backendName).then(
      () => true,
      () => false,
    );
    if (isThere) rows.push(...measure(tf, all, backendName, milliseconds));
    else rows.push({ title: backendName, note: 'not here' });
  }
  return rows;
}
