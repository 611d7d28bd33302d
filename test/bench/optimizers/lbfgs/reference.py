"""SciPy's L-BFGS-B for `npm run bench optimizers`: prints its version, then solves once for each line it reads."""

import json
import sys
import time

import numpy as np
import scipy
from scipy.optimize import minimize, rosen, rosen_der

SIZE = 1000
start = np.where(np.arange(SIZE) % 2 == 0, -1.2, 1.0)
print(scipy.__version__, flush=True)
for line in sys.stdin:
    asked = json.loads(line)
    options = {"ftol": 0, "gtol": asked["tolerance"], "maxcor": asked["memory"], "maxiter": 20000, "maxfun": 100000}
    begin = time.perf_counter()
    found = minimize(rosen, start, jac=rosen_der, method="L-BFGS-B", options=options)
    milliseconds = 1000 * (time.perf_counter() - begin)
    print(json.dumps({"milliseconds": milliseconds, "evaluations": found.nfev, "value": found.fun}), flush=True)
