import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { KernelClient } from '../../../kernel/client/client.ts';
import { inspectAt, typed } from '../support/asking.ts';
import { kernels, resultOf } from '../support/kernels.ts';
import { inCells, programs } from './programs.ts';

/**
 * A program may be split into cells wherever a statement ends: its values and types stay what they are in one
 * cell. Left out on purpose: variables without a type that take theirs from assignments (`let x;`), and types
 * that an assignment narrows (`let x: A | B = a`): between cells a variable has the type it was declared with.
 * Left out as well are interfaces, enums and namespaces of one name, which merge in one cell and replace each
 * other between cells, and functions of one name, of which the last one counts from the cell's beginning.
 */

const set = kernels();
let whole: KernelClient;
let split: KernelClient;
/** Names of one program only, so that many can run in one kernel. */
let runs = 0;

beforeAll(async () => {
  [whole, split] = await Promise.all([set.start(), set.start()]);
});

async function run(client: KernelClient, cells: readonly string[]): Promise<void> {
  for (const cell of cells) {
    const { error } = await client.execute(cell, { timeout: 20_000 });
    if (error) throw new Error(`${error.ename}: ${error.evalue} in\n${cell}`);
  }
}

/** What is shown of each name, without its value. */
async function signatures(client: KernelClient, names: readonly string[]): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const [at, name] of names.entries()) {
    const marked = [...names.slice(0, at), `${name}‸`, ...names.slice(at + 1)].join(';\n');
    found[name] = (await inspectAt(client, marked))?.split('\n\n', 1)[0] ?? 'nothing';
  }
  return found;
}

describe('a program in cells', () => {
  it('has the values and the types that it has in one', async () => {
    await Promise.all([typed(whole), typed(split)]);
    const cuts = fc.array(fc.boolean(), { minLength: 1, maxLength: 20 });
    const property = fc.asyncProperty(programs, cuts, async (program, cutsOf) => {
      const { statements, names, probes } = program;
      fc.pre(statements.length > 1);
      runs += 1;
      await Promise.all([run(whole, ['%reset -f']), run(split, ['%reset -f'])]);
      await Promise.all([run(whole, [statements.join('\n')]), run(split, inCells(statements, cutsOf))]);
      const values = `JSON.stringify([${probes.join(', ')}])`;
      const [expected, found] = [await resultOf(whole, values), await resultOf(split, values)];
      expect(found).toBe(expected);
      const [types, others] = await Promise.all([signatures(whole, names), signatures(split, names)]);
      expect(others).toEqual(types);
      expect(Object.values(types)).not.toContain('nothing');
    });
    await fc.assert(property, {
      numRuns: 60,
      interruptAfterTimeLimit: 40_000,
      markInterruptAsFailure: false,
    });
    expect(runs).toBeGreaterThan(5);
  });
});
