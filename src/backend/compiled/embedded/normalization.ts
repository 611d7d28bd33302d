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

type Numbers = readonly [number, number, number, number];

/** Normalizes with the moments of the batch, which the moving ones follow. */
function batchMoments(
  program: Program,
  x: Place,
  y: Place,
  options: BatchNorm,
  [gamma, beta]: readonly (Weight | undefined)[],
): void {
  const { functions, engine } = program;
  const { epsilon } = options;
  const share = 1 - options.momentum;
  const columns = x.shape.at(-1)!;
  const rows = x.size / columns;
  const movingMean = program.changedWeight(options.movingMean);
  const movingVariance = program.changedWeight(options.movingVariance);
  const [mean, variance, dGamma, dBeta] = Array.from({ length: 4 }, () =>
    program.allocate(columns),
  ) as unknown as Numbers;
  program.onForward(() => {
    functions.moments(x.at, rows, columns, mean, variance);
    functions.moveTowards(movingMean.at, mean, columns, share);
    functions.moveTowards(movingVariance.at, variance, columns, share);
    const [offset, factor] = [beta?.at ?? 0, gamma?.at ?? 0];
    const scratch = engine.scratch();
    functions.batchNorm(x.at, rows, columns, mean, variance, offset, factor, epsilon, y.at, scratch);
  });
  program.onWayBack(() => {
    if (!y.gradient) return;
    const compute = (dx: number): void => {
      const factor = gamma?.at ?? 0;
      const [dy, from] = [y.gradient, x.at];
      functions.batchNormGradient(
        from,
        dy,
        rows,
        columns,
        mean,
        variance,
        factor,
        epsilon,
        dx,
        dBeta,
        dGamma,
      );
    };
    if (x.gradient) program.overwrite(x.size, x.gradient, compute);
    else program.onBackward(() => compute(0));
    keepGradients(program, columns, gamma, dGamma, beta, dBeta);
  });
}

/** Normalizes with the moving moments, as a frozen layer does: each column is scaled and shifted. */
function fixedMoments(
  program: Program,
  x: Place,
  y: Place,
  options: BatchNorm,
  [gamma, beta]: readonly (Weight | undefined)[],
): void {
  const { functions } = program;
  const columns = x.shape.at(-1)!;
  const rows = x.size / columns;
  const mean = program.weight(options.movingMean);
  const variance = program.weight(options.movingVariance);
  const [inverse, scale, shift, zeros] = Array.from({ length: 4 }, () =>
    program.allocate(columns),
  ) as unknown as Numbers;
  functions.fill(zeros, columns, 0);
  program.onForward(() => {
    const [factor, offset] = [gamma?.at ?? 0, beta?.at ?? 0];
    const { epsilon } = options;
    functions.normCoefficients(mean.at, variance.at, factor, offset, epsilon, inverse, scale, shift, columns);
    functions.scaleColumns(x.at, scale, shift, y.at, rows, columns);
  });
  program.onWayBack(() => {
    if (!y.gradient) return;
    const [dGamma, dBeta] = [program.allocate(columns), program.allocate(columns)];
    program.onBackward(() =>
      functions.columnGradients(x.at, y.gradient, mean.at, inverse, rows, columns, dGamma, dBeta),
    );
    keepGradients(program, columns, gamma, dGamma, beta, dBeta);
    if (!x.gradient) return;
    program.overwrite(x.size, x.gradient, (to) =>
      functions.scaleColumns(y.gradient, scale, zeros, to, rows, columns),
    );
  });
}

export function batchNorm(program: Program, x: Place, options: BatchNorm): Place {
  const weights = [
    options.gamma && program.weight(options.gamma),
    options.beta && program.weight(options.beta),
  ];
  const y = program.place(
    x.shape,
    [x, ...weights].some((one) => (one?.gradient ?? 0) !== 0),
  );
  (options.usesBatch ? batchMoments : fixedMoments)(program, x, y, options, weights);
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
