/** What an operation takes, and how many of them. */
const ARITY = {
  add: 2,
  sub: 2,
  mul: 2,
  div: 2,
  max: 2,
  min: 2,
  /** The first, of at least 0, to the power of the second. */
  pow: 2,
  sqrt: 1,
  abs: 1,
  neg: 1,
  /** 1, −1 or 0; NaN of NaN. */
  sign: 1,
  /** The second where the first is above 0, else the third. */
  ifPositive: 3,
} as const;

export type Operation = keyof typeof ARITY;

/** A number for each element, made of those of tensors of one shape and of numbers that are the same for all. */
export type Expression =
  /** An element of a tensor. */
  | { readonly kind: 'tensor'; readonly name: string }
  /** A number that is given for each run. */
  | { readonly kind: 'number'; readonly name: string }
  | { readonly kind: 'constant'; readonly value: number }
  | { readonly kind: 'operation'; readonly operation: Operation; readonly parts: readonly Expression[] };

/** A part of an expression as it is written: numbers stand for themselves. */
export type Term = Expression | number;

const toExpression = (term: Term): Expression =>
  typeof term === 'number' ? { kind: 'constant', value: term } : term;

const operation = (name: Operation, ...terms: readonly Term[]): Expression => ({
  kind: 'operation',
  operation: name,
  parts: terms.map(toExpression),
});

/** The element of a tensor of that name. */
export const tensorNamed = (name: string): Expression => ({ kind: 'tensor', name });
/** The number of that name. */
export const numberNamed = (name: string): Expression => ({ kind: 'number', name });

/** The sum, from left to right. */
export const add = (first: Term, ...rest: readonly Term[]): Expression =>
  rest.reduce<Expression>((sum, term) => operation('add', sum, term), toExpression(first));
/** The product, from left to right. */
export const mul = (first: Term, ...rest: readonly Term[]): Expression =>
  rest.reduce<Expression>((product, term) => operation('mul', product, term), toExpression(first));
export const sub = (a: Term, b: Term): Expression => operation('sub', a, b);
export const div = (a: Term, b: Term): Expression => operation('div', a, b);
export const max = (a: Term, b: Term): Expression => operation('max', a, b);
export const min = (a: Term, b: Term): Expression => operation('min', a, b);
export const pow = (a: Term, b: Term): Expression => operation('pow', a, b);
export const sqrt = (a: Term): Expression => operation('sqrt', a);
export const abs = (a: Term): Expression => operation('abs', a);
export const neg = (a: Term): Expression => operation('neg', a);
export const sign = (a: Term): Expression => operation('sign', a);
export const ifPositive = (a: Term, then: Term, otherwise: Term): Expression =>
  operation('ifPositive', a, then, otherwise);
export const square = (a: Term): Expression => operation('mul', a, a);
/** `a·x + b·y` */
export const mix = (a: Term, x: Term, b: Term, y: Term): Expression => add(mul(a, x), mul(b, y));
