"""Writes fixtures/descents.json: optax's examples, f = Σ x² from [1, 2, 3], with more digits and steps.

Each is compared with what the documentation of optax prints. Run it with Python that has keras, jax and optax:
`python test/reference/descents.py`.
"""

import re

# First: it sets up Keras.
from trajectories import optax

import jax
import jax.numpy as jnp

from trees import write

OPTAX = f"optax {optax.__version__}"
# The options of optax's defaults by the names of ours, beside the rate of its example.
EXAMPLES = {
    "sgd": ("sgd", 0.003, {}),
    "adagrad": ("adagrad", 1.0, {"epsilon": 1e-7, "initialAccumulatorValue": 0.1}),
    "rmsprop": ("rmsprop", 0.003, {"rho": 0.9, "epsilon": 1e-8}),
    "adadelta": ("adadelta", 10.0, {"rho": 0.9, "epsilon": 1e-6}),
    "adam": ("adam", 0.003, {"epsilon": 1e-8}),
    "adamax": ("adamax", 0.003, {"epsilon": 1e-8}),
    "adamw": ("adamw", 0.003, {"epsilon": 1e-8, "weightDecay": 1e-4}),
    "lion": ("lion", 0.003, {"weightDecay": 1e-3}),
    "radam": ("radam", 0.003, {"epsilon": 1e-8}),
    "yogi": ("yogi", 0.002, {"epsilon": 1e-3}),
    "lamb": ("lamb", 0.003, {"epsilon": 1e-6}),
    "lars": ("lars", 0.003, {}),
    "adafactor": ("adafactor", 0.003, {}),
}


def descend(solver, steps=20):
    params = jnp.asarray([1.0, 2.0, 3.0])
    state = solver.init(params)
    values = []
    for _ in range(steps):
        updates, state = solver.update(2 * params, state, params)
        params = optax.apply_updates(params, updates)
        values.append(float(jnp.sum(params**2)))
    return values


def printed(function):
    """The rate and the losses of the example in a docstring of optax."""
    text = function.__doc__
    rate = float(re.search(r"solver = optax\.\w+\(learning_rate=([\d.e-]+)", text)[1])
    return rate, re.findall(r"Objective function: +(\d\.\d+E[+-]\d+)", text)


def main():
    cases = []
    for name, (theirs, rate, options) in EXAMPLES.items():
        function = getattr(optax, theirs)
        values = descend(function(learning_rate=rate))
        assert printed(function) == (rate, [f"{value:.2E}" for value in values[:5]]), name
        options = {"learningRate": rate, **options}
        rounded = [float(f"{value:.9g}") for value in values]
        cases.append({"optimizer": name, "options": options, "source": f"{OPTAX} {theirs}", "losses": rounded})
    write(
        "descents",
        f"The example of each optimizer of {OPTAX} on JAX {jax.__version__}, with its default options: f = Σ x² after each "
        "step from [1, 2, 3], in double precision; made by test/reference/descents.py, which compares it with what the "
        "documentation of optax prints.",
        cases,
    )


if __name__ == "__main__":
    main()
