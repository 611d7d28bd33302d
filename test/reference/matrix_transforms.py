"""Ten steps of the transforms of whole tensors, by optax, and of SOAP and Shampoo by numpy in double precision.

python3 -m venv venv && venv/bin/pip install optax==0.2.8 jax==0.10.2
venv/bin/python test/reference/matrix_transforms.py > test/reference/fixtures/matrixTransforms.json
"""

import json

import jax
import jax.numpy as jnp
import numpy as np
import optax
from optax import contrib

jax.config.update("jax_enable_x64", True)
SHAPES = {"tall": [6, 4], "wide": [3, 5], "kernel": [3, 3, 2, 4], "bias": [5]}


def start(shape):
    return np.sin(1 + 1.3 * np.arange(np.prod(shape))).reshape(shape)


def gradient(w, step):
    return 0.5 * w + np.cos(0.9 * np.arange(w.size) + 0.5 * step).reshape(w.shape)


def follow(transform, names, steps=10):
    params = {name: jnp.asarray(start(SHAPES[name])) for name in names}
    state = transform.init(params)
    for step in range(steps):
        grads = {name: jnp.asarray(gradient(np.asarray(w), step)) for name, w in params.items()}
        updates, state = transform.update(grads, state, params)
        params = optax.apply_updates(params, updates)
    return {name: [float(f"{x:.9g}") for x in np.asarray(w).ravel()] for name, w in params.items()}


class Numpy:
    """An optax-like transform of single arrays."""

    def __init__(self, begin, update):
        self.begin, self.one = begin, update

    def init(self, params):
        return {name: self.begin(np.asarray(w)) for name, w in params.items()}

    def update(self, grads, state, params):
        return {name: self.one(np.asarray(g), state[name], np.asarray(params[name])) for name, g in grads.items()}, state


def along(matrix, x, axis):
    return np.moveaxis(np.tensordot(matrix, x, (1, axis)), 0, axis)


def gram(x, axis):
    rows = np.moveaxis(x, axis, 0).reshape(x.shape[axis], -1)
    return rows @ rows.T


def soap(rate, beta1, beta2, eps, frequency, largest):
    """Vyas et al. 2024 with the momentum in the original space."""

    def begin(w):
        axes = [a for a, d in enumerate(w.shape) if d <= largest and w.ndim > 1]
        return dict(t=0, m=np.zeros(w.shape), v=np.zeros(w.shape), gg={a: 0 for a in axes}, q=None)

    def update(g, s, w):
        def project(x, back=False):
            for a, q in s["q"].items():
                x = along(q if back else q.T, x, a)
            return x

        if s["q"] is None:
            s["gg"] = {a: (1 - beta2) * gram(g, a) for a in s["gg"]}
            s["q"] = {a: np.linalg.eigh(m)[1][:, ::-1] for a, m in s["gg"].items()}
            return np.zeros(w.shape)
        s["t"] += 1
        s["m"] = beta1 * s["m"] + (1 - beta1) * g
        s["v"] = beta2 * s["v"] + (1 - beta2) * project(g) ** 2
        size = rate * np.sqrt(1 - beta2 ** s["t"]) / (1 - beta1 ** s["t"])
        step = -size * project(project(s["m"]) / (np.sqrt(s["v"]) + eps), back=True)
        for a in s["gg"]:
            s["gg"][a] = beta2 * s["gg"][a] + (1 - beta2) * gram(g, a)
        if s["t"] % frequency == 0:
            for a, m in s["gg"].items():
                order = np.argsort(-np.diag(s["q"][a].T @ m @ s["q"][a]), kind="stable")
                s["v"] = np.take(s["v"], order, axis=a)
                s["q"][a] = np.linalg.qr(m @ s["q"][a][:, order])[0]
        return step

    return Numpy(begin, update)


def shampoo(rate, eps, frequency, largest):
    """Algorithms 1 and 2 of Gupta et al. 2018, with diagonals for large axes; roots are renewed every few steps."""

    def begin(w):
        return dict(t=0, h=[np.zeros(d) if d > largest else np.zeros((d, d)) for d in w.shape], root=None)

    def update(g, s, w):
        for a, h in enumerate(s["h"]):
            h += gram(g, a) if h.ndim == 2 else np.diag(gram(g, a))
        if s["t"] % frequency == 0:
            power = -1 / (2 * w.ndim)
            s["root"] = []
            for h in s["h"]:
                if h.ndim == 1:
                    s["root"].append(np.diag((h + eps) ** power))
                else:
                    e, q = np.linalg.eigh(h + eps * np.eye(len(h)))
                    s["root"].append(q @ np.diag(e**power) @ q.T)
        s["t"] += 1
        u = g
        for a, root in enumerate(s["root"]):
            u = along(root, u, a)
        return -rate * u

    return Numpy(begin, update)


kernels = lambda params: jax.tree.map(
    lambda w: contrib.MuonDimensionNumbers(tuple(range(w.ndim - 1)), w.ndim - 1) if w.ndim > 1 else None, params
)
dion = contrib._muon._DION_NS_COEFFS
every = list(SHAPES)
CASES = {
    "adafactor": (optax.adafactor(0.05), every),
    "adafactor, factored from 3 on": (optax.adafactor(0.05, min_dim_size_to_factor=3), every),
    "adafactor, every option": (
        optax.adafactor(
            lambda t: 0.1 / (1 + t),
            min_dim_size_to_factor=2,
            decay_rate=0.7,
            multiply_by_parameter_scale=False,
            clipping_threshold=0.7,
            momentum=0.8,
            weight_decay_rate=0.01,
            eps=1e-8,
        ),
        every,
    ),
    "adafactor, without clipping": (optax.adafactor(0.05, clipping_threshold=None, factored=False), every),
    "muon": (contrib.muon(0.05), every),
    "muon, every option": (
        contrib.muon(
            0.05,
            ns_steps=3,
            ns_coeffs=tuple(dion[:3]),
            beta=0.8,
            eps=1e-6,
            weight_decay=0.1,
            nesterov=False,
            adam_b1=0.8,
            adam_b2=0.99,
            adam_weight_decay=0.05,
            adam_learning_rate=0.02,
            consistent_rms=0.2,
        ),
        every,
    ),
    "muon, kernels": (contrib.muon(0.05, muon_weight_dimension_numbers=kernels), every),
    "muon, adaptive": (contrib.muon(0.05, adaptive=True), every),
    "adaptiveGradientClip": (optax.chain(optax.adaptive_grad_clip(0.1), optax.sgd(0.5)), every),
    "adaptiveGradientClip, options": (optax.chain(optax.adaptive_grad_clip(0.2, 0.5, axis=-1), optax.sgd(0.5)), every),
    # Of tensors whose first gradient has products of full rank: else the eigenvectors are not determined.
    "soap": (soap(0.05, 0.95, 0.95, 1e-8, 3, 1024), ["kernel", "bias"]),
    "soap, one-sided": (soap(0.05, 0.9, 0.99, 1e-6, 1, 4), every),
    "shampoo": (shampoo(0.1, 1e-2, 1, 1024), every),
    "shampoo, diagonal": (shampoo(0.1, 1e-2, 4, 4), every),
}

made = f"optax {optax.__version__}, jax {jax.__version__}, numpy {np.__version__}, in double precision"
cases = [f"  {json.dumps(name)}: {json.dumps(follow(*case))}" for name, case in CASES.items()]
print(f'{{\n "made": {json.dumps(made)},\n "shapes": {json.dumps(SHAPES)},\n "cases": {{')
print(",\n".join(cases) + "\n }\n}")
