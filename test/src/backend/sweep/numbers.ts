import type { Numbers } from './case.ts';

/** The row-major strides of a shape. */
function stridesOf(shape: readonly number[]): number[] {
  const strides: number[] = new Array(shape.length).fill(1);
  for (let i = shape.length - 2; i >= 0; i--) strides[i] = strides[i + 1]! * shape[i + 1]!;
  return strides;
}

/** Every index of a shape, in row-major order. */
export function* indicesOf(shape: readonly number[]): Generator<number[]> {
  if (shape.includes(0)) return;
  const index: number[] = new Array(shape.length).fill(0);
  for (;;) {
    yield [...index];
    let axis = shape.length - 1;
    while (axis >= 0 && ++index[axis]! === shape[axis]) index[axis--] = 0;
    if (axis < 0) return;
  }
}

/** The tensor of that shape whose value at each index is `f(index)`. */
export function build(shape: readonly number[], f: (index: number[]) => number): Numbers {
  return { shape, values: Array.from(indicesOf(shape), f) };
}

/** The value at an index; axes of size one repeat, missing leading axes are passed over. */
export function at({ shape, values }: Numbers, index: readonly number[]): number {
  const strides = stridesOf(shape);
  const skip = index.length - shape.length;
  let offset = 0;
  for (let i = 0; i < shape.length; i++) offset += shape[i] === 1 ? 0 : index[i + skip]! * strides[i]!;
  return values[offset]!;
}

/** The shape that two shapes are broadcast to. */
export function broadcastShape(a: readonly number[], b: readonly number[]): number[] {
  const rank = Math.max(a.length, b.length);
  return Array.from({ length: rank }, (_, i) => {
    const [m, n] = [a[i - rank + a.length] ?? 1, b[i - rank + b.length] ?? 1];
    return m === 1 ? n : m;
  });
}

/** Applies `f` to each pair of values, broadcast. */
export const zip = (a: Numbers, b: Numbers, f: (a: number, b: number) => number): Numbers =>
  build(broadcastShape(a.shape, b.shape), (index) => f(at(a, index), at(b, index)));

export const map = ({ shape, values }: Numbers, f: (value: number) => number): Numbers => ({
  shape,
  values: values.map(f),
});

/** Reduces the axes to one number, or to axes of size one. */
export function reduce(
  x: Numbers,
  axes: readonly number[],
  keepDims: boolean,
  f: (values: number[]) => number,
): Numbers {
  const reduced = new Set(axes.map((axis) => (axis < 0 ? axis + x.shape.length : axis)));
  const kept = x.shape.map((n, i) => (reduced.has(i) ? 1 : n));
  const over = x.shape.map((n, i) => (reduced.has(i) ? n : 1));
  const { values } = build(kept, (index) =>
    f(
      Array.from(indicesOf(over), (inner) =>
        at(
          x,
          inner.map((n, i) => n + index[i]!),
        ),
      ),
    ),
  );
  return { shape: keepDims ? kept : x.shape.filter((_, i) => !reduced.has(i)), values };
}
