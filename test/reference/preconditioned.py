"""Writes fixtures/preconditioned.json: ten steps of SOAP and Shampoo by pytorch_optimizer, in double precision.

Run it with Python that has torch and pytorch_optimizer: `python test/reference/preconditioned.py`.
"""

from importlib.metadata import version

import numpy as np
import pytorch_optimizer
import torch

from trees import DATA, flat, moves, numbers, write

SOURCE = f"pytorch_optimizer {version('pytorch_optimizer')}"
# Singular matrices have eigenvectors that nothing tells apart: SOAP is only defined on others.
TREE = "square"


def run(make):
    params, grads = DATA[TREE]
    tensors = {key: torch.nn.Parameter(torch.tensor(value)) for key, value in params.items()}
    optimizer = make(list(tensors.values()))
    after = []
    for grad in grads:
        for key, tensor in tensors.items():
            # A copy: Shampoo turns gradients in place.
            tensor.grad = torch.tensor(grad[key])
        optimizer.step()
        after.append(flat({key: tensor.detach().numpy() for key, tensor in tensors.items()}, TREE))
    return moves(after, TREE)


def shampoo(rate, epsilon):
    """The paper's algorithm, by eigenvalues."""
    params, grads = DATA[TREE]
    current = {key: value.copy() for key, value in params.items()}
    factors = {key: [epsilon * np.eye(size) for size in value.shape] for key, value in params.items()}
    after = []
    for grad in grads:
        for key, g in grad.items():
            update = g
            for axis, factor in enumerate(factors[key]):
                rows = np.moveaxis(g, axis, 0).reshape(g.shape[axis], -1)
                factor += rows @ rows.T
                values, vectors = np.linalg.eigh(factor)
                root = vectors @ np.diag(values ** (-1 / (2 * g.ndim))) @ vectors.T
                update = np.moveaxis(np.tensordot(root, update, axes=(1, axis)), 0, axis)
            current[key] = current[key] - rate * update
        after.append(flat(current, TREE))
    return moves(after, TREE)


def main():
    # The QR decomposition of pytorch_optimizer is in single precision otherwise.
    qr = torch.linalg.qr
    torch.linalg.qr = lambda a: qr(a.double())
    torch.Tensor.to = lambda self, kind, to=torch.Tensor.to: self if kind is torch.float32 else to(self, kind)
    cases = []

    def add(optimizer, options, moved):
        cases.append({"optimizer": optimizer, "options": options, "source": f"{SOURCE} {optimizer}", "tree": TREE, "moved": numbers(moved)})

    for options in (
        dict(learningRate=0.05, weightDecay=0),
        dict(learningRate=0.05, weightDecay=0, preconditionFrequency=3),
        dict(learningRate=0.05, weightDecay=0, preconditionFrequency=1, beta1=0.8, beta2=0.9, epsilon=1e-3),
    ):
        betas = options.get("beta1", 0.95), options.get("beta2", 0.95)
        frequency = options.get("preconditionFrequency", 10)
        more = dict(betas=betas, precondition_frequency=frequency, eps=options.get("epsilon", 1e-8), weight_decay=0.0)
        add("soap", options, run(lambda params: pytorch_optimizer.SOAP(params, lr=0.05, shampoo_beta=betas[1], **more)))
    for epsilon in (1e-4, 1e-2):
        options = dict(learningRate=0.1, epsilon=epsilon, preconditionFrequency=1)
        moved = run(lambda params: pytorch_optimizer.Shampoo(params, lr=0.1, matrix_eps=epsilon))
        print("Shampoo by eigenvalues and by pytorch_optimizer differ by", np.abs(np.array(moved) - shampoo(0.1, epsilon)).max())
        add("shampoo", options, moved)
    write(
        "preconditioned",
        f"Ten steps of SOAP and Shampoo by {SOURCE} on PyTorch {torch.__version__}, in double precision; made by "
        "test/reference/preconditioned.py. `moved` is how far each parameter is from its start after each step. The trees "
        "and their gradients are those of test/reference/trees.py.",
        cases,
    )


if __name__ == "__main__":
    main()
