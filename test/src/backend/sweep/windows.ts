/** Where a window of some size stands along one axis of what it slides over. */
export interface Window {
  readonly size: number;
  readonly stride: number;
  readonly dilation: number;
  readonly before: number;
  readonly outputs: number;
}

export type Pad = 'same' | 'valid' | number | readonly (readonly [number, number])[];

/** The windows along each spatial axis, by TensorFlow's rules of padding. */
export function windowsOf(
  inputs: readonly number[],
  sizes: readonly number[],
  strides: readonly number[],
  dilations: readonly number[],
  pad: Pad,
): Window[] {
  return inputs.map((input, axis) => {
    const [size, stride, dilation] = [sizes[axis]!, strides[axis]!, dilations[axis]!];
    const reach = (size - 1) * dilation + 1;
    if (pad === 'same') {
      const outputs = Math.ceil(input / stride);
      const total = Math.max(0, (outputs - 1) * stride + reach - input);
      return { size, stride, dilation, before: Math.floor(total / 2), outputs };
    }
    const [before, after] =
      pad === 'valid'
        ? [0, 0]
        : typeof pad === 'number'
          ? [pad, pad]
          : [pad[axis + 1]![0], pad[axis + 1]![1]];
    const outputs = Math.floor((input + before + after - reach) / stride) + 1;
    return { size, stride, dilation, before, outputs };
  });
}
