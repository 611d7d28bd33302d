"""Solutions of linear models by scikit-learn, for test/src/linear: python linear.py > fixtures/linear.json."""

import json
import warnings

import numpy as np
import sklearn
from sklearn.linear_model import (
    ElasticNet,
    ElasticNetCV,
    Lasso,
    LassoCV,
    LinearRegression,
    LogisticRegression,
    Ridge,
    RidgeCV,
    enet_path,
)
from sklearn.model_selection import KFold

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


def paths():
    for name, ratio in (('correlated', 1.0), ('wide', 1.0), ('tall', 0.7)):
        x, y = SETS[name]
        alphas, coefficients, _ = enet_path(x, y, l1_ratio=ratio, eps=0.01, alphas=12, **TIGHT)
        options = {'l1Ratio': ratio, 'epsilon': 0.01, 'alphas': 12, 'fitIntercept': False}
        yield {'set': name, 'options': options, 'alphas': alphas.tolist(), 'coefficients': coefficients.T.tolist()}


ALPHAS = [0.01, 0.1, 1.0, 10.0]


def chosen():
    for name in ('tall', 'correlated', 'wide'):
        x, y = SETS[name]
        for intercept in (True, False):
            options = {'fitIntercept': intercept}
            model = LassoCV(alphas=12, eps=0.01, cv=4, fit_intercept=intercept, **TIGHT).fit(x, y)
            lasso = {'alphas': 12, 'epsilon': 0.01, 'folds': 4, **options}
            yield name, 'lassoCv', lasso, model.alpha_, model.mse_path_, model
            model = RidgeCV(alphas=ALPHAS, fit_intercept=intercept, store_cv_results=True).fit(x, y)
            # Squared errors, one column for each penalty; ours are largest first.
            yield name, 'ridgeCv', {'alphas': ALPHAS, **options}, model.alpha_, model.cv_results_.T[::-1], model
    x, y = SETS['correlated']
    model = ElasticNetCV(l1_ratio=[0.3, 0.9], alphas=10, eps=0.01, cv=3, **TIGHT).fit(x, y)
    options = {'l1Ratio': [0.3, 0.9], 'alphas': 10, 'epsilon': 0.01, 'folds': 3}
    best = [0.3, 0.9].index(model.l1_ratio_)
    yield 'correlated', 'elasticNetCv', options, model.alpha_, model.mse_path_[best], model
    folds = []
    for train, test in KFold(4).split(x):
        fitted = [Ridge(alpha=alpha).fit(x[train], y[train]) for alpha in ALPHAS[::-1]]
        folds.append([np.mean((one.predict(x[test]) - y[test]) ** 2) for one in fitted])
    errors = np.array(folds).T
    alpha = ALPHAS[::-1][int(errors.mean(axis=1).argmin())]
    yield 'correlated', 'ridgeCv', {'alphas': ALPHAS, 'folds': 4}, alpha, errors, Ridge(alpha=alpha).fit(x, y)


def classes():
    exact = {'tol': 1e-10, 'max_iter': 100_000}
    for seed, rows, columns, count in ((11, 40, 3, 2), (12, 60, 4, 3), (13, 10, 15, 2), (14, 50, 2, 4)):
        source = np.random.default_rng(seed)
        x = np.round(source.normal(size=(rows, columns)), 4)
        scores = x @ source.normal(size=(columns, count)) + source.normal(size=(rows, count))
        labels = scores.argmax(axis=1)
        for c in (0.1, 1.0, 50.0):
            for intercept in (True, False):
                model = LogisticRegression(C=c, fit_intercept=intercept, **exact).fit(x, labels)
                yield {
                    'x': x.tolist(),
                    'labels': labels.tolist(),
                    'options': {'C': c, 'fitIntercept': intercept},
                    'coefficients': model.coef_.tolist(),
                    'intercept': model.intercept_.tolist(),
                    'probabilities': model.predict_proba(x[:5]).tolist(),
                    'predictions': model.predict(x[:5]).tolist(),
                }


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
    'paths': list(paths()),
    'chosen': [
        {
            'set': name,
            'model': model,
            'options': options,
            'alpha': float(alpha),
            'errors': np.asarray(errors).tolist(),
            **result(fitted, SETS[name][0]),
        }
        for name, model, options, alpha, errors, fitted in chosen()
    ],
    'classes': list(classes()),
}
print(json.dumps(fixture))
