"""The reference values of bins.test.ts: python3 reference.py, with numpy 2.4."""

import json

import numpy as np

# A sequence that any language can repeat: a linear congruential generator, sums of which are near normal.
state, uniform = 1, []
for _ in range(4000):
    state = (state * 48271) % 2147483647
    uniform.append(state / 2147483647)
normal = [sum(uniform[i : i + 4]) - 2 for i in range(0, 4000, 4)]
skewed = [x**4 for x in uniform[:1000]]

found = {}
for name, data in {"normal": normal, "skewed": skewed, "few": normal[:12]}.items():
    for rule in ["auto", "fd", "sturges", "doane", "scott", "sqrt", "rice"]:
        counts, edges = np.histogram(data, bins=rule)
        found[f"{name} {rule}"] = [len(counts), counts.tolist()[:6], float(edges[1])]
counts, edges = np.histogram(normal, bins=5, range=(-1, 0.5))
found["range"] = [len(counts), counts.tolist(), float(edges[1])]
counts, edges = np.histogram([1, 2, 2.5, 3, 4, 9], bins=[1, 2, 3, 4])
found["edges"] = [len(counts), counts.tolist(), float(edges[1])]
print(json.dumps(found, indent=1))
