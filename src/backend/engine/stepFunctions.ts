/**
 * The functions of the module that steps which are compiled need besides; each is described where it is written, in
 * ../assembly. Flags are 0 or 1, and `adds` tells whether a gradient is added to what is there.
 */
export interface StepFunctions {
  curveGradient(
    kind: number,
    y: number,
    dy: number,
    dx: number,
    count: number,
    alpha: number,
    adds: number,
  ): void;
  drawMask(mask: number, count: number, rate: number, seed: number): void;
  toIndices(x: number, indices: number, count: number, rows: number): number;
  toFloats(x: number, y: number, count: number): void;
  lookUp(table: number, indices: number, y: number, count: number, width: number): void;
  lookUpGradient(
    dTable: number,
    rows: number,
    indices: number,
    dy: number,
    count: number,
    width: number,
    adds: number,
  ): void;
  scaleColumns(x: number, scale: number, shift: number, y: number, rows: number, columns: number): void;
  columnGradients(
    x: number,
    dy: number,
    mean: number,
    inverse: number,
    rows: number,
    columns: number,
    dScale: number,
    dBias: number,
  ): void;
  layerNorm(
    x: number,
    gamma: number,
    beta: number,
    epsilon: number,
    y: number,
    normed: number,
    inverse: number,
    rows: number,
    columns: number,
  ): void;
  layerNormGradient(
    dy: number,
    normed: number,
    inverse: number,
    gamma: number,
    dx: number,
    rows: number,
    columns: number,
    adds: number,
  ): void;
  moveTowards(moving: number, value: number, count: number, share: number): void;
  normCoefficients(
    mean: number,
    variance: number,
    gamma: number,
    beta: number,
    epsilon: number,
    inverse: number,
    scale: number,
    shift: number,
    columns: number,
  ): void;
  lstmStep(
    z: number,
    zRow: number,
    before: number,
    c: number,
    cRow: number,
    h: number,
    hRow: number,
    rows: number,
    units: number,
    gate: number,
    curve: number,
  ): void;
  lstmStepGradient(
    z: number,
    zRow: number,
    before: number,
    c: number,
    cRow: number,
    dh: number,
    dc: number,
    rows: number,
    units: number,
    gate: number,
    curve: number,
  ): void;
  gruGates(
    z: number,
    zRow: number,
    before: number,
    hRow: number,
    reset: number,
    resetRow: number,
    rows: number,
    units: number,
    gate: number,
  ): void;
  gruStep(
    z: number,
    zRow: number,
    before: number,
    h: number,
    hRow: number,
    rows: number,
    units: number,
    curve: number,
  ): void;
  gruStepGradient(
    z: number,
    zRow: number,
    before: number,
    hRow: number,
    dh: number,
    rows: number,
    units: number,
    gate: number,
    curve: number,
  ): void;
  gruResetGradient(
    z: number,
    zRow: number,
    before: number,
    hRow: number,
    dReset: number,
    dh: number,
    rows: number,
    units: number,
    gate: number,
  ): void;
  softmaxGradient(y: number, dy: number, dx: number, rows: number, columns: number, adds: number): void;
  addScaled(x: number, y: number, count: number, factor: number): void;
  multiply(x: number, y: number, z: number, count: number, adds: number): void;
  copyRows(x: number, from: number, y: number, to: number, rows: number, width: number, adds: number): void;
  fill(x: number, count: number, value: number): void;
}
