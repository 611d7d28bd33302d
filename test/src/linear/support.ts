import { readFileSync } from 'node:fs';
import type {
  ElasticNetCvOptions,
  ElasticNetOptions,
  ElasticNetPathOptions,
  RidgeCvOptions,
} from '../../../src/linear/index.ts';

interface Fitted<T> {
  coefficients: T[];
  intercept: T;
  predictions: T[];
}

interface Data {
  x: number[][];
  y: number[];
}

interface Case extends Fitted<number> {
  set: string;
  model: 'leastSquares' | 'ridge' | 'lasso' | 'elasticNet';
  options: ElasticNetOptions;
}

interface Several {
  model: 'leastSquares' | 'ridge';
  options: { alpha?: number };
  y: number[][];
  coefficients: number[][];
  intercept: number[];
  predictions: number[][];
}

interface PathCase {
  set: string;
  options: ElasticNetPathOptions;
  alphas: number[];
  coefficients: number[][];
}

type Chosen = Fitted<number> & { set: string; alpha: number; errors: number[][] } & (
    | { model: 'lassoCv' | 'elasticNetCv'; options: ElasticNetCvOptions }
    | { model: 'ridgeCv'; options: RidgeCvOptions }
  );

interface Classes {
  x: number[][];
  labels: number[];
  options: { C: number; fitIntercept: boolean };
  coefficients: number[][];
  intercept: number[];
  probabilities: number[][];
  predictions: number[];
}

interface Fixture {
  sets: { tall: Data } & Record<string, Data>;
  cases: Case[];
  several: Several[];
  paths: PathCase[];
  chosen: Chosen[];
  classes: Classes[];
}

/** What test/reference/linear.py has computed with scikit-learn. */
export const fixture = JSON.parse(
  readFileSync(new URL('../../reference/fixtures/linear.json', import.meta.url), 'utf8'),
) as Fixture;

/** Close to the minimum, where coefficients can be compared. */
export const tight = { tolerance: 1e-13, maxIterations: 1_000_000 };
