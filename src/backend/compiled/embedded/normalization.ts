import type { BatchNorm, LayerNorm } from '../emitter.ts';
import type { Place, Program, Weight } from './program.ts';

/** The gradients of the factor and of the shift, which go to their weights where those are trained. */
function keepGradients(
  program: Program,
  columns: number,
  gamma: Weight | undefined,
  dGamma: number,
  beta: Weight | undefined,
  dBeta: number,
): void {
  for (const [weight, from] of [
    [gamma, dGamma],
    [beta, dBeta],
  ] as const) {
    if (!weight?.gradient) continue;
    const adds = Number(program.claim(weight));
    program.onBackward(() => program.functions.copyRows(from, 0, weight.gradient, 0, 1, columns, adds));
  }
}

export function batchNorm(program: Program, x: Place, options: BatchNorm): Place {
  const { functions } = program;
  const { epsilon, momentum, usesBatch } = options;
  const gamma = options.gamma && program.weight(options.gamma);
  const beta = options.beta && program.weight(options.beta);
  const columns = x.shape.at(-1)!;
  const rows = x.size / columns;
  const movingMean = usesBatch
    ? program.changedWeight(options.movingMean)
    : program.weight(options.movingMean);
  const movingVariance = usesBatch
    ? program.changedWeight(options.movingVariance)
    : program.weight(options.movingVariance);
  const y = program.place(
    x.shape,
    [x, gamma, beta].some((one) => (one?.gradient ?? 0) !== 0),
  );
  const [mean, variance, inverse, scale, shift] = Array.from({ length: 5 }, () =>
    program.allocate(columns),
  ) as [number, number, number, number, number];
  program.onForward(() => {
    if (usesBatch) {
      functions.columnMoments(x.at, rows, columns, mean, variance);
      functions.moveTowards(movingMean.at, mean, columns, 1 - momentum);
      functions.moveTowards(movingVariance.at, variance, columns, 1 - momentum);
    } else {
      functions.copyRows(movingMean.at, 0, mean, 0, 1, columns, 0);
      functions.copyRows(movingVariance.at, 0, variance, 0, 1, columns, 0);
    }
    const [factor, offset] = [gamma?.at ?? 0, beta?.at ?? 0];
    functions.normCoefficients(mean, variance, factor, offset, epsilon, inverse, scale, shift, columns);
    functions.scaleColumns(x.at, scale, shift, y.at, rows, columns);
  });
  program.onWayBack(() => {
    if (!y.gradient) return;
    const [dGamma, dBeta, a, b, c] = Array.from({ length: 5 }, () => program.allocate(columns)) as [
      number,
      number,
      number,
      number,
      number,
    ];
    program.onBackward(() =>
      functions.columnGradients(x.at, y.gradient, mean, inverse, rows, columns, dGamma, dBeta),
    );
    keepGradients(program, columns, gamma, dGamma, beta, dBeta);
    if (!x.gradient) return;
    const adds = Number(program.claim(x));
    // With moments of its own the input takes part in them; with fixed ones it is scaled.
    const count = usesBatch ? rows : 0;
    program.onBackward(() => {
      functions.normGradientCoefficients(mean, inverse, scale, dGamma, dBeta, count, a, b, c, columns);
      functions.combineColumns(y.gradient, x.at, a, b, c, x.gradient, rows, columns, adds);
    });
  });
  return y;
}

export function layerNorm(program: Program, x: Place, options: LayerNorm): Place {
  const { functions } = program;
  const gamma = options.gamma && program.weight(options.gamma);
  const beta = options.beta && program.weight(options.beta);
  const columns = x.shape.at(-1)!;
  const rows = x.size / columns;
  const y = program.place(
    x.shape,
    [x, gamma, beta].some((one) => (one?.gradient ?? 0) !== 0),
  );
  const normed = program.allocate(x.size);
  const inverse = program.allocate(rows);
  program.onForward(() => {
    const [factor, offset] = [gamma?.at ?? 0, beta?.at ?? 0];
    functions.layerNorm(x.at, factor, offset, options.epsilon, y.at, normed, inverse, rows, columns);
  });
  program.onWayBack(() => {
    if (!y.gradient) return;
    const [dGamma, dBeta] = [program.allocate(columns), program.allocate(columns)];
    const [zero, one] = [program.allocate(columns), program.allocate(columns)];
    functions.fill(zero, columns, 0);
    functions.fill(one, columns, 1);
    // `normed` has mean 0 and factor 1 of each column taken already.
    program.onBackward(() =>
      functions.columnGradients(normed, y.gradient, zero, one, rows, columns, dGamma, dBeta),
    );
    keepGradients(program, columns, gamma, dGamma, beta, dBeta);
    if (!x.gradient) return;
    const adds = Number(program.claim(x));
    program.onBackward(() =>
      functions.layerNormGradient(
        y.gradient,
        normed,
        inverse,
        gamma?.at ?? 0,
        x.gradient,
        rows,
        columns,
        adds,
      ),
    );
  });
  return y;
}
