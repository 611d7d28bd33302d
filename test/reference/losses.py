"""Values and gradients of losses from Keras, PyTorch, optax, SciPy and scikit-learn, for reference.test.ts.

    pip install keras torch optax scipy scikit-learn
    python test/reference/losses.py

writes fixtures/losses.json. A case names the loss and the options as the toolkit has them, and the function of the
library that gave the numbers. The gradient is that of the sum of what the loss returns, by its input `at`.
"""

import json
import os
from pathlib import Path

os.environ["KERAS_BACKEND"] = "torch"

import jax
import keras
import numpy as np
import optax
import scipy
import sklearn
import torch
from keras.src.backend import set_keras_mask

from losses_data import DATA
from losses_optax import OPTAX
from losses_torch import TORCH

VERSIONS = {
    "keras": f"keras {keras.__version__}",
    "torch": f"torch {torch.__version__}",
    "optax": f"optax {optax.__version__} on jax {jax.__version__}",
    "scipy": f"scipy {scipy.__version__}",
    "sklearn": f"scikit-learn {sklearn.__version__}",
}

WEIGHTS, MASK = [0.5, 2.0, 1.25], [1, 0, 1]
DEEP_WEIGHTS, DEEP_MASK = [[0.5, 2.0, 1.0], [0.0, 1.5, 3.0]], [[1, 1, 0], [0, 1, 1]]

# Reductions, weights and masks that every loss of Keras is computed with.
FLAT = [
    {},
    {"reduction": "sum"},
    {"reduction": "none"},
    {"sampleWeight": WEIGHTS},
    {"sampleWeight": WEIGHTS, "reduction": "sum"},
    {"sampleWeight": WEIGHTS, "reduction": "none"},
    {"mask": MASK},
    {"mask": MASK, "sampleWeight": WEIGHTS},
    {"mask": MASK, "reduction": "sum"},
]
DEEP = [
    {},
    {"sampleWeight": DEEP_WEIGHTS},
    {"mask": DEEP_MASK},
    {"mask": DEEP_MASK, "sampleWeight": DEEP_WEIGHTS},
]
WHOLE = [{}, {"reduction": "sum"}, {"sampleWeight": 2.5}]

# Loss, class, truth, prediction, options of both. Without a gradient: Keras divides those predictions by their sum
# first, which changes nothing but the gradient.
KERAS = [
    ("meanSquaredError", "MeanSquaredError", "targets", "real", {}, {}),
    ("meanAbsoluteError", "MeanAbsoluteError", "targets", "real", {}, {}),
    ("meanAbsolutePercentageError", "MeanAbsolutePercentageError", "targets", "real", {}, {}),
    ("meanSquaredLogarithmicError", "MeanSquaredLogarithmicError", "counts", "positive", {}, {}),
    ("huber", "Huber", "targets", "real", {}, {}),
    ("huber", "Huber", "targets", "real", {"delta": 0.4}, {"delta": 0.4}),
    ("logCosh", "LogCosh", "targets", "real", {}, {}),
    ("hinge", "Hinge", "bits", "real", {}, {}),
    ("squaredHinge", "SquaredHinge", "signs", "real", {}, {}),
    ("categoricalHinge", "CategoricalHinge", "oneHot", "real", {}, {}),
    ("cosineSimilarity", "CosineSimilarity", "targets", "real", {}, {}),
    ("poisson", "Poisson", "counts", "positive", {}, {}),
    ("klDivergence", "KLDivergence", "distribution", "predicted", {}, {}),
    ("binaryCrossentropy", "BinaryCrossentropy", "bits", "probability", {}, {}),
    ("binaryCrossentropy", "BinaryCrossentropy", "bits", "real", {"fromLogits": True, "labelSmoothing": 0.2},
     {"from_logits": True, "label_smoothing": 0.2}),
    ("binaryFocal", "BinaryFocalCrossentropy", "bits", "probability", {}, {"apply_class_balancing": True}),
    ("binaryFocal", "BinaryFocalCrossentropy", "bits", "probability", {"alpha": None, "gamma": 1.5, "labelSmoothing": 0.1},
     {"gamma": 1.5, "label_smoothing": 0.1}),
    ("binaryFocal", "BinaryFocalCrossentropy", "bits", "real", {"fromLogits": True, "alpha": 0.6},
     {"from_logits": True, "alpha": 0.6, "apply_class_balancing": True}),
    ("categoricalCrossentropy", "CategoricalCrossentropy", "oneHot", "predicted", {}, {}),
    ("categoricalCrossentropy", "CategoricalCrossentropy", "oneHot", "real", {"fromLogits": True, "labelSmoothing": 0.1},
     {"from_logits": True, "label_smoothing": 0.1}),
    ("sparseCategoricalCrossentropy", "SparseCategoricalCrossentropy", "labels", "predicted", {}, {}),
    ("sparseCategoricalCrossentropy", "SparseCategoricalCrossentropy", "labels", "real", {"fromLogits": True},
     {"from_logits": True}),
    ("sparseCategoricalCrossentropy", "SparseCategoricalCrossentropy", "labels", "real",
     {"fromLogits": True, "ignoreIndex": 3}, {"from_logits": True, "ignore_class": 3}),
    ("categoricalFocal", "CategoricalFocalCrossentropy", "oneHot", "predicted", {}, {}),
    ("categoricalFocal", "CategoricalFocalCrossentropy", "oneHot", "real",
     {"fromLogits": True, "gamma": 1, "alpha": 0.5, "labelSmoothing": 0.1},
     {"from_logits": True, "gamma": 1, "alpha": 0.5, "label_smoothing": 0.1}),
    ("dice", "Dice", "bits", "probability", {}, {}),
    ("dice", "Dice", "bits", "probability", {"axis": -1}, {"axis": -1}),
    ("tversky", "Tversky", "bits", "probability", {}, {}),
    # What Keras calls false positives are the misses: there alpha weighs those, and beta the false positives.
    ("tversky", "Tversky", "bits", "probability", {"alpha": 0.3, "beta": 0.7, "axis": 1}, {"alpha": 0.7, "beta": 0.3, "axis": 1}),
]


def numbers(x):
    """Eight digits: more than float32 has."""
    x = x.detach().numpy() if isinstance(x, torch.Tensor) else np.asarray(x)
    return json.loads(json.dumps(x.astype(float).tolist()), parse_float=lambda s: float(f"{float(s):.8g}"))


def keras_case(loss, kind, truth, prediction, ours, theirs, variant):
    reduction = variant.get("reduction", "sum_over_batch_size")
    function = getattr(keras.losses, kind)(reduction=None if reduction == "none" else reduction, **theirs)
    y = torch.tensor(DATA[truth])
    p = torch.tensor(DATA[prediction], requires_grad=True)
    if "mask" in variant:
        set_keras_mask(p, torch.tensor(variant["mask"], dtype=torch.bool))
    weight = variant.get("sampleWeight")
    value = function(y, p, sample_weight=None if weight is None else torch.tensor(weight))
    value.sum().backward()
    rescaled = loss.lower().endswith(("entropy", "focal")) and "predicted" in prediction
    return {
        "loss": loss,
        "function": f"keras.losses.{kind}",
        "library": "keras",
        "inputs": [truth, prediction],
        "options": {**ours, **variant},
        "at": 1,
        "value": numbers(value),
        "gradient": None if rescaled else numbers(p.grad),
    }


def keras_cases():
    for loss, kind, truth, prediction, ours, theirs in KERAS:
        if loss in ("dice", "tversky"):
            variants = [(v, "") for v in (FLAT[:6] if "axis" in ours else WHOLE)]
        else:
            variants = [(v, "") for v in FLAT] + [(v, "Deep") for v in DEEP]
        for variant, deep in variants:
            yield keras_case(loss, kind, truth + deep, prediction + deep, ours, theirs, variant)


def torch_cases():
    for loss, library, name, inputs, options, at, function in TORCH:
        tensors = [torch.tensor(DATA[one]) for one in inputs]
        tensors[at].requires_grad_()
        value = function(*tensors)
        # SciPy and scikit-learn give no gradients.
        if isinstance(value, torch.Tensor):
            value.sum().backward()
        yield {
            "loss": loss,
            "function": name,
            "library": library,
            "inputs": inputs,
            "options": options,
            "at": at,
            "value": numbers(value),
            "gradient": numbers(tensors[at].grad) if isinstance(value, torch.Tensor) else None,
        }


def optax_cases():
    for loss, name, inputs, options, at, function in OPTAX:
        arrays = [np.asarray(DATA[one]) for one in inputs]
        value = function(*arrays)
        gradient = jax.grad(lambda x: function(*arrays[:at], x, *arrays[at + 1 :]).sum())(arrays[at])
        yield {
            "loss": loss,
            "function": name,
            "library": "optax",
            "inputs": inputs,
            "options": options,
            "at": at,
            "value": numbers(value),
            "gradient": numbers(gradient),
        }


cases = [*keras_cases(), *torch_cases(), *optax_cases()]
fixture = {"versions": VERSIONS, "data": {name: numbers(x) for name, x in DATA.items()}, "cases": cases}
text = json.dumps(fixture, separators=(",", ":")).replace('},{"loss"', '},\n{"loss"')
(Path(__file__).parent / "fixtures" / "losses.json").write_text(text + "\n")
print(len(cases), "cases")
