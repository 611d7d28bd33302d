"""The cases of test/reference/optimizers.py that optax defines."""

from trajectories import optax, run_optax, to_jax

import jax
import jax.numpy as jnp
from optax import contrib

from trees import DATA, flat

OPTAX = f"optax {optax.__version__}"


def rate_of(schedule):
    options = schedule["options"]
    return optax.exponential_decay(options["initialValue"], options["transitionSteps"], options["decayRate"])


def first_order(add, schedule):
    scheduled = rate_of(schedule)
    # The rate multiplies the momentum as it is used: under a schedule this is optax's rule, and not Keras's.
    add("sgd", dict(learningRate=schedule, momentum=0.9), "sgd", optax.sgd(scheduled, momentum=0.9))
    add("radam", {}, "radam", optax.radam(0.001))
    other = dict(learningRate=0.05, beta1=0.8, beta2=0.95, epsilon=1e-3)
    add("radam", other, "radam", optax.radam(0.05, 0.8, 0.95, 1e-3))
    add("radam", dict(learningRate=schedule), "radam", optax.radam(scheduled))
    add("radam", dict(learningRate=0.05, beta2=0.9), "radam", optax.radam(0.05, b2=0.9))
    add("yogi", dict(learningRate=0.05), "yogi", optax.yogi(0.05))
    add("yogi", other, "yogi", optax.yogi(0.05, 0.8, 0.95, 1e-3))
    add("yogi", dict(learningRate=schedule), "yogi", optax.yogi(scheduled))
    lamb = dict(learningRate=0.05, epsilon=1e-6)
    add("lamb", lamb, "lamb", optax.lamb(0.05))
    add("lamb", dict(**lamb, weightDecay=0.1), "lamb", optax.lamb(0.05, weight_decay=0.1))
    add("lamb", other, "lamb", optax.lamb(0.05, 0.8, 0.95, 1e-3))
    add("lamb", dict(learningRate=schedule, epsilon=1e-6), "lamb", optax.lamb(scheduled))
    add("lars", dict(learningRate=0.5), "lars", optax.lars(0.5))
    lars = dict(learningRate=0.5, weightDecay=0.1, trustCoefficient=0.05)
    add("lars", dict(**lars, momentum=0.8), "lars", optax.lars(0.5, 0.1, trust_coefficient=0.05, momentum=0.8))
    add("lars", dict(**lars, nesterov=True), "lars", optax.lars(0.5, 0.1, trust_coefficient=0.05, nesterov=True))
    lars = dict(learningRate=schedule, trustCoefficient=0.05, epsilon=1e-2)
    add("lars", lars, "lars", optax.lars(scheduled, trust_coefficient=0.05, eps=1e-2))


def matrices(add, schedule):
    def adafactor(options, tree="small", **theirs):
        if tree != "large":
            theirs.setdefault("min_dim_size_to_factor", 128)
        add("adafactor", options, "adafactor", optax.adafactor(**theirs, dtype_momentum="float64"), tree)

    for tree in ("small", "large"):
        adafactor(dict(learningRate=0.05), tree, learning_rate=0.05)
        adafactor(dict(learningRate=0.05, decayRate=0.6, momentum=0.9), tree, learning_rate=0.05, decay_rate=0.6, momentum=0.9)
    adafactor(dict(learningRate=schedule), learning_rate=rate_of(schedule))
    adafactor(dict(learningRate=0.05, multiplyByParameterScale=False), learning_rate=0.05, multiply_by_parameter_scale=False)
    adafactor(dict(learningRate=0.05, clippingThreshold=0.3), learning_rate=0.05, clipping_threshold=0.3)
    adafactor(dict(learningRate=0.05, minDimSizeToFactor=3), "matrices", learning_rate=0.05, min_dim_size_to_factor=3)
    adafactor(dict(learningRate=0.05, weightDecay=0.01), learning_rate=0.05, weight_decay_rate=0.01)

    def muon(options, *args, **theirs):
        add("muon", options, "contrib.muon", contrib.muon(*args, **theirs), "matrices")

    muon(dict(learningRate=0.05), 0.05)
    muon(dict(learningRate=0.05, beta=0.8, nesterov=False), 0.05, beta=0.8, nesterov=False)
    muon(dict(learningRate=0.05, nsSteps=3, weightDecay=0.1), 0.05, ns_steps=3, weight_decay=0.1)
    muon(dict(learningRate=schedule), rate_of(schedule))
    muon(dict(learningRate=0.05, consistentRms=0.2, adaptive=True), 0.05, consistent_rms=0.2, adaptive=True)
    more = dict(adamBeta1=0.8, adamBeta2=0.9, adamWeightDecay=0.1, adamLearningRate=0.01, epsilon=1e-5)
    theirs = dict(adam_b1=0.8, adam_b2=0.9, adam_weight_decay=0.1, adam_learning_rate=0.01, eps=1e-5)
    muon(dict(learningRate=0.05, **more), 0.05, **theirs)
    add("muon", dict(learningRate=0.05), "contrib.muon", contrib.muon(0.05), "large")


def wrappers(add, schedule):
    def look(inner, period, step, theirs):
        """Lookahead, whose fast parameters are those that are trained."""
        name, options = inner
        made = optax.lookahead(theirs, period, step)
        wrapped = {"syncPeriod": period, "slowStep": step}
        params, grads = DATA["small"]
        current = optax.LookaheadParams.init_synced(to_jax(params))
        state = made.init(current)
        after = []
        for grad in grads:
            updates, state = made.update(to_jax(grad), state, current)
            current = optax.apply_updates(current, updates)
            after.append(flat(current.fast, "small"))
        add.rows("lookahead", wrapped, "lookahead", after, inner={"optimizer": name, "options": options})

    look(("sgd", dict(learningRate=0.1, momentum=0.9)), 6, 0.5, optax.sgd(0.1, 0.9))
    look(("adagrad", dict(learningRate=0.05)), 3, 0.8, optax.adagrad(0.05))
    look(("sgd", dict(learningRate=schedule)), 1, 0.3, optax.sgd(rate_of(schedule)))

    def free(options, made, **more):
        """Schedule-free optimization: what is trained, and the average that is evaluated."""
        add("scheduleFree", options, "contrib.schedule_free", made, **more)
        average = run_optax(made, "small", lambda params, state: contrib.schedule_free_eval_params(state, params))
        add.rows("scheduleFree", options, "contrib.schedule_free_eval_params", average, **more, evaluated=True)

    inner = {"optimizer": "sgd", "options": {"learningRate": 0.1}}
    free({"beta1": 0.9}, contrib.schedule_free(optax.sgd(0.1), 0.1, 0.9), inner=inner)
    inner = {"optimizer": "rmsprop", "options": {"learningRate": 0.05, "epsilon": 1e-3}}
    theirs = contrib.schedule_free(optax.rmsprop(0.05, 0.9, 1e-3), 0.05, 0.8, 0.0)
    free({"beta1": 0.8, "weightRatePower": 0}, theirs, inner=inner)
    free({}, contrib.schedule_free_adamw())
    options = dict(learningRate=0.05, warmupSteps=4, beta1=0.8, beta2=0.9, epsilon=1e-3, weightDecay=0.1)
    free(options, contrib.schedule_free_adamw(0.05, 4, 0.8, 0.9, 1e-3, 0.1))


def uneven(params):
    """Σ w² + Σ w⁴ / 4 + (Σ w)² / 10"""
    total = sum(jnp.sum(leaf) for leaf in params.values())
    return sum(jnp.sum(leaf**2 + leaf**4 / 4) for leaf in params.values()) + total**2 / 10


def sharpness(add):
    """Foret et al.: the gradient is that at w + ρ·g / ‖g‖."""
    gradient = jax.grad(uneven)
    params, grads = DATA["small"]
    for rho, (name, options), inner in (
        (0.05, ("sgd", dict(learningRate=0.05)), optax.sgd(0.05)),
        (0.5, ("sgd", dict(learningRate=0.05, momentum=0.9)), optax.sgd(0.05, 0.9)),
        (0.2, ("adagrad", dict(learningRate=0.05)), optax.adagrad(0.05)),
    ):
        made = contrib.sam(inner, optax.chain(contrib.normalize(), optax.sgd(rho)), opaque_mode=True)
        current = to_jax(params)
        state = made.init(current)
        after = []
        for _ in grads:
            updates, state = made.update(gradient(current), state, current, grad_fn=lambda p, _: gradient(p))
            current = optax.apply_updates(current, updates)
            after.append(flat(current, "small"))
        add.rows("sam", {"rho": rho}, "contrib.sam", after, inner={"optimizer": name, "options": options}, loss="uneven")


class Adder:
    """Adds cases of one tree after another."""

    def __init__(self, case):
        self.case = case

    def __call__(self, optimizer, options, name, made, tree="small", **more):
        self.case(optimizer, options, f"{OPTAX} {name}", tree, run_optax(made, tree), **more)

    def rows(self, optimizer, options, name, after, tree="small", **more):
        self.case(optimizer, options, f"{OPTAX} {name}", tree, after, **more)


def optax_cases(case, schedule):
    add = Adder(case)
    first_order(add, schedule)
    matrices(add, schedule)
    wrappers(add, schedule)
    sharpness(add)
