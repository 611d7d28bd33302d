import { readFileSync } from 'node:fs';
import { describe, expect, it, test } from 'vitest';
import { tf } from '../../../src/backend/index.ts';
import * as losses from '../../../src/losses/index.ts';
import { onBackends, read } from '../support.ts';

type Numbers = number | Numbers[];

/** A case of `test/reference/losses.py`, which says more. */
interface Case {
  readonly loss: string;
  readonly function: string;
  readonly library: string;
  readonly inputs: readonly string[];
  readonly options: object;
  readonly at: number;
  readonly value: Numbers;
  readonly gradient: Numbers | null;
}

interface Fixture {
  readonly versions: Readonly<Record<string, string>>;
  readonly data: Readonly<Record<string, Numbers>>;
  readonly cases: readonly Case[];
}

const path = new URL('../../reference/fixtures/losses.json', import.meta.url);
const { versions, data, cases } = JSON.parse(readFileSync(path, 'utf8')) as Fixture;

const byName = new Map<string, unknown>(Object.entries(losses));

/** Asserts equality up to `tolerance` of the largest value, of what is below 1 absolutely. */
function expectNear(actual: readonly number[], expected: Numbers, tolerance: number): void {
  const targets = [expected].flat(9) as number[];
  const scale = Math.max(1, ...targets.map(Math.abs));
  expect(actual).toHaveLength(targets.length);
  const errors = actual.map((value, i) => Math.abs(value - targets[i]!) / scale);
  expect(Math.max(...errors), `${actual} should be ${targets}`).toBeLessThan(tolerance);
}

const name = ({ loss, options, inputs, library, function: by }: Case): string =>
  `${loss}(${inputs.join(', ')}, ${JSON.stringify(options)}) by ${by} of ${versions[library]}`;

describe('the fixture', () => {
  it('has cases of every loss, and names their libraries', () => {
    expect(cases.length).toBeGreaterThanOrEqual(300);
    expect([...new Set(cases.map(({ loss }) => loss))].sort()).toEqual([...byName.keys()].sort());
    for (const one of cases) expect(versions[one.library], one.function).toMatch(/ \d+\.\d+/);
  });
});

onBackends('losses agree with Keras, PyTorch, optax, SciPy and scikit-learn', () => {
  test.each(cases.map((one): [string, Case] => [name(one), one]))('%s', (_, one) => {
    const inputs = one.inputs.map((input) => tf.tensor(data[input] as number[]));
    const value = (x: tf.Tensor): tf.Tensor => {
      const call = inputs.map((input, i) => (i === one.at ? x : input));
      return Reflect.apply(byName.get(one.loss) as never, undefined, [...call, one.options]);
    };
    expectNear(read(value(inputs[one.at]!)), one.value, 2e-6);
    if (one.gradient) expectNear(read(tf.grad(value)(inputs[one.at]!)), one.gradient, 5e-6);
    tf.dispose(inputs);
  });
});
