import { Tensor, Variable } from '@tensorflow/tfjs-core';

const custom: unique symbol = Symbol.for('nodejs.util.inspect.custom') as never;

/** A tensor as a reader wants it: kind, type, shape and (the ends of long axes of) the values. */
function inspectTensor(this: Tensor): string {
  const kind = this instanceof Variable ? `Variable '${this.name}'` : 'Tensor';
  const head = `${kind} ${this.dtype} [${this.shape.join(', ')}]`;
  if (this.isDisposed) return `${head} (disposed)`;
  const values = this.toString().replace(/^Tensor\n/, '');
  return this.rank === 0 ? `${head} ${values.trim()}` : `${head}\n${values.replace(/^ {4}/gm, '')}`;
}

// util.inspect, and with it console.log and a notebook's text output, looks for this method.
Object.defineProperty(Tensor.prototype, custom, {
  value: inspectTensor,
  configurable: true,
  enumerable: false,
  writable: true,
});
