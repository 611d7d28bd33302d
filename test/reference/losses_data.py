"""The inputs of the cases, each also in a shape with one more axis, float32 of few digits."""

import numpy as np

source = np.random.default_rng(11)


def rounded(x):
    return np.round(x, 4).astype(np.float32)


def distributions(shape):
    """Of four classes, in 64ths: float32 has them, and their sum of 1, exactly."""
    return ((2 + source.multinomial(56, source.dirichlet(np.full(4, 2.0), shape[:-1]))) / 64).astype(np.float32)


DATA = {}
for suffix, shape in (("", (3, 4)), ("Deep", (2, 3, 4))):
    classes = source.permutation(np.arange(int(np.prod(shape[:-1]))) % 4).reshape(shape[:-1])
    if suffix == "":
        classes = np.array([0, 3, 1])
    bits = source.integers(0, 2, shape).astype(np.float32)
    DATA |= {
        "targets" + suffix: rounded(source.normal(0, 2, shape)),
        "real" + suffix: rounded(source.normal(0, 2, shape)),
        "other" + suffix: rounded(source.normal(0, 2, shape)),
        "positive" + suffix: rounded(source.uniform(0.5, 3, shape)),
        "counts" + suffix: source.integers(0, 5, shape).astype(np.float32),
        "bits" + suffix: bits,
        "signs" + suffix: 2 * bits - 1,
        "probability" + suffix: rounded(source.uniform(0.05, 0.95, shape)),
        "distribution" + suffix: distributions(shape),
        "predicted" + suffix: distributions(shape),
        "labels" + suffix: classes.astype(np.int32),
        "oneHot" + suffix: np.eye(4, dtype=np.float32)[classes],
    }
DATA |= {
    # As of images, with the classes second: [2, 4 classes, 3] and the labels [2, 3].
    "channelsFirst": np.ascontiguousarray(np.swapaxes(DATA["realDeep"], 1, 2)),
    "oneHotFirst": np.ascontiguousarray(np.swapaxes(DATA["oneHotDeep"], 1, 2)),
    "ignored": np.array([[2, -100, 1], [-100, 0, 3]], np.int32),
    "allIgnored": np.array([-1, -1, -1], np.int32),
    "huge": np.array([[1e4, -1e4, 0, 5], [-1e4, -1e4, 1e4, 1e4], [0, 1e4, -3, 1e4]], np.float32),
    "flags": bits[0, :, 0],
    "distance": rounded(source.uniform(0.1, 2, 3)),
}
