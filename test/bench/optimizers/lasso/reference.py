"""scikit-learn's linear models for `npm run bench optimizers`: prints its version, then fits once for each line it reads."""

import json
import sys
import time

import numpy as np
import sklearn
from sklearn import linear_model

print(sklearn.__version__, flush=True)
with open(sys.argv[1], "rb") as file:
    values = np.frombuffer(file.read(), dtype=np.float64)
rows, columns = int(sys.argv[2]), int(sys.argv[3])
x, y = values[: rows * columns].reshape(rows, columns), values[rows * columns :]
for line in sys.stdin:
    name, options = json.loads(line)
    model = getattr(linear_model, name)(**options)
    begin = time.perf_counter()
    found = model.fit(x, y)
    milliseconds = 1000 * (time.perf_counter() - begin)
    used = int((found.coef_ != 0).sum())
    print(json.dumps({"milliseconds": milliseconds, "used": used, "intercept": float(found.intercept_)}), flush=True)
