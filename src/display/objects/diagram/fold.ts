import type { LayerLook } from '../../../core/text/model.ts';

/** A part of a diagram: a layer that is drawn, and the boxes whose outputs it takes. */
export interface Box {
  readonly layer: LayerLook;
  /** Indices of boxes, all smaller than its own. */
  readonly inputs: readonly number[];
}

/** Boxes that stand for several parts of the same kind, one after the other. */
export interface Group {
  readonly from: number;
  /** The index after the last. */
  readonly to: number;
  readonly times: number;
}

export interface Folded {
  readonly boxes: readonly Box[];
  readonly groups: readonly Group[];
}

/** Up to so many layers are drawn one by one. */
const mostWhole = 24;
const longestPeriod = 12;

/** The layers as boxes; in a large net parts that follow each other and are alike are drawn once. */
export function foldLayers(layers: readonly LayerLook[], isChain: boolean): Folded {
  const at = new Map(layers.map(({ name }, index) => [name, index]));
  const boxes = layers.map((layer, index): Box => {
    const given = layer.inputs.map((name) => at.get(name) ?? index).filter((input) => input < index);
    return { layer, inputs: isChain ? (index === 0 ? [] : [index - 1]) : given };
  });
  if (boxes.length <= mostWhole) return { boxes, groups: [] };
  return fold(boxes, repeatedRuns(segments(boxes), boxes));
}

/** A part that everything flows into and out of through one box: its last. */
type Segment = readonly [from: number, to: number];

function segments(boxes: readonly Box[]): Segment[] {
  const lastUse = boxes.map((_, index) => index);
  boxes.forEach(({ inputs }, index) => {
    for (const input of inputs) lastUse[input] = index;
  });
  const found: Segment[] = [];
  let from = 0;
  let reach = 0;
  for (let index = 0; index < boxes.length; index++) {
    // Only this box's own output is still needed after it.
    if (reach <= index && index < boxes.length - 1) {
      found.push([from, index + 1]);
      from = index + 1;
    }
    reach = Math.max(reach, lastUse[index]!);
  }
  return [...found, [from, boxes.length]];
}

interface Run {
  readonly first: number;
  readonly period: number;
  readonly times: number;
}

function repeatedRuns(
  parts: readonly Segment[],
  boxes: readonly Box[],
): { parts: readonly Segment[]; runs: Run[] } {
  const signs = parts.map(([from, to]) => {
    const signOf = ({ layer, inputs }: Box, at: number): string => {
      const sources = inputs.map((input) => at + from - input);
      return `${layer.className} ${layer.detail} ${sources}`;
    };
    return boxes.slice(from, to).map(signOf).join('|');
  });
  const runs: Run[] = [];
  for (let first = 0; first < parts.length; ) {
    const run = bestRun(signs, first);
    runs.push(run);
    first += run.period * run.times;
  }
  return { parts, runs };
}

/** The repetition from `first` on that covers most. */
function bestRun(signs: readonly string[], first: number): Run {
  let best: Run = { first, period: 1, times: 1 };
  for (let period = 1; period <= longestPeriod; period++) {
    let length = 0;
    while (
      signs[first + period + length] !== undefined &&
      signs[first + length] === signs[first + period + length]
    ) {
      length += 1;
    }
    const times = 1 + Math.floor(length / period);
    if (times > 1 && period * (times - 1) > best.period * (best.times - 1)) best = { first, period, times };
  }
  return best;
}

function fold(
  boxes: readonly Box[],
  { parts, runs }: { parts: readonly Segment[]; runs: readonly Run[] },
): Folded {
  const drawn: Box[] = [];
  const groups: Group[] = [];
  const placeOf = new Map<number, number>();
  for (const { first, period, times } of runs) {
    const start = parts[first]![0];
    const size = parts[first + period - 1]![1] - start;
    const from = drawn.length;
    for (let offset = 0; offset < size; offset++) {
      const box = boxes[start + offset]!;
      for (let time = 0; time < times; time++) placeOf.set(start + offset + time * size, from + offset);
      drawn.push({ layer: box.layer, inputs: box.inputs.map((input) => placeOf.get(input)!) });
    }
    if (times > 1) groups.push({ from, to: from + size, times });
  }
  return { boxes: drawn, groups };
}
