import {
  Add,
  Atan2,
  getGradient,
  Maximum,
  Minimum,
  Mod,
  Multiply,
  Pow,
  RealDiv,
  registerGradient,
  SquaredDifference,
  Sub,
  type Tensor,
  zeros,
} from '@tensorflow/tfjs-core';

const OF_TWO = [Add, Atan2, Maximum, Minimum, Mod, Multiply, Pow, RealDiv, SquaredDifference, Sub];

/** An empty result gives its inputs no gradient; tfjs cannot sum it to an input of length 1 that was broadcast. */
for (const name of OF_TWO) {
  const config = getGradient(name);
  registerGradient({
    ...config,
    gradFunc: (dy, saved, attrs) => {
      if ((dy as Tensor).size > 0) return config.gradFunc(dy, saved, attrs);
      const [a, b] = saved as [Tensor, Tensor];
      return { a: () => zeros(a.shape), b: () => zeros(b.shape) };
    },
  });
}
