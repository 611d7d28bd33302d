/** What is read of a layer of tfjs; most of it is there for some kinds of layers only. */
export interface AnyLayer {
  readonly name: string;
  readonly trainable?: boolean;
  readonly outputShape?: unknown;
  readonly weights?: readonly AnyWeight[];
  readonly inboundNodes?: readonly AnyNode[];
  readonly layers?: readonly AnyLayer[];
  getClassName?(): string;
}

export interface AnyWeight {
  readonly id?: number;
  readonly name?: string;
  readonly shape: readonly (number | null)[];
  readonly trainable?: boolean;
}

export interface AnyNode {
  readonly inboundLayers: readonly AnyLayer[];
  readonly outputShapes?: unknown;
}

/** A getter of a layer that is not built may throw. */
export function attempt<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}

export const classOf = (layer: AnyLayer): string =>
  attempt(() => layer.getClassName?.()) ?? attempt(() => layer.constructor.name) ?? 'Layer';

/** `[null, 28, 28, 1]`; several of them where a layer has several outputs. */
export function shapeText(shape: unknown): string {
  if (!Array.isArray(shape)) return '?';
  if (shape.some(Array.isArray)) return shape.map(shapeText).join(' ');
  return `[${shape.map((size) => (size === null ? 'null' : String(size))).join(', ')}]`;
}

/** tfjs has no answer for a model inside of another, which it has noted in two ways. */
export function outputShapeOf(layer: AnyLayer): unknown {
  const own = attempt(() => layer.outputShape) ?? attempt(() => layer.inboundNodes?.at(-1)?.outputShapes);
  const isOne = Array.isArray(own) && own.length === 1 && Array.isArray(own[0]);
  return isOne ? own[0] : own;
}

const sizes = (value: unknown): string => (Array.isArray(value) ? value.join('×') : String(value));
const isOnes = (value: unknown): boolean => [value].flat().every((size) => size === 1);

/** The options of a layer that tell it from others of its class: `32 of 3×3, stride 2, relu`. */
export function detailOf(layer: AnyLayer): string {
  const own = layer as unknown as Record<string, unknown>;
  const read = (key: string): unknown => attempt(() => own[key]);
  const inner = read('layer') ?? read('forwardLayer');
  const cell = read('cell');
  const parts: string[] = [];
  const add = (key: string, text: (value: unknown) => string): void => {
    const value = read(key);
    if (value !== undefined && value !== null) parts.push(text(value));
  };
  add('filters', (filters) => `${filters} of ${sizes(read('kernelSize'))}`);
  if (read('filters') === undefined) add('kernelSize', sizes);
  add('units', String);
  add('inputDim', (size) => `${size} → ${read('outputDim')}`);
  add('poolSize', sizes);
  add('targetShape', shapeText);
  add('rate', String);
  add('size', sizes);
  if (!isOnes(read('strides') ?? 1) && sizes(read('strides')) !== sizes(read('poolSize'))) {
    add('strides', (strides) => `stride ${isSame(strides) ? [strides].flat()[0] : sizes(strides)}`);
  }
  if (!isOnes(read('dilationRate') ?? 1)) add('dilationRate', (rate) => `dilation ${sizes(rate)}`);
  if (read('padding') === 'same') parts.push('same');
  if (typeof inner === 'object' && inner !== null && 'name' in inner)
    parts.push(innerText(inner as AnyLayer));
  if (typeof cell === 'object' && cell !== null) parts.push(detailOf(cell as AnyLayer));
  add('activation', activationText);
  if (read('returnSequences') === true) parts.push('sequences');
  if (Array.isArray(layer.layers))
    parts.push(`of ${layer.layers.length} layer${layer.layers.length === 1 ? '' : 's'}`);
  return parts.filter((part) => part !== '').join(', ');
}

const isSame = (value: unknown): boolean => new Set([value].flat()).size === 1;

function innerText(layer: AnyLayer): string {
  const detail = detailOf(layer);
  return detail === '' ? classOf(layer) : `${classOf(layer)} ${detail}`;
}

function activationText(activation: unknown): string {
  const name = attempt(() => (activation as AnyLayer).getClassName?.()) ?? '';
  return name === 'linear' ? '' : name;
}
