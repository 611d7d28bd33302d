import { expect, test } from 'vitest';
import type { LayerLook } from '../../../../../src/core/text/model.ts';
import { foldLayers } from '../../../../../src/display/objects/diagram/fold.ts';

const layer = (name: string, className: string, inputs: string[], detail = ''): LayerLook => ({
  ...{ name, className, detail, inputs },
  ...{ shape: '[null]', parameters: 0, isFrozen: false },
});

test('a small net is drawn whole, in the order of its layers', () => {
  const { boxes, groups } = foldLayers([layer('a', 'Input', []), layer('b', 'Dense', ['a'])], false);
  expect(boxes.map(({ inputs }) => inputs)).toEqual([[], [0]]);
  expect(groups).toEqual([]);
});

test('a chain that repeats is folded', () => {
  const names = ['Input', ...Array.from({ length: 40 }, (_, i) => (i % 2 ? 'Relu' : 'Conv')), 'Dense'];
  const { boxes, groups } = foldLayers(
    names.map((name, at) => layer(`l${at}`, name, [])),
    true,
  );
  expect(boxes.map(({ layer: { className } }) => className)).toEqual(['Input', 'Conv', 'Relu', 'Dense']);
  expect(boxes.map(({ inputs }) => inputs)).toEqual([[], [0], [1], [2]]);
  expect(groups).toEqual([{ from: 1, to: 3, times: 20 }]);
});

test('blocks with a way around are folded as a whole', () => {
  const layers = [layer('in', 'Input', [])];
  let last = 'in';
  for (let block = 0; block < 12; block++) {
    layers.push(layer(`c${block}`, 'Conv', [last]), layer(`n${block}`, 'Norm', [`c${block}`]));
    layers.push(layer(`a${block}`, 'Add', [last, `n${block}`]));
    last = `a${block}`;
  }
  layers.push(layer('out', 'Dense', [last]));
  const { boxes, groups } = foldLayers(layers, false);
  expect(boxes.map(({ layer: { className } }) => className)).toEqual([
    'Input',
    'Conv',
    'Norm',
    'Add',
    'Dense',
  ]);
  expect(boxes.map(({ inputs }) => inputs)).toEqual([[], [0], [1], [0, 2], [3]]);
  expect(groups).toEqual([{ from: 1, to: 4, times: 12 }]);
});

test('what differs is not folded, and a layer that is used twice makes no circle', () => {
  const layers = Array.from({ length: 30 }, (_, i) =>
    layer(`l${i}`, 'Dense', i ? [`l${i - 1}`] : ['l29'], String(i)),
  );
  const { boxes, groups } = foldLayers(layers, false);
  expect(boxes).toHaveLength(30);
  expect(boxes[0]!.inputs).toEqual([]);
  expect(groups).toEqual([]);
});

test('an input in the middle ends no block', () => {
  const layers = Array.from({ length: 26 }, (_, i) => layer(`l${i}`, 'Dense', i ? [`l${i - 1}`] : []));
  layers.splice(13, 0, layer('other', 'Input', []));
  layers.push(layer('join', 'Add', ['l25', 'other']));
  const { boxes } = foldLayers(layers, false);
  const join = boxes.at(-1)!;
  expect(join.inputs.map((input) => boxes[input]!.layer.className).sort()).toEqual(['Dense', 'Input']);
});
