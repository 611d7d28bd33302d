import type { Bins } from './bins.ts';

/** How many values lie in each bin: from its lower edge, below its upper one; the last bin has both edges. */
export function countInto({ edges, isUniform }: Bins, values: Float64Array): number[] {
  const size = edges.length - 1;
  const counts = new Array<number>(size).fill(0);
  const [first, last] = [edges[0] ?? 0, edges[size] ?? 0];
  const find = isUniform ? uniformBin(edges) : searchedBin(edges);
  for (const value of values) {
    if (value >= first && value <= last) counts[find(value)]! += 1;
  }
  return counts;
}

type Find = (value: number) => number;

/** By arithmetic, put right where rounding has missed by one. */
function uniformBin(edges: Float64Array): Find {
  const size = edges.length - 1;
  const first = edges[0] ?? 0;
  const scale = size / ((edges[size] ?? 0) - first);
  return (value) => {
    let bin = Math.min(size - 1, Math.floor((value - first) * scale));
    if (value < edges[bin]!) bin -= 1;
    else if (value >= edges[bin + 1]! && bin < size - 1) bin += 1;
    return bin;
  };
}

function searchedBin(edges: Float64Array): Find {
  const size = edges.length - 1;
  return (value) => {
    let [low, high] = [0, size - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (value >= edges[middle]!) low = middle;
      else high = middle - 1;
    }
    return low;
  };
}
