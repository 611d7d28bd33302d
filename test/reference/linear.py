"""Solutions of linear models by scikit-learn, for test/src/linear: python linear.py > fixtures/linear.json."""

import json
import warnings

import numpy as np
import sklearn
from sklearn.linear_model import ElasticNet, Lasso, LinearRegression, Ridge

warnings.simplefilter('error')

TIGHT = {'tol': 1e-12, 'max_iter': 1_000_000}


def data(seed, rows, columns, kind):
    """Numbers of four digits, so that the fixture holds them exactly."""
    source = np.random.default_rng(seed)
    x = source.normal(size=(rows, columns))
    if kind == 'correlated':
        x = 0.8 * source.normal(size=(rows, 1)) + 0.6 * x
    if kind == 'scaled':
        x = x * 10.0 ** np.arange(columns) / 10 + 50
    if kind == 'collinear':
        x[:, -1] = x[:, 0]
    weights = source.normal(size=columns) * (source.uniform(size=columns) < 0.6)
    y = x @ weights + 3 + 0.5 * source.normal(size=rows)
    return np.round(x, 4), np.round(y, 4)


def result(model, x):
    return {
        'coefficients': np.asarray(model.coef_).tolist(),
        'intercept': np.asarray(model.intercept_).tolist(),
        'predictions': np.asarray(model.predict(x[:3])).tolist(),
    }


SETS = {
    'tall': data(1, 30, 5, 'plain'),
    'correlated': data(2, 24, 8, 'correlated'),
    'scaled': data(3, 20, 4, 'scaled'),
    'collinear': data(4, 15, 4, 'collinear'),
    'wide': data(5, 8, 20, 'plain'),
    'square': data(6, 6, 6, 'plain'),
}


def cases():
    for name, (x, y) in SETS.items():
        for intercept in (True, False):
            options = {'fitIntercept': intercept}
            yield name, 'leastSquares', options, LinearRegression(fit_intercept=intercept).fit(x, y)
            for alpha in (0.01, 1, 30):
                model = Ridge(alpha=alpha, fit_intercept=intercept, solver='svd').fit(x, y)
                yield name, 'ridge', {'alpha': alpha, **options}, model
            for alpha in (0.01, 0.2, 1):
                model = Lasso(alpha=alpha, fit_intercept=intercept, **TIGHT).fit(x, y)
                yield name, 'lasso', {'alpha': alpha, **options}, model
            for alpha, ratio in ((0.1, 0.5), (0.5, 0.9), (0.02, 0.2)):
                model = ElasticNet(alpha=alpha, l1_ratio=ratio, fit_intercept=intercept, **TIGHT).fit(x, y)
                yield name, 'elasticNet', {'alpha': alpha, 'l1Ratio': ratio, **options}, model


def several():
    x, y = SETS['tall']
    both = np.stack([y, np.round(x[:, 0] - y, 4)], axis=1)
    yield 'leastSquares', {}, both, LinearRegression().fit(x, both)
    yield 'ridge', {'alpha': 2}, both, Ridge(alpha=2).fit(x, both)


x_tall = SETS['tall'][0]
fixture = {
    'library': 'scikit-learn',
    'version': sklearn.__version__,
    'sets': {name: {'x': x.tolist(), 'y': y.tolist()} for name, (x, y) in SETS.items()},
    'cases': [
        {'set': name, 'model': model, 'options': options, **result(fitted, SETS[name][0])}
        for name, model, options, fitted in cases()
    ],
    'several': [
        {'model': model, 'options': options, 'y': y.tolist(), **result(fitted, x_tall)}
        for model, options, y, fitted in several()
    ],
}
print(json.dumps(fixture))
