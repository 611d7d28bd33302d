import { expect, test } from 'vitest';
import { toBundle } from '../../../src/display/index.ts';

const PNG = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

test('the bytes of an image are shown, those of a part of a buffer alone', () => {
  const bytes = new Uint8Array([0, ...PNG, 7, 9]).subarray(1, PNG.length + 2);
  expect(toBundle(bytes)).toMatchObject({
    data: { 'image/png': Buffer.from([...PNG, 7]).toString('base64') },
  });
  expect(toBundle(new Uint8Array([0xff, 0xd8, 0xff, 0xd9]))).toMatchObject({
    data: { 'image/jpeg': '/9j/2Q==' },
  });
});

test.each([[PNG.slice(0, 7)], [[0xff, 0xd8]], [[0xff, 0xd8, 1]], [[0xff, 0xd9]], [[]]])(
  'the bytes %s are no image',
  (bytes) => {
    const { data } = toBundle(new Uint8Array(bytes)) as { data: object };
    expect(Object.keys(data)).toEqual(['text/plain']);
  },
);

test('a canvas is shown as what it is drawn as', () => {
  const canvas = {
    width: 30,
    height: 20,
    toDataURL: () => 'data:image/svg+xml;charset=utf-8;base64,PHN2Zz4=',
  };
  expect(toBundle(canvas)).toEqual({
    data: { 'image/svg+xml': 'PHN2Zz4=', 'text/plain': '[canvas 30×20]' },
    metadata: {},
  });
});

test.each([[null], ['about:blank'], ['data:text/html,<b>'], [5]])(
  'toDataURL() that answers %s is none',
  (answer) => {
    expect(toBundle({ toDataURL: () => answer, outerHTML: '<i>x</i>' })).toMatchObject({
      data: { 'text/html': '<i>x</i>' },
    });
  },
);

test('a later answer counts as well', async () => {
  expect(await toBundle({ toDataURL: async () => 'data:image/png;base64,AA==' })).toMatchObject({
    data: { 'image/png': 'AA==' },
  });
  expect(await toBundle({ toDataURL: async () => '' })).toMatchObject({
    data: { 'text/plain': expect.stringContaining('toDataURL') },
  });
});
