import type { Expression, Operation } from './expression.ts';

/** Where a value comes from: the value of the step of that number. */
type Register = number;

/** A step of a program; its value is that of the register of its place. */
type Step =
  | { readonly kind: 'tensor'; readonly index: number }
  | { readonly kind: 'number'; readonly index: number }
  | { readonly kind: 'operation'; readonly operation: Operation; readonly from: readonly Register[] };

/** The steps of a program, which programs that differ in their constants alone share. */
export interface Program {
  /** The names of the tensors that it reads, in the order in which a run is given them. */
  readonly tensors: readonly string[];
  /** The names of its numbers, likewise. */
  readonly numbers: readonly string[];
  /** Numbers that it has itself; they follow the others. */
  readonly constants: readonly number[];
  /** Each of them is computed once for an element. */
  readonly steps: readonly Step[];
  /** The registers of its results. */
  readonly results: readonly Register[];
  /** What programs of the same steps and results have in common. */
  readonly key: string;
}

/** The names of the numbers in expressions, and their constants, in the order in which they are met. */
function numbersIn(expressions: readonly Expression[]): { names: string[]; constants: number[] } {
  const [names, constants] = [new Set<string>(), new Set<number>()];
  const seen = new Set<Expression>();
  const look = (expression: Expression): void => {
    if (seen.has(expression)) return;
    seen.add(expression);
    if (expression.kind === 'number') names.add(expression.name);
    if (expression.kind === 'constant') constants.add(expression.value);
    if (expression.kind === 'operation') expression.parts.forEach(look);
  };
  expressions.forEach(look);
  return { names: [...names], constants: [...constants] };
}

/**
 * Takes expressions apart; what several of them have in common is computed once.
 *
 * @param expressions one for each result
 * @param tensors the names of the tensors, all that the expressions have and perhaps more
 */
export function compileProgram(expressions: readonly Expression[], tensors: readonly string[]): Program {
  const { names: numbers, constants } = numbersIn(expressions);
  const steps: Step[] = [];
  const registers = new Map<string, Register>();
  const known = new Map<Expression, Register>();

  const put = (key: string, step: () => Step): Register => {
    const found = registers.get(key);
    if (found !== undefined) return found;
    steps.push(step());
    registers.set(key, steps.length - 1);
    return steps.length - 1;
  };
  const tensorIndex = (name: string): number => {
    const index = tensors.indexOf(name);
    if (index < 0) throw new Error(`an expression has the tensor ${name}, the program [${tensors}]`);
    return index;
  };
  const compile = (expression: Expression): Register => {
    const before = known.get(expression);
    if (before !== undefined) return before;
    const register = place(expression);
    known.set(expression, register);
    return register;
  };
  const place = (expression: Expression): Register => {
    switch (expression.kind) {
      case 'tensor':
        return put(`t${expression.name}`, () => ({ kind: 'tensor', index: tensorIndex(expression.name) }));
      case 'number':
        return put(`n${expression.name}`, () => ({
          kind: 'number',
          index: numbers.indexOf(expression.name),
        }));
      case 'constant':
        return put(`c${expression.value}`, () => ({
          kind: 'number',
          index: numbers.length + constants.indexOf(expression.value),
        }));
      case 'operation': {
        const { operation } = expression;
        const from = expression.parts.map(compile);
        return put(`${operation} ${from}`, () => ({ kind: 'operation', operation, from }));
      }
    }
  };
  const results = expressions.map(compile);
  const key = `${tensors.length} ${numbers.length + constants.length} ${JSON.stringify([steps, results])}`;
  return { tensors, numbers, constants, steps, results, key };
}
