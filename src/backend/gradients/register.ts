import {
  broadcast_util,
  engine,
  type GradConfig,
  type NamedTensorMap,
  registerGradient,
  reshape,
  sum,
  type Tensor,
} from '@tensorflow/tfjs-core';

/** The gradients of a kernel's inputs by name, each computed where it is asked for. */
type Gradients = Record<string, () => Tensor>;

/** A kernel's gradient: from that of its result, the tensors saved and the kernel's attributes. */
type GradientOf<A> = (dy: Tensor, saved: Tensor[], attrs: A) => Gradients | (() => Tensor)[];

type Kept = Omit<GradConfig, 'kernelName' | 'gradFunc'>;

/** Gives a kernel its gradient, in the place of the one it had. `A` is the type of the kernel's attributes. */
export function setGradient<A>(kernelName: string, keep: Kept, gradient: GradientOf<A>): void {
  const gradFunc = gradient as unknown as GradConfig['gradFunc'];
  registerGradient({ kernelName, ...keep, gradFunc });
}

/** The sum of `x` over the axes along which a tensor of `shape` was repeated to the shape of `x`. */
export function sumTo(x: Tensor, shape: number[]): Tensor {
  const axes = broadcast_util.getReductionAxes(shape, x.shape);
  return reshape(axes.length > 0 ? sum(x, axes) : x, shape);
}

/** Runs a kernel that has no operation of its own in tfjs's public interface. */
export function runKernel(name: string, inputs: NamedTensorMap, attrs: object = {}): Tensor {
  return engine().runKernel(name, inputs, attrs as never) as Tensor;
}

/** Whether what is computed now will itself be differentiated: it is part of another gradient's function. */
export const isRecording = (): boolean => Reflect.apply(Reflect.get(engine(), 'isTapeOn'), engine(), []);
