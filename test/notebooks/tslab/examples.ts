export interface Example {
  repository: 'tslab' | 'tslab-examples';
  notebook: string;
  /** What it needs that is not to be had, and the error that says so. */
  lacks?: { what: string; error: string };
  /** Beginnings of outputs, each after its MIME type or the name of its stream. */
  shows: string[];
}

const language = [
  'stdout Hello, tslab!\nVersions: { tslab:',
  'stdout naiveFib(40) = 165580141',
  'text/plain Promise { <pending> }',
  'image/jpeg /9j/',
  'text/plain progress: 100%',
  "stdout { abc: 123, klm: 'hello' }\n{ x: 1, y: 2, z: 3 }\narray = [ 0, 4, 16, 36, 64 ]",
  'stdout obj?.x?.z == undefined\nx ?? y ?? z == 0',
];

/**
 * The notebooks of github.com/yunabe/tslab and yunabe/tslab-examples, those of earlier revisions included
 * (marked so), which all run unchanged unless it is said why not.
 */
export const examples: Example[] = [
  {
    repository: 'tslab-examples',
    notebook: 'notebooks/getting_started.ipynb',
    shows: [...language, 'text/html Hello <span style="color:#007ACC;font-size:x-large"><b>Type</b>Script'],
  },
  {
    repository: 'tslab-examples',
    notebook: 'notebooks/getting_started_javascript.ipynb',
    shows: [...language, 'stdout 123 hello', 'text/html Hello <span style="font-size:x-large"><b>Java</b>'],
  },
  // Type errors, which do not keep a cell from running here.
  { repository: 'tslab-examples', notebook: 'notebooks/errors.ipynb', shows: ["text/plain 'tslab'"] },
  // It rewrites the notebooks beside it, so it comes after those that are compared.
  { repository: 'tslab-examples', notebook: 'notebooks/clean_notebooks.ipynb', shows: [] },
  {
    repository: 'tslab-examples',
    notebook: 'notebooks/tensorflow.ipynb',
    lacks: {
      what: 'The network: the digits of MNIST, and the native library that @tensorflow/tfjs-node downloads.',
      error: "Cannot find package '@tensorflow/tfjs-node'",
    },
    shows: [],
  },
  // Revision 088376f.
  {
    repository: 'tslab-examples',
    notebook: 'notebooks/basics.ipynb',
    shows: ['stdout Hello, tslab!\nNode.js: v', ...language.slice(1)],
  },
  // Revision 088376f.
  {
    repository: 'tslab-examples',
    notebook: 'notebooks/javascript.ipynb',
    shows: ['stdout 123 Hello', 'text/html Hello <span'],
  },
  {
    // Revision 7bb518c.
    repository: 'tslab-examples',
    notebook: 'notebooks/plotting.ipynb',
    lacks: {
      what: 'The package tslab-plotly, which npm does not have.',
      error: "Cannot find package 'tslab-plotly'",
    },
    shows: [],
  },
  // Revision a0a81e2.
  { repository: 'tslab', notebook: 'examples/naive_fib.ipynb', shows: ['stdout naiveFib(33) = 5702887'] },
  {
    // Revision b0bc6ac, of a fork.
    repository: 'tslab',
    notebook: 'notebooks/test.ipynb',
    lacks: {
      what: 'A node of Ethereum that the user has a key for.',
      error: "Cannot find package 'hardhat'",
    },
    shows: [],
  },
];
