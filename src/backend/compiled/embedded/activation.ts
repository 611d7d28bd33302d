import type { ActivationName, ActivationOptions } from '../emitter.ts';
import type { Place, Program } from './program.ts';

/** The numbers by which the engine knows them; see ../../assembly/curves.ts. */
export const CURVES: Readonly<Record<Exclude<ActivationName, 'softmax'> | 'linear', number>> = {
  linear: 0,
  relu: 1,
  relu6: 2,
  leakyRelu: 4,
  sigmoid: 5,
  elu: 6,
  tanh: 7,
  selu: 8,
  softplus: 9,
  softsign: 10,
  hardSigmoid: 11,
  swish: 12,
};

export function activate(
  program: Program,
  x: Place,
  name: ActivationName,
  { alpha = 1, isLast = false }: ActivationOptions = {},
): Place {
  if (name === 'softmax') return softmax(program, x, isLast);
  const kind = CURVES[name];
  const { functions } = program;
  // The derivative of swish needs the argument; that of the others the value, which can then stand in its place.
  const needsArgument = name === 'swish';
  const y = isLast && !needsArgument ? x : program.place(x.shape, x.gradient !== 0);
  program.onForward(() => functions.curve(kind, x.at, y.at, x.size, alpha));
  program.onWayBack(() => {
    if (!x.gradient) return;
    const adds = Number(y !== x && program.claim(x));
    const known = needsArgument ? x.at : y.at;
    program.onBackward(() =>
      functions.curveGradient(kind, known, y.gradient, x.gradient, x.size, alpha, adds),
    );
  });
  return y;
}

function softmax(program: Program, x: Place, isLast: boolean): Place {
  const { functions, engine } = program;
  const columns = x.shape.at(-1)!;
  const rows = x.size / columns;
  const y = isLast ? x : program.place(x.shape, x.gradient !== 0);
  program.onForward(() => functions.softmax(x.at, rows, columns, y.at, engine.scratch()));
  program.onWayBack(() => {
    if (!x.gradient) return;
    const adds = Number(y !== x && program.claim(x));
    program.onBackward(() => functions.softmaxGradient(y.at, y.gradient, x.gradient, rows, columns, adds));
  });
  return y;
}
