"""Writes fixtures/optimizers.json: ten steps of every optimizer by Keras and optax, in double precision.

Run it with Python that has keras, jax and optax: `python test/reference/optimizers.py`.
"""

import re

# First: it sets up Keras.
from trajectories import keras, optax, run_keras

import jax
from optimizers_optax import optax_cases
from trees import moves, numbers, sampled, write

KERAS = f"Keras {keras.__version__}"
OPTAX = f"optax {optax.__version__}"
CLASSES = {
    "sgd": "SGD",
    "adagrad": "Adagrad",
    "rmsprop": "RMSprop",
    "adadelta": "Adadelta",
    "adam": "Adam",
    "amsgrad": "Adam",
    "adamax": "Adamax",
    "nadam": "Nadam",
    "adamw": "AdamW",
    "lion": "Lion",
    "lamb": "Lamb",
    "ftrl": "Ftrl",
}
SCHEDULE = {"schedule": "exponentialDecay", "options": {"initialValue": 0.05, "transitionSteps": 3, "decayRate": 0.5}}
cases = []


def case(optimizer, options, source, tree, after, **more):
    moved = moves(after, tree)
    rows = numbers(sampled(moved) if tree == "large" else moved)
    cases.append({"optimizer": optimizer, "options": options, "source": source, "tree": tree, **more, "moved": rows})


def snake(name):
    words = re.sub(r"(?<=[a-z0-9])([A-Z])", lambda m: "_" + m[1].lower(), name)
    return re.sub(r"^beta([12])$", r"beta_\1", words)


def rate_for_keras(rate):
    if not isinstance(rate, dict):
        return float(rate)
    options = rate["options"]
    return keras.optimizers.schedules.ExponentialDecay(
        options["initialValue"], options["transitionSteps"], options["decayRate"]
    )


def by_keras(optimizer, **options):
    """A case of an optimizer of Keras, whose options are ours in snake case."""
    theirs = {snake(key): value for key, value in options.items()}
    if "learningRate" in options:
        theirs["learning_rate"] = rate_for_keras(options["learningRate"])
    if optimizer == "amsgrad":
        theirs["amsgrad"] = True
    made = getattr(keras.optimizers, CLASSES[optimizer])(**theirs)
    case(optimizer, options, f"{KERAS} {CLASSES[optimizer]}", "small", run_keras(made, "small"))


# Options of each, after its defaults: other numbers, then what it alone has.
OWN = {
    "sgd": [
        dict(learningRate=0.1, momentum=0.9),
        dict(learningRate=0.05, momentum=0.7, nesterov=True),
        dict(learningRate=0.05, momentum=0.7, nesterov=True, weightDecay=0.02),
    ],
    "adagrad": [dict(learningRate=0.3, initialAccumulatorValue=0.5, epsilon=1e-3), dict(learningRate=0.1, initialAccumulatorValue=0)],
    "rmsprop": [
        dict(learningRate=0.02, rho=0.8, epsilon=1e-3),
        dict(learningRate=0.02, momentum=0.9),
        dict(learningRate=0.02, rho=0.8, centered=True, epsilon=1e-3),
        dict(learningRate=0.02, rho=0.8, momentum=0.5, centered=True, epsilon=1e-2),
        dict(momentum=0.9, learningRate=SCHEDULE),
    ],
    "adadelta": [dict(learningRate=1, rho=0.9, epsilon=1e-6), dict(learningRate=1)],
    "adam": [
        dict(learningRate=0.05, beta1=0.8, beta2=0.95, epsilon=1e-3),
        dict(learningRate=0.05, amsgrad=True),
        dict(learningRate=0.05, beta2=0.8, amsgrad=True),
        dict(learningRate=0.05, beta1=0),
        dict(learningRate=0.05, weightDecay=0.1, amsgrad=True),
    ],
    "amsgrad": [dict(learningRate=0.05, beta1=0.8, beta2=0.9, epsilon=1e-3)],
    "adamax": [dict(learningRate=0.05, beta1=0.8, beta2=0.9, epsilon=1e-3)],
    "nadam": [dict(learningRate=0.05, beta1=0.8, beta2=0.95, epsilon=1e-3)],
    "adamw": [
        dict(learningRate=0.05, beta1=0.8, beta2=0.95, epsilon=1e-3, weightDecay=0.2),
        dict(learningRate=0.05, weightDecay=0),
        dict(learningRate=0.05, beta2=0.8, amsgrad=True),
    ],
    "lion": [dict(learningRate=0.05, beta1=0.8, beta2=0.9)],
    "ftrl": [
        dict(learningRate=0.1, learningRatePower=-0.7, initialAccumulatorValue=0.2),
        dict(learningRate=0.1, l1RegularizationStrength=0.3),
        dict(learningRate=0.1, l2RegularizationStrength=0.3, beta=0.1),
        dict(learningRate=0.1, l1RegularizationStrength=0.2, l2RegularizationStrength=0.1, l2ShrinkageRegularizationStrength=0.05),
    ],
}


def keras_cases():
    for name, own in OWN.items():
        by_keras(name)
        for options in own:
            by_keras(name, **options)
        by_keras(name, learningRate=SCHEDULE)
        by_keras(name, learningRate=0.05, weightDecay=0.1)
        by_keras(name, learningRate=0.05, clipnorm=0.5)
        by_keras(name, learningRate=0.05, clipvalue=0.2)
        by_keras(name, learningRate=0.05, globalClipnorm=0.8)
    by_keras("lamb")


def main():
    keras_cases()
    optax_cases(case, SCHEDULE)
    write(
        "optimizers",
        f"Ten steps of optimizers by {KERAS} and {OPTAX} on JAX {jax.__version__}, in double precision; made by "
        "test/reference/optimizers.py. `moved` is how far each parameter is from its start after each step. The trees "
        "and their gradients are those of test/reference/trees.py.",
        cases,
    )


if __name__ == "__main__":
    main()
