"""Writes fixtures/transforms.json: the updates of ten steps of gradient transforms by optax, in double precision.

Run it with Python that has keras, jax and optax: `python test/reference/transforms.py`.
"""

# First: it sets up Keras.
from trajectories import optax, run_updates

import jax
import jax.numpy as jnp

from trees import numbers, sampled, write

OPTAX = f"optax {optax.__version__}"
SCHEDULE = {"call": "exponentialDecay", "arguments": [{"initialValue": 0.05, "transitionSteps": 3, "decayRate": 0.5}]}
TINY = 1e-12
cases = []


def call(name, *arguments):
    return {"call": name, "arguments": list(arguments)}


def case(transform, made, source, tree="small"):
    rows = run_updates(made, tree)
    rows = numbers(sampled(rows) if tree == "large" else rows)
    cases.append({"transform": transform, "source": f"{OPTAX} {source}", "tree": tree, "updates": rows})


def each(source, *pairs, tree="small"):
    for transform, made in pairs:
        case(transform, made, source, tree)


def scaling():
    each(
        "scale_by_adam",
        # Optax adds ε beside the corrected root; a tiny one is the same to Keras's place for it.
        (call("scaleByAdam", {"epsilon": 1e-3, "epsilonHat": False}), optax.scale_by_adam(eps=1e-3)),
        (call("scaleByAdam", {"epsilon": TINY, "nesterov": True}), optax.scale_by_adam(eps=TINY, nesterov=True)),
        (call("scaleByAdam", {"epsilon": TINY}), optax.scale_by_adam(eps=TINY)),
        (call("scaleByAdam", {"beta1": 0.8, "beta2": 0.95, "epsilon": TINY}), optax.scale_by_adam(0.8, 0.95, TINY)),
        (call("scaleByAdam", {"beta1": 0, "beta2": 0.9, "epsilon": TINY}), optax.scale_by_adam(0.0, 0.9, TINY)),
    )
    each(
        "scale_by_rms",
        (call("scaleByRms", {"rho": 0.9, "epsilon": 1e-7}), optax.scale_by_rms(0.9, 1e-7)),
        (call("scaleByRms", {"rho": 0.5, "epsilon": 1e-3}), optax.scale_by_rms(0.5, 1e-3)),
    )
    each(
        "trace",
        (call("trace"), optax.trace(0.9)),
        (call("trace", {"decay": 0.5}), optax.trace(0.5)),
        (call("trace", {"decay": 0.5, "nesterov": True}), optax.trace(0.5, nesterov=True)),
    )
    each("ema", (call("ema", 0.9), optax.ema(0.9)), (call("ema", 0.5), optax.ema(0.5)))
    each("scale_by_learning_rate", (call("scaleByLearningRate", 0.1), optax.scale_by_learning_rate(0.1)))
    rate = optax.exponential_decay(0.05, 3, 0.5)
    each("scale_by_schedule", (call("scaleBySchedule", SCHEDULE), optax.scale_by_schedule(rate)))
    each("scale_by_learning_rate", (call("scaleByLearningRate", SCHEDULE), optax.scale_by_learning_rate(rate)))
    each("add_decayed_weights", (call("addDecayedWeights", 0.1), optax.add_decayed_weights(0.1)))


def centralize():
    """Optax takes the mean over all axes but the first; for kernels whose outputs are last it is over all but the last."""
    theirs = optax.centralize()
    turned = lambda tree: jax.tree.map(jnp.transpose, tree)
    return optax.stateless(lambda updates, params: turned(theirs.update(turned(updates), theirs.init(params))[0]))


def clipping():
    for c in (0.2, 1, 100):
        each("clip", (call("clipByValue", c), optax.clip(c)))
        each("clip_by_global_norm", (call("clipByGlobalNorm", c), optax.clip_by_global_norm(c)))
    for c in (0.01, 0.3, 100):
        each("adaptive_grad_clip", (call("adaptiveGradientClip", c), optax.adaptive_grad_clip(c)))
    each("adaptive_grad_clip", (call("adaptiveGradientClip", 0.1), optax.adaptive_grad_clip(0.1)), tree="matrices")
    for tree in ("small", "matrices"):
        each("centralize, transposed", (call("centralize"), centralize()), tree=tree)


def wrapping():
    # Optax's MultiSteps keeps its sums in single precision unless told otherwise.
    for steps, inner, theirs in (
        (1, call("trace"), optax.trace(0.9)),
        (3, call("trace"), optax.trace(0.9)),
        (4, call("scaleByAdam", {"epsilon": TINY}), optax.scale_by_adam(eps=TINY)),
        (2, call("scaleByLearningRate", SCHEDULE), optax.scale_by_learning_rate(optax.exponential_decay(0.05, 3, 0.5))),
    ):
        made = optax.MultiSteps(theirs, steps, accumulator_dtype="float64").gradient_transformation()
        each("MultiSteps", (call("accumulate", {"steps": steps}, inner), made))
    kernel = {"paths": "kernel"}
    mask = {"kernel": True, "bias": False}
    for inner, theirs in (
        (call("trace", {"decay": 0.5}), optax.trace(0.5)),
        (call("addDecayedWeights", 0.1), optax.add_decayed_weights(0.1)),
        (call("clipByGlobalNorm", 0.3), optax.clip_by_global_norm(0.3)),
    ):
        each("masked", (call("masked", inner, kernel), optax.masked(theirs, mask)))
    groups = {"a": call("trace", {"decay": 0.5}), "b": call("scaleByAdam", {"epsilon": TINY})}
    theirs = {"a": optax.trace(0.5), "b": optax.scale_by_adam(eps=TINY)}
    labels = {"kernel": "a", "bias": "b"}
    each("partition", (call("partition", groups, {"labels": labels}), optax.partition(theirs, labels)))
    groups = {"a": call("scaleByLearningRate", 0.5), "b": call("clipByGlobalNorm", 0.1)}
    theirs = {"a": optax.scale_by_learning_rate(0.5), "b": optax.clip_by_global_norm(0.1)}
    each("partition", (call("partition", groups, {"labels": labels}), optax.partition(theirs, labels)))
    each(
        "chain",
        (
            call("chain", call("clipByGlobalNorm", 0.5), call("scaleByAdam", {"epsilon": TINY}), call("addDecayedWeights", 0.1), call("scaleByLearningRate", 0.1)),
            optax.chain(optax.clip_by_global_norm(0.5), optax.scale_by_adam(eps=TINY), optax.add_decayed_weights(0.1), optax.scale_by_learning_rate(0.1)),
        ),
    )


def main():
    scaling()
    clipping()
    wrapping()
    write(
        "transforms",
        f"The updates of ten steps of gradient transforms by {OPTAX} on JAX {jax.__version__}, in double precision; made "
        "by test/reference/transforms.py. The trees and their gradients are those of test/reference/trees.py, and "
        "the parameters stay as they are.",
        cases,
    )


if __name__ == "__main__":
    main()
