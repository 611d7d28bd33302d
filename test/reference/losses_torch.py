"""Cases from PyTorch's functions, and from definitions differentiated by PyTorch where no library has the loss."""

import torch
import torch.nn.functional as F
from scipy.spatial.distance import jensenshannon
from sklearn.metrics import mean_pinball_loss

CLASS_WEIGHTS = [0.5, 1.0, 2.0, 3.0]
W = torch.tensor(CLASS_WEIGHTS)
REDUCTIONS = ("mean", "sum", "none")


def euclidean(a, b):
    return (a - b).square().sum(-1).sqrt()


def triplet(a, p, n, margin, reduction="mean"):
    return F.triplet_margin_with_distance_loss(a, p, n, distance_function=euclidean, margin=margin, reduction=reduction)


def per_sample(elementwise):
    """PyTorch's reductions are over values; those of the toolkit over samples, of equal numbers of values."""
    return elementwise.mean(-1)


def reduce(values, reduction):
    return values if reduction == "none" else getattr(values, reduction)()


def pinball(y, p, q):
    return per_sample(torch.maximum(q * (y - p), (q - 1) * (y - p))).mean()


def contrastive(same, distance, margin):
    return same * distance**2 + (1 - same) * F.relu(margin - distance) ** 2


def jensen_shannon(y, p):
    m = (y + p) / 2
    return ((y * (y / m).log() + p * (p / m).log()).sum(-1) / 2).mean()


def nt_xent(a, b, temperature):
    z = F.normalize(torch.cat([a, b]), dim=1)
    s = (z @ z.T / temperature).masked_fill(torch.eye(len(z), dtype=torch.bool), -torch.inf)
    return F.cross_entropy(s, torch.arange(len(z)).roll(len(a)))


TORCH = []


def add(loss, name, inputs, options, function, at=1, library="torch"):
    TORCH.append((loss, library, name, list(inputs), options, at, function))


for r in REDUCTIONS:
    o = {"reduction": r}
    add("meanSquaredError", "torch.nn.functional.mse_loss", ("targets", "real"), o,
        lambda y, p, r=r: reduce(per_sample(F.mse_loss(p, y, reduction="none")), r))
    add("meanAbsoluteError", "torch.nn.functional.l1_loss", ("targets", "real"), o,
        lambda y, p, r=r: reduce(per_sample(F.l1_loss(p, y, reduction="none")), r))
    add("huber", "torch.nn.functional.huber_loss", ("targets", "real"), {**o, "delta": 1.5},
        lambda y, p, r=r: reduce(per_sample(F.huber_loss(p, y, reduction="none", delta=1.5)), r))
    add("poisson", "torch.nn.functional.poisson_nll_loss", ("counts", "positive"), o,
        lambda y, p, r=r: reduce(per_sample(F.poisson_nll_loss(p, y, log_input=False, eps=1e-7, reduction="none")), r))
    add("binaryCrossentropy", "torch.nn.functional.binary_cross_entropy", ("bits", "probability"), o,
        lambda y, p, r=r: reduce(per_sample(F.binary_cross_entropy(p, y, reduction="none")), r))
    add("categoricalCrossentropy", "torch.nn.functional.cross_entropy", ("distribution", "real"), {**o, "fromLogits": True},
        lambda y, p, r=r: F.cross_entropy(p, y, reduction=r))
    add("categoricalCrossentropy", "torch.nn.functional.cross_entropy", ("oneHotFirst", "channelsFirst"),
        {**o, "fromLogits": True, "axis": 1, "labelSmoothing": 0.2},
        lambda y, p, r=r: F.cross_entropy(p, y, reduction=r, label_smoothing=0.2))
    add("sparseCategoricalCrossentropy", "torch.nn.functional.cross_entropy", ("ignored", "channelsFirst"),
        {**o, "fromLogits": True, "axis": 1, "ignoreIndex": -100},
        lambda y, p, r=r: F.cross_entropy(p, y.long(), reduction=r, ignore_index=-100))
    add("sparseCategoricalCrossentropy", "torch.nn.functional.cross_entropy", ("ignored", "channelsFirst"),
        {**o, "fromLogits": True, "axis": 1, "ignoreIndex": -100, "labelSmoothing": 0.1},
        lambda y, p, r=r: F.cross_entropy(p, y.long(), reduction=r, ignore_index=-100, label_smoothing=0.1))
    add("sparseCategoricalCrossentropy", "torch.nn.functional.nll_loss", ("labels", "predicted"), o,
        lambda y, p, r=r: F.nll_loss(p.log(), y.long(), reduction=r))
    add("categoricalCrossentropy", "torch.nn.functional.nll_loss", ("oneHot", "predicted"), o,
        lambda y, p, r=r: F.nll_loss(p.log(), y.argmax(-1), reduction=r))
    add("klDivergence", "torch.nn.functional.kl_div", ("distribution", "predicted"), o,
        lambda y, p, r=r: reduce(F.kl_div(p.log(), y, reduction="none").sum(-1), r))
    add("cosineSimilarity", "torch.nn.functional.cosine_similarity", ("targets", "real"), o,
        lambda y, p, r=r: reduce(-F.cosine_similarity(y, p, dim=-1), r))
    add("triplet", "torch.nn.functional.triplet_margin_with_distance_loss", ("real", "targets", "other"), {**o, "margin": 2.5},
        lambda a, p, n, r=r: triplet(a, p, n, 2.5, r), at=0)

# The weighted mean of PyTorch divides by the sum of the weights; the sum and the single losses are the same.
for r in ("sum", "none"):
    o = {"reduction": r, "fromLogits": True, "classWeight": CLASS_WEIGHTS}
    add("sparseCategoricalCrossentropy", "torch.nn.functional.cross_entropy", ("labels", "real"), o,
        lambda y, p, r=r: F.cross_entropy(p, y.long(), weight=W, reduction=r))
    add("sparseCategoricalCrossentropy", "torch.nn.functional.cross_entropy", ("ignored", "channelsFirst"),
        {**o, "axis": 1, "ignoreIndex": -100},
        lambda y, p, r=r: F.cross_entropy(p, y.long(), weight=W, reduction=r, ignore_index=-100))
    add("categoricalCrossentropy", "torch.nn.functional.cross_entropy", ("oneHot", "real"), o,
        lambda y, p, r=r: F.cross_entropy(p, y, weight=W, reduction=r))
    add("binaryCrossentropy", "torch.nn.functional.binary_cross_entropy_with_logits", ("bits", "real"),
        {"reduction": r, "fromLogits": True, "classWeight": [1, 3.5]},
        lambda y, p, r=r: reduce(per_sample(
            F.binary_cross_entropy_with_logits(p, y, pos_weight=torch.tensor(3.5), reduction="none")), r))

# Logits of ten thousand.
for smoothing in (0, 0.1):
    add("categoricalCrossentropy", "torch.nn.functional.cross_entropy", ("oneHot", "huge"),
        {"fromLogits": True, "labelSmoothing": smoothing},
        lambda y, p, s=smoothing: F.cross_entropy(p, y, label_smoothing=s))
add("sparseCategoricalCrossentropy", "torch.nn.functional.cross_entropy", ("labels", "huge"), {"fromLogits": True},
    lambda y, p: F.cross_entropy(p, y.long()))
add("binaryCrossentropy", "torch.nn.functional.binary_cross_entropy_with_logits", ("bits", "huge"), {"fromLogits": True},
    lambda y, p: F.binary_cross_entropy_with_logits(p, y))

for margin in (0.5, 1, 1.5):
    add("contrastive", "the definition, by torch.autograd", ("flags", "distance"), {"margin": margin},
        lambda s, d, m=margin: contrastive(s, d, m).mean())
    add("triplet", "torch.nn.functional.triplet_margin_with_distance_loss", ("real", "targets", "other"), {"margin": margin},
        lambda a, p, n, m=margin: triplet(a, p, n, m), at=0)
for temperature in (0.1, 0.5, 1):
    add("ntXent", "the definition by torch.nn.functional.cross_entropy", ("targets", "real"), {"temperature": temperature},
        lambda a, b, t=temperature: nt_xent(a, b, t))
for q in (0.1, 0.5, 0.9):
    add("quantile", "the definition, by torch.autograd", ("targets", "real"), {"q": q}, lambda y, p, q=q: pinball(y, p, q))
    add("quantile", "sklearn.metrics.mean_pinball_loss", ("targets", "real"), {"q": q},
        lambda y, p, q=q: mean_pinball_loss(y, p.detach(), alpha=q), library="sklearn")
add("jensenShannon", "the definition, by torch.autograd", ("distribution", "predicted"), {}, jensen_shannon)
add("jensenShannon", "scipy.spatial.distance.jensenshannon, squared", ("distribution", "predicted"), {"reduction": "none"},
    lambda y, p: jensenshannon(y, p.detach(), axis=-1) ** 2, library="scipy")
