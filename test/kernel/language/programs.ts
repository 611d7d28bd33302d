import fc from 'fast-check';
import { type Program, ProgramWriter, type Step } from './programWriter.ts';

const step: fc.Arbitrary<Step> = fc.record({
  kind: fc.nat(1000),
  first: fc.nat(1000),
  second: fc.nat(1000),
});

/** A program, as statements that may each begin a cell. */
export const programs: fc.Arbitrary<Program> = fc
  .array(step, { minLength: 3, maxLength: 14 })
  .map((steps) => {
    const writer = new ProgramWriter();
    for (const one of steps) writer.write(one);
    return writer.program;
  });

/** The statements in cells: a new one where `cuts` says so. */
export function inCells(statements: readonly string[], cuts: readonly boolean[]): string[] {
  const cells: string[][] = [[]];
  for (const [at, statement] of statements.entries()) {
    if (at > 0 && cuts[at % cuts.length]) cells.push([]);
    cells.at(-1)?.push(statement);
  }
  return cells.map((lines) => lines.join('\n'));
}
