"""Losses and weights of models that Keras trains with class and sample weights, for inFit.test.ts.

    pip install keras torch
    python test/reference/losses_in_fit.py

writes fixtures/losses_in_fit.json: the same network, of one dense layer, from the same weights, three epochs of
gradient descent on batches of four and then two samples.
"""

import json
import os
from pathlib import Path

os.environ["KERAS_BACKEND"] = "torch"

import keras
import numpy as np

source = np.random.default_rng(5)
X = np.round(source.normal(size=(6, 2)), 3).astype(np.float32)
KERNEL = np.round(source.normal(size=(2, 3)), 3).astype(np.float32)
CLASSES = np.array([0, 2, 1, 1, 0, 2])
ONE_HOT = np.eye(3, dtype=np.float32)[CLASSES]
TARGETS = np.round(source.normal(size=(6, 3)), 3).astype(np.float32)
COUNTS = source.integers(0, 4, (6, 3)).astype(np.float32)
CLASS_WEIGHT = {0: 0.5, 1: 3.0, 2: 1.25}
SAMPLE_WEIGHT = np.array([1, 0.5, 2, 0, 1.5, 3], np.float32)

K = keras.losses
LOSSES = [
    ("categoricalCrossentropy", {"fromLogits": True, "labelSmoothing": 0.1}, K.CategoricalCrossentropy(from_logits=True, label_smoothing=0.1), "linear", ONE_HOT),
    ("categoricalCrossentropy", {}, K.CategoricalCrossentropy(), "softmax", ONE_HOT),
    ("sparseCategoricalCrossentropy", {}, K.SparseCategoricalCrossentropy(), "softmax", CLASSES),
    ("sparseCategoricalCrossentropy", {"fromLogits": True, "ignoreIndex": 2}, K.SparseCategoricalCrossentropy(from_logits=True, ignore_class=2), "linear", CLASSES),
    ("categoricalFocal", {}, K.CategoricalFocalCrossentropy(), "softmax", ONE_HOT),
    ("binaryCrossentropy", {}, K.BinaryCrossentropy(), "sigmoid", ONE_HOT),
    ("binaryFocal", {"gamma": 1, "alpha": 0.4}, K.BinaryFocalCrossentropy(apply_class_balancing=True, gamma=1, alpha=0.4), "sigmoid", ONE_HOT),
    ("categoricalHinge", {}, K.CategoricalHinge(), "linear", ONE_HOT),
    ("squaredHinge", {}, K.SquaredHinge(), "linear", ONE_HOT),
    ("klDivergence", {}, K.KLDivergence(), "softmax", ONE_HOT),
    ("cosineSimilarity", {}, K.CosineSimilarity(), "linear", ONE_HOT),
    ("meanSquaredError", {"reduction": "sum"}, K.MeanSquaredError(reduction="sum"), "linear", ONE_HOT),
    ("meanSquaredError", {}, K.MeanSquaredError(), "linear", TARGETS),
    ("huber", {"delta": 0.5}, K.Huber(delta=0.5), "linear", TARGETS),
    ("logCosh", {}, K.LogCosh(), "linear", TARGETS),
    ("poisson", {}, K.Poisson(), "softplus", COUNTS),
]


def numbers(x):
    return [float(f"{v:.8g}") for v in np.asarray(x, dtype=float).ravel()]


def train(loss, activation, y, weights):
    layer = keras.layers.Dense(3, activation=activation)
    model = keras.Sequential([keras.Input((2,)), layer])
    layer.set_weights([KERNEL, np.zeros(3, np.float32)])
    model.compile(optimizer=keras.optimizers.SGD(0.1), loss=loss)
    history = model.fit(X, y, epochs=3, batch_size=4, shuffle=False, verbose=0, **weights)
    return {"history": numbers(history.history["loss"]), "weights": numbers(np.concatenate([w.ravel() for w in layer.get_weights()]))}


cases = []
for name, options, loss, activation, y in LOSSES:
    variants = [{}, {"sampleWeight": SAMPLE_WEIGHT}]
    if y is CLASSES or y is ONE_HOT:
        variants.append({"classWeight": CLASS_WEIGHT})
    for variant in variants:
        weights = {{"sampleWeight": "sample_weight", "classWeight": "class_weight"}[key]: value for key, value in variant.items()}
        cases.append({
            "loss": name,
            "options": options,
            "activation": activation,
            "y": y.tolist(),
            "weighing": {key: value if isinstance(value, dict) else value.tolist() for key, value in variant.items()},
            **train(loss, activation, y, weights),
        })

fixture = {"version": f"keras {keras.__version__}", "x": X.tolist(), "kernel": KERNEL.tolist(), "cases": cases}
for key in ("x", "kernel"):
    fixture[key] = np.round(np.asarray(fixture[key], float), 3).tolist()
for case in cases:
    case["y"] = np.round(np.asarray(case["y"], float), 3).tolist()
text = json.dumps(fixture, separators=(",", ":")).replace('},{"loss"', '},\n{"loss"')
(Path(__file__).parent / "fixtures" / "losses_in_fit.json").write_text(text + "\n")
print(len(cases), "cases")
