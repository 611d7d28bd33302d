"""Runs of Keras and optax in double precision, which the reference scripts of optimizers share."""

import os

os.environ["KERAS_BACKEND"] = "jax"
os.environ["JAX_ENABLE_X64"] = "1"

import jax.numpy as jnp
import keras
import optax

from trees import DATA, flat

keras.config.set_floatx("float64")


def run_keras(optimizer, name):
    """The parameters after each step of a Keras optimizer."""
    params, grads = DATA[name]
    variables = [keras.Variable(value, dtype="float64", name=key) for key, value in params.items()]
    optimizer.build(variables)
    after = []
    for grad in grads:
        optimizer.apply([jnp.asarray(grad[key]) for key in params], variables)
        after.append(flat({v.name: v.value for v in variables}, name))
    return after


def to_jax(values):
    return {key: jnp.asarray(value) for key, value in values.items()}


def run_optax(optimizer, name, unwrap=lambda params, _: params):
    """The parameters after each step of an optax optimizer."""
    params, grads = DATA[name]
    current = to_jax(params)
    state = optimizer.init(current)
    after = []
    for grad in grads:
        updates, state = optimizer.update(to_jax(grad), state, current)
        current = optax.apply_updates(current, updates)
        after.append(flat(unwrap(current, state), name))
    return after


def run_updates(transform, name):
    """The updates of each step of an optax transform, the parameters staying as they are."""
    params, grads = DATA[name]
    state = transform.init(to_jax(params))
    after = []
    for grad in grads:
        updates, state = transform.update(to_jax(grad), state, to_jax(params))
        after.append(flat(updates, name))
    return after
