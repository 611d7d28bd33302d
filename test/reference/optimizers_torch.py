"""Compares fixtures/optimizers.json with PyTorch where both have the same rule: a check of the references themselves.

The two add ε in other places, so that only cases of a small one are compared. Run it with Python that has torch:
`python test/reference/optimizers_torch.py`.
"""

import json
import sys
from pathlib import Path

import numpy as np
import torch

from trees import DATA, flat, moves

OPTIM = torch.optim


def betas(options):
    return float(options.get("beta1", 0.9)), float(options.get("beta2", 0.999))


def small(options):
    return options.get("epsilon", 0) < 1e-6


# How PyTorch makes each; the rate is set at each step.
MAKE = {
    "sgd": lambda p, o: OPTIM.SGD(p, momentum=o.get("momentum", 0), nesterov=o.get("nesterov", False)),
    "adam": lambda p, o: OPTIM.AdamW(p, betas=betas(o), eps=1e-7, amsgrad=o.get("amsgrad", False), weight_decay=o.get("weightDecay", 0)),
    "amsgrad": lambda p, o: OPTIM.AdamW(p, betas=betas(o), eps=1e-7, amsgrad=True, weight_decay=o.get("weightDecay", 0)),
    "adamw": lambda p, o: OPTIM.AdamW(p, betas=betas(o), eps=1e-7, amsgrad=o.get("amsgrad", False), weight_decay=o.get("weightDecay", 0.004)),
    "adamax": lambda p, o: OPTIM.Adamax(p, betas=betas(o), eps=1e-9),
    # Keras has no exponent for 0.96: ψ = 1 there.
    "nadam": lambda p, o: OPTIM.NAdam(p, betas=betas(o), eps=1e-7, momentum_decay=1),
    "radam": lambda p, o: OPTIM.RAdam(p, betas=betas(o), eps=1e-8),
    "adadelta": lambda p, o: OPTIM.Adadelta(p, rho=o.get("rho", 0.95), eps=o.get("epsilon", 1e-7)),
    "adagrad": lambda p, o: OPTIM.Adagrad(p, initial_accumulator_value=o.get("initialAccumulatorValue", 0.1), eps=1e-10),
    "rmsprop": lambda p, o: OPTIM.RMSprop(p, alpha=o.get("rho", 0.9), eps=1e-10, centered=o.get("centered", False)),
}
# What ε does to the smallest gradients here.
BOUND = 1e-3
DECAYS = ("adam", "amsgrad", "adamw")
RATES = {"sgd": 0.01}


def comparable(case):
    name, options = case["optimizer"], case["options"]
    if name not in MAKE or not (small(options) or name == "adadelta") or any("clip" in key.lower() for key in options):
        return False
    if "weightDecay" in options and name not in DECAYS:
        return False
    return not (name == "rmsprop" and "momentum" in options)


def rates(options, name):
    rate = options.get("learningRate", RATES.get(name, 0.001))
    if not isinstance(rate, dict):
        return [rate] * 10
    o = rate["options"]
    return [o["initialValue"] * o["decayRate"] ** (step / o["transitionSteps"]) for step in range(10)]


def run(case):
    params, grads = DATA[case["tree"]]
    tensors = {key: torch.nn.Parameter(torch.tensor(value)) for key, value in params.items()}
    optimizer = MAKE[case["optimizer"]](list(tensors.values()), case["options"])
    after = []
    for grad, rate in zip(grads, rates(case["options"], case["optimizer"])):
        for key, tensor in tensors.items():
            tensor.grad = torch.tensor(grad[key])
        optimizer.param_groups[0]["lr"] = rate
        optimizer.step()
        after.append(flat({key: tensor.detach().numpy() for key, tensor in tensors.items()}, case["tree"]))
    return np.array(moves(after, case["tree"]))


def main():
    path = Path(__file__).parent / "fixtures" / "optimizers.json"
    compared, worst = 0, 0
    for case in json.loads(path.read_text())["cases"]:
        if not comparable(case):
            continue
        expected = np.array(case["moved"])
        difference = np.abs(run(case) - expected).max() / np.abs(expected).max()
        compared, worst = compared + 1, max(worst, difference)
        if difference > BOUND:
            print(f"{case['optimizer']} {json.dumps(case['options'])} of {case['source']}: {difference:.1e}")
    print(f"{compared} cases compared with PyTorch {torch.__version__}; the largest difference is {worst:.1e} of the way")
    sys.exit(worst > BOUND)


if __name__ == "__main__":
    main()
