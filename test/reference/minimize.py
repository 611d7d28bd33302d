"""Writes fixtures/minimize.json: what SciPy's minimize and least_squares find."""

import json
from pathlib import Path

import numpy as np
import scipy
from scipy.optimize import least_squares, minimize, rosen, rosen_der

# The maximum-entropy problem of scipy/optimize/tests/test_optimize.py, after Berger, Della Pietra & Della Pietra 1996.
F = np.array([[1, 1, 1], [1, 1, 0], [1, 0, 1], [1, 0, 0], [1, 0, 0]], float)
K = np.array([1.0, 0.3, 0.5])


def entropy(x):
    return np.log(np.exp(F @ x).sum()) - K @ x


def entropy_gradient(x):
    p = np.exp(F @ x)
    return F.T @ (p / p.sum()) - K


def chained(x):
    """The problem of driver1 of L-BFGS-B 3.0."""
    return 4 * (0.25 * (x[0] - 1) ** 2 + np.sum((x[1:] - x[:-1] ** 2) ** 2))


def eggholder(x):
    y = x[1] + 47
    return -y * np.sin(np.sqrt(abs(x[0] / 2 + y))) - x[0] * np.sin(np.sqrt(abs(x[0] - y)))


TIGHT = {"ftol": 0, "gtol": 1e-10, "maxiter": 10000, "maxfun": 100000}


def bounded(name, f, start, bounds, jac=None):
    found = minimize(f, start, jac=jac or "3-point", method="L-BFGS-B", bounds=bounds, options=TIGHT)
    return {"name": name, "start": list(start), "bounds": bounds, "x": list(found.x), "value": found.fun}


def free(name, f, gradient, start, method):
    found = minimize(f, start, jac=gradient, method=method, tol=1e-10)
    return {"name": name, "method": method, "start": list(start), "x": list(found.x), "value": found.fun}


def robustly(x):
    return np.array([10 * (x[1] - x[0] ** 2), 1 - x[0], np.exp(0.1 * x[0] * x[1]) - 2])


fitted = least_squares(robustly, [-1.2, 1], method="lm", jac="3-point", xtol=1e-15, ftol=1e-15, gtol=1e-15)
result = {
    "source": f"scipy {scipy.__version__}",
    "maximumEntropy": [
        free("maximum entropy", entropy, entropy_gradient, [0, 0, 0], method)
        for method in ("L-BFGS-B", "BFGS", "Newton-CG")
    ],
    "rosenbrock5": free("rosenbrock", rosen, rosen_der, [1.3, 0.7, 0.8, 1.9, 1.2], "BFGS"),
    "bounded": [
        bounded("rosenbrock", rosen, [-1.2, 1], [[-2, 0.5], [-2, 2]], rosen_der),
        bounded("rosenbrock", rosen, [0.4, 2, 0.3, -1], [[-1, 0.9], [0.2, 3], [-3, 0.25], [-1, -1]], rosen_der),
        bounded("chained", chained, [3.0] * 25, [[1, 100] if i % 2 == 0 else [-100, 100] for i in range(25)]),
        bounded("eggholder", eggholder, [500, 400], [[-512, 512], [-512, 512]]),
    ],
    "leastSquares": {"start": [-1.2, 1], "x": list(fitted.x), "value": fitted.cost, "gradient": list(fitted.grad)},
}
out = Path(__file__).parent / "fixtures" / "minimize.json"
out.write_text(json.dumps(result, indent=1) + "\n")
print(out.read_text())
