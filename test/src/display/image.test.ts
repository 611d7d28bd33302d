import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { inspect } from 'node:util';
import { JSDOM } from 'jsdom';
import { afterAll, describe, expect, test } from 'vitest';
import { tf } from '../../../src/backend/index.ts';
import type { ImageOptions } from '../../../src/display/image.ts';
import { html, image, toBundle } from '../../../src/display/index.ts';
import { bmp, gif, jpeg, movingGif, webp } from './image/pictures.ts';
import { countPixels, decodePng, type Pixels, pixelAt } from './png.ts';

const folder = mkdtempSync(join(tmpdir(), 'descent-image-'));
afterAll(() => rmSync(folder, { recursive: true }));

async function shown(x: unknown, options?: ImageOptions) {
  const { data, metadata } = await toBundle(image(x, options));
  return { data: data as Record<string, string>, metadata: metadata as Record<string, { width: number }> };
}

async function drawn(x: unknown, options?: ImageOptions) {
  const { data, metadata } = await shown(x, options);
  const pixels = decodePng(data['image/png']);
  return { pixels, text: data['text/plain'] ?? '', width: metadata['image/png']?.width ?? 0 };
}

const isText = (red: number, _g: number, _b: number, alpha: number): boolean => red === 0x7a && alpha > 0;
const corners = ({ width, height }: Pixels): [number, number][] => [
  [0, 0],
  [width - 1, 0],
  [0, height - 1],
];

describe('numbers', () => {
  test('a small picture is enlarged by whole pixels, twice as many as in CSS, and says how it was read', async () => {
    const { pixels, text, width } = await drawn([[0, 0.5, 1]]);
    expect(text).toBe('[image 3×1 numbers, 0–1]');
    expect(inspect([image([[0, 0.5, 1]])])).toBe('[ [image 3×1 numbers, 0–1] ]');
    expect(pixels.width).toBe(2 * width);
    expect([1, 2, 3].map((part) => pixelAt(pixels, Math.round((part - 0.5) * (396 / 3)), 5)[0])).toEqual([
      0, 128, 255,
    ]);
    expect(countPixels(pixels, [0, 0, 1, 1], isText)).toBeGreaterThan(100);
  });

  test.each([
    ['float 0–1', tf.tensor2d([[0, 0.25, 1]]), 'float32, 0–1', [0, 64, 255]],
    ['float 0–255', tf.tensor2d([[0, 127.5, 255]]), 'float32, 0–255', [0, 128, 255]],
    ['float −1–1', tf.tensor2d([[-1, 0, 1]]), 'float32, −1–1', [0, 128, 255]],
    ['other floats', tf.tensor2d([[2, 3, 6.5]]), 'float32, 2–6.5, stretched', [0, 57, 255]],
    ['int 0–255', tf.tensor2d([[0, 3, 200]], undefined, 'int32'), 'int32, 0–255', [0, 3, 200]],
    ['int 0–1', tf.tensor2d([[0, 1, 1]], undefined, 'int32'), 'int32, 0–1', [0, 255, 255]],
    [
      'other ints',
      tf.tensor2d([[-50, 0, 1000]], undefined, 'int32'),
      'int32, −50–1000, stretched',
      [0, 12, 255],
    ],
    ['bool', tf.tensor2d([[false, true, true]], undefined, 'bool'), 'bool, false–true', [0, 255, 255]],
    ['a constant', tf.tensor2d([[300.5, 300.5, 300.5]]), 'float32, 301 everywhere', [128, 128, 128]],
    ['bytes', { data: new Uint8Array([0, 1, 9]), width: 3, height: 1 }, 'uint8, 0–255', [0, 1, 9]],
  ])('%s is told apart and said', async (_what, x, said, levels) => {
    const { pixels, text } = await drawn(x, { scale: 1, captions: false });
    expect(text).toBe(`[image 3×1 ${said}]`);
    expect([0, 2, 4].map((at) => pixelAt(pixels, at, 0)[0])).toEqual(levels);
  });

  test('a range that is asked for is kept to', async () => {
    const { pixels, text } = await drawn([[0, 5, 20]], { range: [0, 10], scale: 1, captions: false });
    expect(text).toBe('[image 3×1 numbers, 0–10]');
    expect([0, 2, 4].map((at) => pixelAt(pixels, at, 0)[0])).toEqual([0, 128, 255]);
  });

  test('NaN and Infinity are marked and counted', async () => {
    const { pixels, text } = await drawn([[Number.NaN, Number.POSITIVE_INFINITY, 1]], { scale: 1 });
    expect(text).toBe('[image 3×1 numbers, 0–1 · 1 NaN (magenta), 1 infinite (orange)]');
    expect([0, 2, 4].map((at) => pixelAt(pixels, at, 0))).toEqual([
      [255, 0, 255, 255],
      [255, 128, 0, 255],
      [255, 255, 255, 255],
    ]);
  });

  test('colours, with and without opacity', async () => {
    const rgb = await drawn(tf.tensor3d([[[1, 0.2, 0]]]), { scale: 1, captions: false });
    expect(rgb.text).toBe('[image 1×1×3 float32, 0–1]');
    expect(pixelAt(rgb.pixels, 0, 0)).toEqual([255, 51, 0, 255]);
    const rgba = await drawn(
      { data: new Uint8ClampedArray([1, 2, 3, 4]), width: 1, height: 1 },
      { scale: 1 },
    );
    expect(pixelAt(rgba.pixels, 0, 0)).toEqual([1, 2, 3, 4]);
    const grey = await drawn(tf.tensor3d([[[0.2]]]), { scale: 1, captions: false });
    expect(pixelAt(grey.pixels, 0, 0)).toEqual([51, 51, 51, 255]);
  });

  test('a colour map colours, and its bar names the ends', async () => {
    const { pixels, text } = await drawn([[0, 1]], { colormap: 'viridis' });
    expect(text).toBe('[image 2×1 numbers, 0–1, viridis]');
    expect(pixelAt(pixels, 0, 0)).toEqual([0x44, 0x01, 0x54, 255]);
    expect(pixelAt(pixels, pixels.width - 1, 0)).toEqual([0xfd, 0xe7, 0x25, 255]);
    const isLow = (r: number, g: number, b: number): boolean => r === 0x44 && g === 0x01 && b === 0x54;
    expect(countPixels(pixels, [0, 0.6, 1, 1], isLow)).toBeGreaterThan(5);
  });

  test('the neutral middle of a diverging map is zero', async () => {
    const { pixels, text } = await drawn([[-1, 0, 4]], { colormap: 'coolwarm', scale: 1 });
    expect(text).toBe('[image 3×1 numbers, ±4, stretched, coolwarm]');
    expect(pixelAt(pixels, 2, 0)).toEqual([0xdd, 0xdc, 0xdc, 255]);
  });

  test('the sizes asked for are those shown', async () => {
    expect((await drawn([[0, 1]], { width: 90 })).width).toBe(90);
    expect((await drawn(tf.zeros([100, 300]), { scale: 0.5 })).width).toBe(170);
    expect((await drawn(tf.zeros([100, 400]), { scale: 0.5 })).width).toBe(200);
    expect((await drawn(tf.zeros([1, 2000]))).width).toBe(960);
  });

  test('of very large pictures the means of blocks are shown', async () => {
    const values = new Float32Array(3000 * 9).map((_, at) => (at % 2 === 0 ? 0 : 1));
    values[0] = Number.NaN;
    const { pixels, text, width } = await drawn({ data: values, shape: [9, 3000] }, { captions: false });
    expect(text).toBe('[image 3000×9 float32, 0–1 · 1 NaN (magenta), 2×2 pixels shown as one]');
    expect([pixels.width, pixels.height, width]).toEqual([1500, 4, 960]);
    expect(pixelAt(pixels, 0, 0)).toEqual([255, 0, 255, 255]);
    expect(pixelAt(pixels, 7, 3)).toEqual([128, 128, 128, 255]);
  });

  test('the arrays that were made by others', async () => {
    const floats = { data: new Float32Array(12), shape: [2, 2, 3] };
    expect((await drawn(floats)).text).toBe('[image 2×2×3 float32, 0–1]');
    expect((await drawn(tf.buffer([2, 3]))).text).toBe('[image 3×2 float32, 0–1]');
    expect((await drawn([new Float32Array(3), new Float32Array(3)])).text).toBe('[image 3×2 numbers, 0–1]');
    expect((await drawn([[true, false]])).text).toBe('[image 2×1 bool, false–true]');
  });

  test('a tensor that can only be read later is shown later', async () => {
    const later = { shape: [1, 2], dtype: 'float32', data: async () => new Float32Array([0, 1]) };
    expect((await drawn(later)).text).toBe('[image 2×1 float32, 0–1]');
    const shy = {
      ...later,
      dataSync: () => {
        throw new Error('not here');
      },
    };
    expect((await drawn(shy)).text).toBe('[image 2×1 float32, 0–1]');
  });
});

describe('grids', () => {
  test('pictures along the first axis, apart from each other', async () => {
    const { pixels, text, width } = await drawn(tf.ones([64, 28, 28, 1]));
    expect(text).toBe('[image 64 of 28×28 float32, 0–1]');
    expect([pixels.width, width]).toEqual([2 * (8 * 56 + 7 * 4), 8 * 56 + 7 * 4]);
    expect(pixelAt(pixels, 113, 0)).toEqual([0, 0, 0, 0]);
    for (const [x, y] of corners({ ...pixels, height: pixels.width })) {
      expect(pixelAt(pixels, x, y)).toEqual([255, 255, 255, 255]);
    }
  });

  test('columns and captions', async () => {
    const captions = ['one', 'a text that is much too long for the width of its picture', '<b>', '7'];
    const { pixels, text } = await drawn(tf.zeros([4, 8, 8]), { columns: 2, captions });
    expect(text.split('\n')).toEqual([
      '[image 4 of 8×8 float32, 0–1]',
      `captions: ${captions.map((caption) => JSON.stringify(caption)).join(', ')}`,
    ]);
    expect(pixels.width).toBe(2 * (2 * 96 + 4));
    expect(countPixels(pixels, [0, 0, 1, 1], isText)).toBeGreaterThan(1000);
  });

  test('a list of pictures of one size', async () => {
    const pictures = [tf.zeros([4, 4]), tf.ones([4, 4])];
    expect((await drawn(pictures)).text).toBe('[image 2 of 4×4 float32, 0–1]');
    expect(() => image([tf.zeros([4, 4]), tf.zeros([4, 5])])).toThrow(
      'x[1] is 4×5×1; it must be 4×4×1, as x[0]',
    );
  });

  test('of very many the first are read and shown', async () => {
    const before = tf.memory().numTensors;
    const many = tf.zeros([5000, 6, 6]);
    expect((await drawn(many)).text).toBe('[image the first 100 of 5,000 of 6×6 float32, 0–1]');
    many.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });
});

describe('files', () => {
  test('paths and file URLs, sent as they are', async () => {
    const path = join(folder, 'red picture.jpg');
    writeFileSync(path, jpeg);
    for (const x of [path, pathToFileURL(path), pathToFileURL(path).href]) {
      const { data, metadata } = await shown(x, { scale: 4 });
      expect(data).toEqual({
        'image/jpeg': jpeg.toString('base64'),
        'text/plain': `[image red picture.jpg, JPEG 5×4, ${jpeg.length} B]`,
      });
      expect(metadata).toEqual({ 'image/jpeg': { width: 20 } });
    }
  });

  test.each([
    ['a Uint8Array', new Uint8Array(jpeg)],
    ['an ArrayBuffer', new Uint8Array(jpeg).buffer],
    ['a Blob', new Blob([new Uint8Array(jpeg)])],
    ['a Response', new Response(new Uint8Array(jpeg))],
    ['a data URL', `data:image/jpeg;base64,${jpeg.toString('base64')}`],
  ])('%s', async (_what, x) => {
    const { data } = await shown(x);
    expect(data['image/jpeg']).toBe(jpeg.toString('base64'));
  });

  test('formats that bundles do not carry everywhere are HTML, a GIF with a still picture', async () => {
    const moving = await shown(movingGif, { width: 40 });
    expect(Object.keys(moving.data)).toEqual(['text/html', 'image/png', 'text/plain']);
    const page = new JSDOM(moving.data['text/html']).window.document.body;
    const style = page.firstElementChild?.getAttribute('style');
    expect(style).toContain(`url(data:image/gif;base64,${movingGif.toString('base64')})`);
    expect(style).toContain('width:40px;max-width:100%;height:40px');
    expect(page.textContent).toBe(moving.data['text/plain']);
    expect(moving.data['text/plain']).toBe('[image animated GIF 2×2, 66 B]');
    expect(pixelAt(decodePng(moving.data['image/png']), 1, 1)).toEqual([255, 0, 0, 255]);
    expect(moving.metadata).toEqual({ 'image/png': { width: 40 } });
    const still = await shown(webp);
    expect(Object.keys(still.data)).toEqual(['text/html', 'text/plain']);
  });

  test('a picture is inserted into other markup', () => {
    expect(html`<p>${image([[0, 1]])}</p>`.markup).toContain('<p><img src="data:image/png;base64,iVBOR');
    expect(html`${image(gif)}`.markup).toContain('data:image/gif');
  });
});

const disposed = tf.zeros([2, 2]);
disposed.dispose();

test.each<[string, unknown, ImageOptions | undefined, RegExp]>([
  ['a disposed tensor', disposed, undefined, /tensor of shape \[2, 2\] is disposed/],
  [
    'one axis',
    tf.zeros([784]),
    undefined,
    /shape is \[784\]; allowed are \[h, w\].*reshape it to \[28, 28\]/,
  ],
  ['five axes', tf.zeros([1, 1, 1, 1, 3]), undefined, /shape is \[1, 1, 1, 1, 3\]/],
  ['16 channels', tf.zeros([1, 2, 2, 16]), undefined, /16 are no colour: x\.slice/],
  ['no pixels', tf.zeros([0, 2, 2]), undefined, /there are no pixels to show/],
  ['strings', tf.tensor2d([['a']]), undefined, /the tensor is of string; allowed/],
  ['ragged arrays', [[1, 2], [3]], undefined, /x\[1\] is \[ 3 \]; it must be an array of 2/],
  ['arrays of objects', [{}], undefined, /the arrays hold \{\}/],
  ['too few values', { data: [1, 2], shape: [3, 1] }, undefined, /has 3 values, but data has 2/],
  ['half pixels', { data: [1, 2], width: 1, height: 1 }, undefined, /2 values for 1×1 pixels/],
  ['a number', 5, undefined, /x is 5; allowed are a tensor/],
  ['nothing', undefined, undefined, /x is undefined/],
  ['another format', bmp, undefined, /^image: the bytes are a BMP picture; allowed are PNG/],
  ['a cut file', jpeg.subarray(0, -2), undefined, /^image: the bytes are a JPEG picture, but it ends/],
  ['a missing file', 'no/such.png', undefined, /^image: "no\/such.png" is no file \(\/.*\/no\/such.png\)$/],
  ['a folder', folder, undefined, /is a folder .*allowed is a file/],
  ['a server', 'https://example.org/x.png', undefined, /fetch it first: image\(await fetch\(url\)\)/],
  [
    'an unknown map',
    [[1]],
    { colormap: 'virdis' as never },
    /did you mean 'viridis'\?\); allowed are 'gray'/,
  ],
  [
    'a map for colours',
    tf.zeros([1, 1, 3]),
    { colormap: 'gray' },
    /the picture has 3 channels; allowed is one/,
  ],
  [
    'too few captions',
    tf.zeros([3, 2, 2]),
    { captions: ['a'] },
    /captions has 1 texts, but there are 3 pictures/,
  ],
  ['captions that are none', [[1]], { captions: 5 as never }, /captions must be an array of texts, or false/],
  ['captions of a file', gif, { captions: ['a'] }, /captions must be left out for the picture of a file/],
  ['an unknown option', [[1]], { colourmap: 'gray' } as never, /did you mean 'colormap'/],
  ['half a column', [[1]], { columns: 0.5 }, /columns must be an integer of at least 1/],
  ['no size', [[1]], { scale: 0 }, /scale must be a finite number in \(0, 1000\]/],
  ['a range upside down', [[1]], { range: [1, 0] }, /range is \[ 1, 0 \]; allowed are two finite numbers/],
])('%s is an error that says what is allowed', (_what, x, options, message) => {
  expect(() => image(x, options)).toThrow(message);
});

test('a failure that comes later is one of showing it', async () => {
  const broken = image(new Blob(['GIF89a']));
  expect(String(broken)).toBe('[image]');
  await expect(async () => toBundle(broken)).rejects.toThrow(
    'image: the bytes are a GIF picture, but it ends',
  );
});

test('an answer of a server that is none is an error', () => {
  const missing = new Response('', { status: 404, statusText: 'Not Found' });
  expect(() => image(missing)).toThrow('image: the server answered 404 Not Found');
});
