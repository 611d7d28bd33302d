import { expect, test } from 'vitest';
import { toBundle } from '../../../src/display/index.ts';
import { jpeg } from './image/pictures.ts';

const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
  'base64',
);

test('the bytes of an image are shown, those of a part of a buffer alone', () => {
  const bytes = new Uint8Array([0, ...PNG, 9]).subarray(1, PNG.length + 1);
  expect(toBundle(bytes)).toMatchObject({ data: { 'image/png': PNG.toString('base64') } });
  expect(toBundle(jpeg)).toMatchObject({ data: { 'image/jpeg': jpeg.toString('base64') } });
});

test.each([
  ['a part of a PNG', PNG.subarray(0, -1)],
  ['the signature alone', PNG.subarray(0, 8)],
  ['a part of a JPEG', jpeg.subarray(0, 20)],
  ['two bytes', [0xff, 0xd8]],
  ['nothing', []],
])('%s is no image', (_what, bytes) => {
  const { data } = toBundle(new Uint8Array(bytes)) as { data: object };
  expect(Object.keys(data)).toEqual(['text/plain']);
});

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
