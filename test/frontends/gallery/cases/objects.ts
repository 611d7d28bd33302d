import { type GalleryCase, IS_HTML, ONLY_HTML } from '../case.ts';

const BRANCHES = `const input = tf.input({ shape: [32, 32, 3], name: 'photo' });
const conv = (filters: number, x: any): any => tf.layers.conv2d({ filters, kernelSize: 3, padding: 'same', activation: 'relu' }).apply(x);
let net: any = conv(16, input);
for (let block = 0; block < 9; block++) net = tf.layers.add().apply([net, conv(16, conv(16, net))]);
const output: any = tf.layers.dense({ units: 10, activation: 'softmax', name: 'class' }).apply(tf.layers.flatten().apply(net));`;

/** Two frames of 24×24: red to blue, and green to yellow. */
const GIF =
  'R0lGODlhGAAYAPIAAPQAC9MALLEATpAAb28AkE4AsSwA0wsA9CH5BAAAAAAAIf8LTkVUU0NBUEUyLjADAQAAACwAAAAAGAAYAAADkAi63P4wrtCoovZhEDr3WyeC32ie6CiIa7q2wSvIcjzb96zvfO/7g1nwNxwYj0gBcqlcOp9QglE6oE6rV6R0S+hyq10wmOstm8/nglntZaPZ6oKcEK/L73O8fs/vFwx/eICBcoOFBoCIiH+KioyJj42Sk5QGB5aKl4iXnJianpYHnKKinqWkoaSqq6ytrq+sCQAh+QQAAAAAACwAAAAAGAAYAIILhgAslgBOpwBvtwCQyACx2ADT6QD0+QADhwi63P4wyulCADbjbHfnYCiCQlZyp3WWKSu4Lxu8c1zHeK7rg9DvuN4v6BsYj0hhMclsOpuEZNQYnR6r2AFhq91ysWCveEwuewtmAho9LrjX7/haLa/b73VDXO/m8wt/gAaDgIKDh4SHhYiMjY6IBwaRjZGVkpeDlgebnJyXnqCdoqOkpaanCQA7';

/** What shows itself as the last expression of a cell. */
export const OBJECTS: readonly GalleryCase[] = [
  {
    name: 'tensor',
    source: `tf.tidy(() => tf.randomNormal([200, 8], 0, 1, 'float32', 3))`,
    title: 'Tensor float32 [200, 8] · 1,600 values',
    text: 'Tensor float32 [200, 8]',
    kind: 'text',
    coloured: false,
  },
  {
    name: 'model',
    source: `tf.sequential({ name: 'digits', layers: [
  tf.layers.conv2d({ inputShape: [28, 28, 1], filters: 32, kernelSize: 3, activation: 'relu' }),
  tf.layers.maxPooling2d({ poolSize: 2 }),
  tf.layers.flatten(),
  tf.layers.dense({ units: 10, activation: 'softmax' }),
] })`,
    title: 'Dense 10, softmax',
    text: '54,410 parameters',
    kind: 'text',
    coloured: true,
    asText: ONLY_HTML,
  },
  {
    name: 'model-branches',
    source: `${BRANCHES}
tf.model({ inputs: input, outputs: output, name: 'residual' })`,
    title: 'photo',
    text: 'residual',
    kind: 'text',
    coloured: true,
    asText: ONLY_HTML,
  },
  {
    name: 'optimizer',
    source: `optimizers.sgd({ learningRate: schedules.exponentialDecay({ initialValue: 0.1, transitionSteps: 100, decayRate: 0.5 }), momentum: 0.9 })`,
    title: 'optimizer after 0 steps',
    text: 'sgd',
    kind: 'text',
    coloured: false,
    asText: ONLY_HTML,
  },
  {
    name: 'loss',
    source: 'losses.huber',
    title: 'else mean(δ|e| − ½δ²)',
    text: 'huber',
    kind: 'text',
    coloured: false,
    asText: ONLY_HTML,
  },
  {
    name: 'dataset',
    source: 'datasets.moons({ samples: 200, seed: 1 })',
    title: 'moons({ samples: 200, noise: 0.1, seed: 1 })',
    text: 'moons({ samples: 200',
    kind: 'chart',
    coloured: true,
  },
  {
    name: 'image-gif',
    source: `image(Buffer.from('${GIF}', 'base64'), { width: 120 })`,
    title: 'animated GIF 24×24',
    text: 'animated GIF 24×24',
    kind: 'text',
    coloured: true,
    asText: IS_HTML,
    untitled: ['nbconvert LaTeX'],
  },
];
