import { isList, readMember, readMethod, shortText } from '../inspect.ts';
import { isNumbers, type Numbers, nestedNumbers } from './nested.ts';

/** Pictures of one size as numbers, channels last. */
export interface ImageArray {
  /** The number of pictures in `values`; of those given there may have been more. */
  readonly count: number;
  readonly total: number;
  /** Whether there was an axis of pictures. */
  readonly isGrid: boolean;
  readonly height: number;
  readonly width: number;
  readonly channels: 1 | 3 | 4;
  readonly dtype: string;
  readonly values: ArrayLike<number>;
}

/** More pictures than these are no longer looked at one by one. */
export const maxTiles = 100;

const allowedShapes = '[h, w], [h, w, 1 | 3 | 4], [n, h, w] or [n, h, w, 1 | 3 | 4]';
export const allowedImages =
  'a tensor, nested arrays, { data, shape }, { data, width, height }, the bytes of a picture, a Blob or a path';

/** The pictures in a value, a promise of them where a tensor cannot be read at once; undefined if it is none. */
export function imageArray(value: unknown): ImageArray | Promise<ImageArray> | undefined {
  const listed = isList(value) ? listedImages(value) : undefined;
  if (listed) return listed;
  const numbers = tensorNumbers(value) ?? arrayNumbers(value);
  return numbers instanceof Promise ? numbers.then(toImages) : numbers && toImages(numbers);
}

type Shaped = Pick<Numbers, 'shape'>;

/** How a shape is read: the last axis is channels where its size can be. */
function layout({ shape }: Shaped): Omit<ImageArray, 'dtype' | 'values'> {
  const last = shape.at(-1);
  const hasChannels = shape.length >= 3 && (last === 1 || last === 3 || last === 4);
  const sizes = hasChannels ? shape.slice(0, -1) : shape;
  if (sizes.length < 2 || sizes.length > 3 || shape.length > 4) throw shapeError(shape);
  const [height = 0, width = 0] = sizes.slice(-2);
  const isGrid = sizes.length === 3;
  const total = isGrid ? sizes[0]! : 1;
  if (shape.includes(0)) {
    throw new RangeError(`image: the shape is [${shape.join(', ')}]: there are no pixels to show`);
  }
  const channels = hasChannels ? (last as 1 | 3 | 4) : 1;
  return { count: Math.min(total, maxTiles), total, isGrid, height, width, channels };
}

function shapeError(shape: readonly number[]): RangeError {
  const size = shape.reduce((product, length) => product * length, 1);
  const side = Math.sqrt(size);
  let hint = '';
  if (shape.length < 2 && side > 1 && Number.isInteger(side))
    hint = `; reshape it to [${side}, ${side}] to see it`;
  if (shape.length === 4) {
    hint = `; the last axis of four is channels, and ${shape[3]} are no colour: x.slice([0, 0, 0, 0], [1, -1, -1, -1]).squeeze([0]).transpose([2, 0, 1]) shows those of the first picture one by one`;
  }
  return new RangeError(`image: the shape is [${shape.join(', ')}]; allowed are ${allowedShapes}${hint}`);
}

function toImages(numbers: Numbers): ImageArray {
  const { dtype, values } = numbers;
  return { ...layout(numbers), dtype, values };
}

/** The numbers of a tensor, those of the first pictures alone where there are many. */
function tensorNumbers(value: unknown): Numbers | Promise<Numbers> | undefined {
  const shape = readMember(value, 'shape');
  const read = readMethod(value, 'dataSync');
  const later = readMethod(value, 'data');
  if (!isList(shape) || (!read && !later)) return undefined;
  if (readMember(value, 'isDisposed') === true) {
    throw new TypeError(
      `image: the tensor of shape [${shape.join(', ')}] is disposed; show it before that, or keep it`,
    );
  }
  const dtype = String(readMember(value, 'dtype'));
  if (dtype === 'string' || dtype === 'complex64') {
    throw new TypeError(`image: the tensor is of ${dtype}; allowed are float32, int32 and bool`);
  }
  const { total, count, isGrid } = layout({ shape: shape as number[] });
  const part = isGrid && count < total ? firstOf(value, count) : undefined;
  const of = (values: unknown): Numbers => ({
    shape: shape as number[],
    dtype,
    values: values as ArrayLike<number>,
  });
  if (!read) return Promise.resolve(later?.()).then(of);
  try {
    return of(readMethod(part ?? value, 'dataSync')?.());
  } catch (error) {
    if (!later) throw error;
    return Promise.resolve(later()).then(of);
  } finally {
    if (part !== undefined) readMethod(part, 'dispose')?.();
  }
}

function firstOf(value: unknown, count: number): unknown {
  const slice = readMember(value, 'slice');
  if (typeof slice !== 'function') return undefined;
  return Reflect.apply(slice, value, [[0], [count]]);
}

const dtypes: Readonly<Record<string, string>> = {
  Uint8Array: 'uint8',
  Uint8ClampedArray: 'uint8',
  Buffer: 'uint8',
};

/** `Float32Array` → `float32` */
function dtypeOf(values: object): string {
  if (isList(values)) return values.every((item) => typeof item === 'boolean') ? 'bool' : 'number';
  const name = values.constructor.name;
  return dtypes[name] ?? name.replace(/Array$/, '').toLowerCase();
}

function arrayNumbers(value: unknown): Numbers | undefined {
  if (isList(value)) return nestedNumbers(value);
  const data = readMember(value, 'data') ?? readMember(value, 'values');
  if (!isNumbers(data)) return undefined;
  const width = readMember(value, 'width');
  const height = readMember(value, 'height');
  const given = readMember(value, 'shape');
  const shape = isList(given) ? (given as number[]) : sizeShape(data.length, width, height);
  if (shape === undefined) return undefined;
  const size = shape.reduce((product, length) => product * length, 1);
  if (size !== data.length) {
    throw new RangeError(
      `image: the shape [${shape.join(', ')}] has ${size} values, but data has ${data.length}`,
    );
  }
  const own = readMember(value, 'dtype');
  return {
    shape,
    dtype: typeof own === 'string' ? own : dtypeOf(data),
    values: Array.isArray(data) ? data.map(Number) : data,
  };
}

function sizeShape(length: number, width: unknown, height: unknown): number[] | undefined {
  if (typeof width !== 'number' || typeof height !== 'number') return undefined;
  const channels = length / (width * height);
  if (channels === 1) return [height, width];
  if (channels === 3 || channels === 4) return [height, width, channels];
  throw new RangeError(
    `image: data has ${length} values for ${width}×${height} pixels; allowed are 1, 3 or 4 a pixel`,
  );
}

/** Pictures given one by one, in a list. */
function listedImages(list: readonly unknown[]): ImageArray | undefined {
  const [first, ...rest] = list
    .slice(0, maxTiles)
    .map((item) => (isList(item) ? undefined : imageArray(item)));
  if (first === undefined) return undefined;
  const images = [first, ...rest].map((image, index) => {
    if (image !== undefined && !(image instanceof Promise) && !image.isGrid) return image;
    throw new TypeError(
      `image: x[${index}] is ${shortText(list[index], 40)}; it must be one picture, as x[0]`,
    );
  });
  const [{ height, width, channels }] = images as [ImageArray];
  const size = height * width * channels;
  const values = new Float32Array(size * images.length);
  images.forEach((image, index) => {
    if (image.height !== height || image.width !== width || image.channels !== channels) {
      const sizes = [image.height, image.width, image.channels].join('×');
      throw new RangeError(
        `image: x[${index}] is ${sizes}; it must be ${height}×${width}×${channels}, as x[0]`,
      );
    }
    values.set(image.values, index * size);
  });
  return { ...images[0]!, count: images.length, total: list.length, isGrid: true, values };
}
