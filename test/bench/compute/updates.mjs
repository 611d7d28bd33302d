// Steps of tfjs's optimizers on a million parameters in 20 tensors.
const TENSORS = 20;
const SIZE = 50_000;

export const optimizers = {
  sgd: (tf) => tf.train.sgd(0.01),
  momentum: (tf) => tf.train.momentum(0.01, 0.9),
  adam: (tf) => tf.train.adam(0.001),
  rmsprop: (tf) => tf.train.rmsprop(0.001, 0.9, 0.9),
  adadelta: (tf) => tf.train.adadelta(0.001),
};

/** Makes the tensors and returns a step. */
export function update(tf, name) {
  const optimizer = optimizers[name](tf);
  const variables = Array.from({ length: TENSORS }, () => tf.variable(tf.randomNormal([SIZE])));
  const gradients = variables.map((variable) => ({ name: variable.name, tensor: tf.randomNormal([SIZE]) }));
  return () => {
    optimizer.applyGradients(gradients);
  };
}
