"""Values of the schedules of PyTorch, optax and Keras, for test/src/schedules/reference.test.ts.

    pip install torch optax keras jax && KERAS_BACKEND=jax python test/reference/schedules.py

Writes fixtures/schedules.json: for each case the maker and the options that give the same schedule in src/schedules,
the steps, and the values that the library gives for them, with the relative accuracy of its arithmetic.
"""

import json
import math
import os
import pathlib

os.environ.setdefault("KERAS_BACKEND", "jax")

import jax
import keras
import optax
import torch

jax.config.update("jax_enable_x64", True)
keras.config.set_floatx("float64")

cases = []
FLOAT32, FLOAT64 = 1e-6, 1e-12


def made(maker, *args, **options):
    """A call in src/schedules; makers take one object, join and constant take positions."""
    return {"maker": maker, "args": list(args) or [options]}


def add(library, name, ours, steps, values, accuracy):
    cases.append(
        {
            "library": library,
            "name": name,
            "ours": ours,
            "steps": list(steps),
            "values": [float(value) for value in values],
            "accuracy": accuracy,
        }
    )


# PyTorch: the rate of each epoch, as test_lrscheduler.py steps through them.


def torch_rates(make, count, rate, **sgd):
    optimizer = torch.optim.SGD([torch.nn.Parameter(torch.zeros(1))], lr=rate, **sgd)
    scheduler = make(optimizer)
    rates = []
    for _ in range(count):
        rates.append(optimizer.param_groups[0]["lr"])
        optimizer.step()
        scheduler.step()
    return rates


def add_torch(name, make, ours, count=30, rate=0.5, **sgd):
    add("torch", name, ours, range(count), torch_rates(make, count, rate, **sgd), FLOAT64)


lr = torch.optim.lr_scheduler
for gamma, size in [(0.1, 3), (0.5, 7), (0.9, 1)]:
    add_torch(
        f"StepLR({size}, {gamma})",
        lambda o: lr.StepLR(o, size, gamma),
        made("stepDecay", initialValue=0.5, stepSize=size, gamma=gamma),
    )
for marks in [[2, 5, 9], [1], [5, 20]]:
    values = [0.5 * 0.1**i for i in range(len(marks) + 1)]
    add_torch(
        f"MultiStepLR({marks})",
        lambda o: lr.MultiStepLR(o, marks, 0.1),
        made("piecewiseConstant", boundaries=marks, values=values),
    )
for gamma in [0.9, 0.5]:
    add_torch(
        f"ExponentialLR({gamma})",
        lambda o: lr.ExponentialLR(o, gamma),
        made("exponentialDecay", initialValue=0.5, transitionSteps=1, decayRate=gamma),
    )
for start, end, total in [(1 / 3, 1, 5), (0.5, 1, 4), (1, 0.1, 12)]:
    add_torch(
        f"LinearLR({start:.3g}, {end}, {total})",
        lambda o: lr.LinearLR(o, start, end, total),
        made("linear", initialValue=0.5 * start, endValue=0.5 * end, transitionSteps=total),
    )
add_torch(
    "ConstantLR(0.5, 4)",
    lambda o: lr.ConstantLR(o, 0.5, 4),
    made("join", [0.25, 0.5], [4]),
)
for power, total in [(1, 5), (0.9, 10), (2, 20)]:
    add_torch(
        f"PolynomialLR({total}, {power})",
        lambda o: lr.PolynomialLR(o, total, power),
        made("polynomial", initialValue=0.5, transitionSteps=total, power=power),
    )
# Beyond T_max PyTorch's cosine rises again; ours stays, as optax's and Keras's do.
for total, lowest in [(10, 0), (20, 0.05)]:
    add_torch(
        f"CosineAnnealingLR({total}, {lowest})",
        lambda o: lr.CosineAnnealingLR(o, total, lowest),
        made("cosineDecay", initialValue=0.5, decaySteps=total, alpha=lowest / 0.5),
        count=total + 1,
    )
for first, factor, lowest in [(5, 1, 0), (4, 2, 0.05), (3, 3, 0)]:
    add_torch(
        f"CosineAnnealingWarmRestarts({first}, {factor}, {lowest})",
        lambda o: lr.CosineAnnealingWarmRestarts(o, first, factor, lowest),
        made(
            "cosineRestarts", initialValue=0.5, firstDecaySteps=first, tMul=factor, alpha=lowest / 0.5
        ),
        count=40,
    )
# PyTorch counts the last step of each phase in: a cycle of T steps ends at T − 1, its rise at pctStart·T − 1.
for total, pct in [(10, 0.5), (40, 0.25)]:
    add_torch(
        f"OneCycleLR({total}, {pct})",
        lambda o: lr.OneCycleLR(o, 0.5, total_steps=total, pct_start=pct),
        made(
            "oneCycle",
            totalSteps=total - 1,
            peakValue=0.5,
            # A hair more, so that its product with the steps is not a hair below the integer.
            pctStart=(pct * total - 1 + 1e-9) / (total - 1),
        ),
        count=total - 1,
        momentum=0.9,
    )
for mode, scale in [
    ("triangular", "constant"),
    ("triangular2", "halving"),
    ("exp_range", "exponential"),
]:
    for up, down in [(4, 4), (3, 7)]:
        add_torch(
            f"CyclicLR({mode}, {up}, {down})",
            lambda o: lr.CyclicLR(
                o, 0.1, 0.5, step_size_up=up, step_size_down=down, mode=mode, gamma=0.97
            ),
            made(
                "cyclic",
                initialValue=0.1,
                peakValue=0.5,
                stepsUp=up,
                stepsDown=down,
                scale=scale,
                gamma=0.97,
            ),
            count=40,
            momentum=0.9,
        )
add_torch(
    "SequentialLR(LinearLR, ExponentialLR)",
    lambda o: lr.SequentialLR(
        o, [lr.LinearLR(o, 0.1, 1, 4), lr.ExponentialLR(o, 0.9)], milestones=[4]
    ),
    made(
        "join",
        [
            made("linear", initialValue=0.05, endValue=0.5, transitionSteps=4),
            made("exponentialDecay", initialValue=0.5, transitionSteps=1, decayRate=0.9),
        ],
        [4],
    ),
)

# optax, in double precision.


def add_optax(name, schedule, ours, steps=range(0, 30)):
    add("optax", name, ours, steps, [schedule(step) for step in steps], FLOAT64)


add_optax(
    "exponential_decay",
    optax.exponential_decay(0.1, 10, 0.5),
    made("exponentialDecay", initialValue=0.1, transitionSteps=10, decayRate=0.5),
)
add_optax(
    "exponential_decay, staircase",
    optax.exponential_decay(0.1, 10, 0.5, staircase=True),
    made("exponentialDecay", initialValue=0.1, transitionSteps=10, decayRate=0.5, staircase=True),
)
add_optax(
    "exponential_decay, end value",
    optax.exponential_decay(0.1, 5, 0.5, end_value=0.03),
    made("exponentialDecay", initialValue=0.1, transitionSteps=5, decayRate=0.5, endValue=0.03),
)
add_optax(
    "exponential_decay, growing to its end value",
    optax.exponential_decay(0.1, 5, 1.5, end_value=0.3),
    made("exponentialDecay", initialValue=0.1, transitionSteps=5, decayRate=1.5, endValue=0.3),
)
add_optax(
    "exponential_decay after a delay",
    optax.exponential_decay(0.1, 10, 0.5, transition_begin=6),
    made(
        "join",
        [0.1, made("exponentialDecay", initialValue=0.1, transitionSteps=10, decayRate=0.5)],
        [6],
    ),
)
for power in [1, 2, 0.5]:
    add_optax(
        f"polynomial_schedule({power})",
        optax.polynomial_schedule(1.0, 0.1, power, 20),
        made("polynomial", initialValue=1, endValue=0.1, power=power, transitionSteps=20),
    )
add_optax(
    "linear_schedule",
    optax.linear_schedule(0.0, 1.0, 7),
    made("linear", initialValue=0, endValue=1, transitionSteps=7),
)
add_optax(
    "piecewise_constant_schedule",
    optax.piecewise_constant_schedule(1.0, {5: 0.5, 12: 0.1}),
    made("piecewiseConstant", boundaries=[5, 12], values=[1, 0.5, 0.05]),
)
for alpha in [0, 0.1]:
    add_optax(
        f"cosine_decay_schedule({alpha})",
        optax.cosine_decay_schedule(0.1, 20, alpha),
        made("cosineDecay", initialValue=0.1, decaySteps=20, alpha=alpha),
    )
add_optax(
    "sgdr_schedule",
    optax.sgdr_schedule(
        [dict(init_value=v, peak_value=v, decay_steps=d, warmup_steps=0) for d, v in [(10, 1.0), (20, 0.5)]]
    ),
    made("cosineRestarts", initialValue=1, firstDecaySteps=10, mMul=0.5),
)
for total, peak, pct, div, final in [(100, 1.0, 0.3, 25.0, 1e4), (30, 0.5, 0.25, 10.0, 100.0)]:
    add_optax(
        f"cosine_onecycle_schedule({total})",
        optax.cosine_onecycle_schedule(total, peak, pct, div, final),
        made(
            "oneCycle",
            totalSteps=total,
            peakValue=peak,
            pctStart=pct,
            divFactor=div,
            finalDivFactor=final,
        ),
        steps=range(0, total + 20, 3),
    )
add_optax(
    "warmup_cosine_decay_schedule",
    optax.warmup_cosine_decay_schedule(0.01, 1.0, 6, 26, 0.1),
    made(
        "warmup",
        initialValue=0.01,
        steps=6,
        then=made("cosineDecay", initialValue=1, decaySteps=20, alpha=0.1),
    ),
)
add_optax(
    "warmup_exponential_decay_schedule",
    optax.warmup_exponential_decay_schedule(0.0, 1.0, 5, 10, 0.5),
    made(
        "warmup",
        steps=5,
        then=made("exponentialDecay", initialValue=1, transitionSteps=10, decayRate=0.5),
    ),
)
add_optax(
    "warmup_constant_schedule",
    optax.warmup_constant_schedule(0.0, 0.3, 8),
    made("warmup", steps=8, then=0.3),
)
add_optax(
    "join_schedules",
    optax.join_schedules(
        [
            optax.linear_schedule(0.0, 1.0, 4),
            optax.constant_schedule(1.0),
            optax.cosine_decay_schedule(1.0, 10),
        ],
        [4, 12],
    ),
    made(
        "join",
        [
            made("linear", initialValue=0, endValue=1, transitionSteps=4),
            1,
            made("cosineDecay", initialValue=1, decaySteps=10),
        ],
        [4, 12],
    ),
)

# Keras: its schedules compute in float32.


def add_keras(name, schedule, ours, steps=range(0, 30)):
    add("keras", name, ours, steps, [schedule(step) for step in steps], FLOAT32)


ks = keras.optimizers.schedules
for staircase in [False, True]:
    add_keras(
        f"ExponentialDecay(staircase={staircase})",
        ks.ExponentialDecay(0.1, 8, 0.96, staircase),
        made(
            "exponentialDecay", initialValue=0.1, transitionSteps=8, decayRate=0.96, staircase=staircase
        ),
    )
    add_keras(
        f"InverseTimeDecay(staircase={staircase})",
        ks.InverseTimeDecay(0.1, 8, 0.5, staircase),
        made(
            "inverseTimeDecay", initialValue=0.1, transitionSteps=8, decayRate=0.5, staircase=staircase
        ),
    )
add_keras(
    "PolynomialDecay",
    ks.PolynomialDecay(0.1, 20, 0.01, power=2.0),
    made("polynomial", initialValue=0.1, transitionSteps=20, endValue=0.01, power=2),
)
add_keras(
    "PiecewiseConstantDecay",
    ks.PiecewiseConstantDecay([5, 12], [1.0, 0.5, 0.1]),
    # Keras's new value begins one step after its boundary.
    made("piecewiseConstant", boundaries=[6, 13], values=[1, 0.5, 0.1]),
)
add_keras(
    "CosineDecay",
    ks.CosineDecay(0.1, 20, alpha=0.05),
    made("cosineDecay", initialValue=0.1, decaySteps=20, alpha=0.05),
)
add_keras(
    "CosineDecay with warm-up",
    ks.CosineDecay(0.01, 20, alpha=0.0, warmup_target=0.1, warmup_steps=5),
    made(
        "warmup",
        initialValue=0.01,
        steps=5,
        then=made("cosineDecay", initialValue=0.1, decaySteps=20),
    ),
)
for t_mul, m_mul, alpha in [(2.0, 1.0, 0.0), (1.0, 0.9, 0.1), (1.5, 0.5, 0.0)]:
    add_keras(
        f"CosineDecayRestarts({t_mul}, {m_mul}, {alpha})",
        ks.CosineDecayRestarts(0.1, 6, t_mul, m_mul, alpha),
        made("cosineRestarts", initialValue=0.1, firstDecaySteps=6, tMul=t_mul, mMul=m_mul, alpha=alpha),
        # At a restart itself float32 may still be at the end of the period before.
        steps=[s for s in range(0, 30) if s not in (6, 12, 15, 18, 24)],
    )

# Plateaus: metrics, and the rate after each report.

METRICS = {
    "falling, then flat": [1 / (1 + t) if t < 6 else 1 / 7 for t in range(30)],
    "flat from the beginning": [1.0] * 30,
    "waves": [math.cos(t / 3) + 2 for t in range(40)],
    "rising": [0.1 * t + 1 for t in range(30)],
    "with gaps": [1.0, float("nan"), 0.9, float("nan"), float("nan"), float("nan"), 0.8] + [0.8] * 12,
}
plateaus = []
for options in [
    dict(),
    dict(factor=0.5, patience=2),
    dict(factor=0.1, patience=0, min_lr=1e-3),
    dict(factor=0.5, patience=3, cooldown=4),
    dict(factor=0.5, patience=2, mode="max"),
    dict(factor=0.5, patience=2, threshold=0.05, threshold_mode="rel"),
    dict(factor=0.5, patience=2, threshold=0.05, threshold_mode="abs"),
    dict(factor=0.5, patience=2, mode="max", threshold=0.2, threshold_mode="abs"),
    dict(factor=0.9, patience=0, eps=0.02),
]:
    for name, metrics in METRICS.items():
        optimizer = torch.optim.SGD([torch.nn.Parameter(torch.zeros(1))], lr=0.5)
        scheduler = lr.ReduceLROnPlateau(optimizer, **options)
        values = []
        for metric in metrics:
            scheduler.step(metric)
            values.append(optimizer.param_groups[0]["lr"])
        names = {"min_lr": "minValue", "threshold_mode": "thresholdMode", "eps": "epsilon"}
        words = {"rel": "relative", "abs": "absolute"}
        ours = {names.get(key, key): words.get(value, value) for key, value in options.items()}
        plateaus.append(
            {
                "name": f"{name}: {options}",
                "options": {"initialValue": 0.5, **ours},
                # JSON has no NaN.
                "metrics": [None if math.isnan(metric) else metric for metric in metrics],
                "values": values,
            }
        )

fixture = {
    "libraries": {"torch": torch.__version__, "optax": optax.__version__, "keras": keras.__version__},
    "cases": cases,
    "plateaus": plateaus,
}
path = pathlib.Path(__file__).parent / "fixtures" / "schedules.json"
path.write_text(json.dumps(fixture, separators=(",", ":")) + "\n")
print(f"{len(cases)} schedules and {len(plateaus)} plateaus in {path.name}")
