import type { backend_util } from '@tensorflow/tfjs-core';
import { geometryOf } from '../../engine/geometry.ts';
import type { Place, Program } from './program.ts';

export function pool(
  program: Program,
  x: Place,
  kind: 'max' | 'avg',
  info: backend_util.Conv2DInfo,
  out: readonly number[],
): Place {
  const { functions, engine } = program;
  const y = program.place(out, x.gradient !== 0);
  const numbers = geometryOf(info);
  program.onForward(() => {
    const geometry = engine.integers(numbers);
    if (kind === 'max') functions.maxPool(geometry, x.at, y.at);
    else functions.averagePool(geometry, x.at, y.at);
  });
  program.onWayBack(() => {
    if (!x.gradient) return;
    program.overwrite(x.size, x.gradient, (to) => {
      const geometry = engine.integers(numbers);
      if (kind === 'max') functions.maxPoolGradient(geometry, x.at, y.gradient, to);
      else functions.averagePoolGradient(geometry, y.gradient, to);
    });
  });
  return y;
}
