"""Cases from optax, with gradients by JAX."""

import jax.numpy as jnp
import optax

LOGITS = {"fromLogits": True}

OPTAX = [
    ("meanSquaredError", "optax.squared_error", ["targets", "real"], {}, 1, lambda y, p: optax.squared_error(p, y).mean()),
    ("huber", "optax.huber_loss", ["targets", "real"], {"delta": 0.7}, 1, lambda y, p: optax.huber_loss(p, y, delta=0.7).mean()),
    ("logCosh", "optax.log_cosh", ["targets", "real"], {}, 1, lambda y, p: optax.log_cosh(p, y).mean()),
    ("cosineSimilarity", "optax.cosine_similarity", ["targets", "real"], {"reduction": "none"}, 1,
     lambda y, p: -optax.cosine_similarity(p, y)),
    ("hinge", "optax.hinge_loss", ["signs", "real"], {}, 1, lambda y, p: optax.hinge_loss(p, y).mean()),
    ("binaryCrossentropy", "optax.sigmoid_binary_cross_entropy", ["bits", "real"], LOGITS, 1,
     lambda y, p: optax.sigmoid_binary_cross_entropy(p, y).mean()),
    ("binaryCrossentropy", "optax.sigmoid_binary_cross_entropy", ["bits", "huge"], LOGITS, 1,
     lambda y, p: optax.sigmoid_binary_cross_entropy(p, y).mean()),
    ("categoricalCrossentropy", "optax.softmax_cross_entropy", ["distribution", "real"], {**LOGITS, "reduction": "none"}, 1,
     lambda y, p: optax.softmax_cross_entropy(p, y)),
    ("categoricalCrossentropy", "optax.softmax_cross_entropy", ["oneHot", "huge"], LOGITS, 1,
     lambda y, p: optax.softmax_cross_entropy(p, y).mean()),
    ("categoricalCrossentropy", "optax.softmax_cross_entropy of optax.smooth_labels", ["oneHot", "real"],
     {**LOGITS, "labelSmoothing": 0.3}, 1,
     lambda y, p: optax.softmax_cross_entropy(p, optax.smooth_labels(y, 0.3)).mean()),
    ("sparseCategoricalCrossentropy", "optax.softmax_cross_entropy_with_integer_labels", ["labels", "real"],
     {**LOGITS, "reduction": "none"}, 1, lambda y, p: optax.softmax_cross_entropy_with_integer_labels(p, y)),
    ("sparseCategoricalCrossentropy", "optax.softmax_cross_entropy_with_integer_labels", ["labelsDeep", "channelsFirst"],
     {**LOGITS, "axis": 1, "reduction": "sum"}, 1,
     lambda y, p: optax.softmax_cross_entropy_with_integer_labels(p, y, axis=1).sum()),
    ("klDivergence", "optax.kl_divergence", ["distribution", "predicted"], {"reduction": "none"}, 1,
     lambda y, p: optax.kl_divergence(jnp.log(p), y)),
    ("triplet", "optax.losses.triplet_margin_loss", ["real", "targets", "other"], {"margin": 2}, 0,
     lambda a, p, n: optax.losses.triplet_margin_loss(a, p, n, margin=2, eps=0.0).mean()),
    *(
        ("binaryFocal", "optax.sigmoid_focal_loss", ["bits", inputs], {**LOGITS, "gamma": gamma, "alpha": alpha}, 1,
         lambda y, p, gamma=gamma, alpha=alpha: optax.sigmoid_focal_loss(p, y, alpha=alpha, gamma=gamma).mean())
        for inputs, gamma, alpha in [("real", 2, 0.25), ("real", 1, None), ("real", 3.5, 0.9), ("real", 0, 0.4)]
    ),
    *(
        ("ntXent", "optax.ntxent", ["targets", "real"], {"temperature": temperature}, 1,
         lambda a, b, t=temperature: optax.ntxent(jnp.concatenate([a, b]), jnp.tile(jnp.arange(3), 2), t))
        for temperature in (0.07, 0.5, 2)
    ),
]
