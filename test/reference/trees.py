"""The trees of parameters and gradients that the reference scripts of optimizers share, and how they store numbers."""

import json
import math
from pathlib import Path

import numpy as np

STEPS = 10


def single(values):
    """Doubles that single precision holds exactly, so that both sides start alike."""
    return np.asarray(values, dtype=np.float32).astype(np.float64)


def wave(shape, phase, scale):
    """Numbers that a test can compute by itself: scale · sin(1 + 0.7·i + phase + 0.01·i²)."""
    i = np.arange(math.prod(shape), dtype=np.float64)
    return single(scale * np.sin(1 + 0.7 * i + phase + 0.01 * i * i).reshape(shape))


def tree(shapes, scale, zero=None):
    """Parameters, and a gradient for each step; the entry `zero` of a tensor has none in the first steps."""
    params = {name: wave(shape, k, 1.0) for k, (name, shape) in enumerate(shapes.items())}
    grads = []
    for step in range(STEPS):
        # A step of gradients that are eight times as large, for whatever clips.
        size = scale * (8 if step == 3 else 1)
        grad = {name: wave(shape, 3 * step + 10 * k, size) for k, (name, shape) in enumerate(shapes.items())}
        if zero and step < zero[2]:
            grad[zero[0]].flat[zero[1]] = 0
        grads.append(grad)
    return params, grads


TREES = {
    "small": {"kernel": (4, 3), "bias": (3,)},
    "matrices": {"wide": (3, 5), "tall": (5, 3), "vector": (4,)},
    "square": {"kernel": (3, 3), "vector": (4,)},
    "large": {"kernel": (160, 130), "bias": (3,)},
}
DATA = {
    "small": tree(TREES["small"], 0.5, ("kernel", 0, 2)),
    "matrices": tree(TREES["matrices"], 0.5),
    "square": tree(TREES["square"], 0.5),
    "large": tree(TREES["large"], 0.5),
}


def flat(params, name):
    """The numbers of a tree, in the order of its tensors here: JAX sorts them by name."""
    return np.concatenate([np.asarray(params[key], dtype=np.float64).ravel() for key in TREES[name]])


def moves(after, name):
    """How far each parameter is from its start."""
    start = flat(DATA[name][0], name)
    return [row - start for row in after]


def numbers(rows):
    """Rows with the nine digits that tell any two numbers of single precision apart."""
    return [[float(f"{value:.9g}") for value in row] for row in rows]


def sampled(rows):
    """Every 997th entry, and the root of the mean square, of rows that are too long to store."""
    return [np.append(row[::997], math.sqrt(np.mean(row * row))) for row in rows]


def write(name, about, cases):
    """Writes a file of fixtures, each case in a line."""
    path = Path(__file__).parent / "fixtures" / f"{name}.json"
    lines = ",\n".join(json.dumps(each, separators=(",", ":")) for each in cases)
    path.write_text(f'{{"about": {json.dumps(about)},\n"cases": [\n{lines}\n]}}\n')
    print(f"{name}: {len(cases)} cases")
