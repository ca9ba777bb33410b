"""Trained models as JSON values and arrays, and back with every value checked."""

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from .conformal import Margins
from .evidence import Evidence
from .linear_scores import LinearScores, MeasureScores, TermScores
from .storage import StorageError
from .stored_model import AccountModel, PastPosts, PlatformPrior, TrainedModel
from .text_counts import COLUMNS
from .text_weights import IdfTable

_INFINITE = {"inf": math.inf}


def plain_model(model: TrainedModel) -> dict[str, Any]:
    """Return a model as `storage.stored_bytes` takes it."""
    return {
        "about": dict(model.about),
        "accounts": [_plain_account(one) for one in model.accounts],
        "priors": [
            {
                "platform": one.platform,
                "accounts": list(one.accounts),
                "posts": one.posts,
                "scores": _plain_scores(one.scores),
            }
            for one in model.priors
        ],
    }


def model_from_plain(plain: Any) -> TrainedModel:
    """Return the model that `plain_model` made ``plain`` of.

    Raises
    ------
    StorageError
        A key is missing, a value is of the wrong type, or a number is out of its range.
    """
    try:
        priors = tuple(_prior(one) for one in plain["priors"])
        accounts = tuple(_account(one, len(priors)) for one in plain["accounts"])
        return TrainedModel(accounts, priors, _about(plain["about"]))
    except StorageError:
        raise
    except (KeyError, TypeError, ValueError, AttributeError, IndexError) as error:
        raise StorageError(f"the model in it is wrong: {error!r}") from None


def _plain_account(model: AccountModel) -> dict[str, Any]:
    past = model.past
    margins = None if model.margins is None else model.margins.plain()
    return {
        "platform": model.platform,
        "account": model.account,
        "evidence": model.evidence.plain(),
        "margins": margins and {k: "inf" if math.isinf(v) else v for k, v in margins.items()},
        "scores": None if model.scores is None else _plain_scores(model.scores),
        "letters": model.letters,
        "prior": model.prior,
        "prior_slope": model.prior_slope,
        "type_names": list(model.type_names),
        "type_effects": model.type_effects,
        "past": {
            "names": list(past.names),
            "words": list(past.words),
            "times": past.times,
            "shares": past.shares,
            "values": past.terms.data.astype(np.float32),
            "columns": past.terms.indices.astype(np.int32),
            "starts": past.terms.indptr.astype(np.int64),
        },
        "training": dict(model.training),
    }


def _account(plain: Any, priors: int) -> AccountModel:
    prior = plain["prior"]
    if prior is not None and not (isinstance(prior, int) and 0 <= prior < priors):
        raise StorageError(f"prior {prior!r} is not there")
    margins = plain["margins"]
    names = tuple(map(str, plain["type_names"]))
    return AccountModel(
        platform=str(plain["platform"]),
        account=str(plain["account"]),
        evidence=Evidence(**plain["evidence"]),
        margins=margins
        and Margins(**{key: _INFINITE.get(value, value) for key, value in margins.items()}),
        scores=None if plain["scores"] is None else _scores(plain["scores"]),
        letters=bool(plain["letters"]),
        prior=prior,
        prior_slope=float(plain["prior_slope"]),
        type_names=names,
        type_effects=_numbers(plain["type_effects"], len(names)),
        past=_past(plain["past"]),
        training=dict(plain["training"]),
    )


def _about(plain: Any) -> dict[str, Any]:
    """Return what the model says of its data and settings; a new fit goes by it."""
    data, settings = plain["data"], plain["settings"]
    platform = settings["platform"]
    if not isinstance(settings["fast"], bool) or not isinstance(data["weights"], str | dict):
        raise StorageError("its settings are wrong")
    if platform is not None and not isinstance(platform, str):
        raise StorageError("its platform is wrong")
    if not all(isinstance(data[key], str) for key in ("first", "last", "digest")):
        raise StorageError("what it says of its data is wrong")
    return {"data": data, "settings": settings}


def _prior(plain: Any) -> PlatformPrior:
    names = tuple(map(str, plain["accounts"]))
    return PlatformPrior(
        str(plain["platform"]), names, int(plain["posts"]), _scores(plain["scores"])
    )


def _plain_scores(scores: LinearScores) -> dict[str, Any]:
    measures = scores.measures
    return {
        "terms": _plain_terms(scores.terms),
        "letters": None if scores.letters is None else _plain_terms(scores.letters),
        "measures": {
            "names": list(measures.names),
            "means": measures.means,
            "spreads": measures.spreads,
            "coefficients": measures.coefficients,
        },
        "intercept": scores.intercept,
    }


def _scores(plain: Any) -> LinearScores:
    measures = plain["measures"]
    names = tuple(map(str, measures["names"]))
    kept = [_numbers(measures[key], len(names)) for key in ("means", "spreads", "coefficients")]
    if not (kept[1] > 0).all():
        raise StorageError("a measure has a spread of 0")
    letters = plain["letters"]
    return LinearScores(
        _terms(plain["terms"]),
        None if letters is None else _terms(letters),
        MeasureScores(names, *kept),
        float(plain["intercept"]),
    )


def _plain_terms(terms: TermScores) -> dict[str, Any]:
    return {
        "columns": terms.idf.columns,
        "idf": terms.idf.values,
        "rest": terms.idf.rest,
        "coefficients": terms.coefficients,
    }


def _terms(plain: Any) -> TermScores:
    columns = plain["columns"]
    if columns.dtype != np.int32 or columns.ndim != 1:
        raise StorageError("columns are no list of whole numbers")
    inside = columns.size == 0 or (columns[0] >= 0 and columns[-1] < COLUMNS)
    if not inside or not (np.diff(columns) > 0).all():
        raise StorageError("columns are out of range or order")
    idf, coefficients = (_numbers(plain[key], columns.size) for key in ("idf", "coefficients"))
    table = IdfTable(columns, idf.astype(np.float32), float(plain["rest"]))
    return TermScores(table, coefficients.astype(np.float32))


def _past(plain: Any) -> PastPosts:
    names = tuple(map(str, plain["names"]))
    starts, columns = plain["starts"], plain["columns"]
    values = _numbers(plain["values"])
    whole = starts.dtype == np.int64 and columns.dtype == np.int32
    shaped = starts.shape == (len(names) + 1,) and columns.shape == values.shape
    if not whole or not shaped or starts[0] != 0 or starts[-1] != values.size:
        raise StorageError("past posts have the wrong shape")
    if (np.diff(starts) < 0).any() or (columns < 0).any() or (columns >= COLUMNS).any():
        raise StorageError("past posts are out of range")
    terms = csr_matrix((values, columns, starts), shape=(len(names), COLUMNS))
    words = tuple(map(str, plain["words"]))
    if len(words) != len(names):
        raise StorageError("past posts have the wrong shape")
    times, shares = (_numbers(plain[key], len(names)) for key in ("times", "shares"))
    return PastPosts(names, words, times, terms, shares)


def _numbers(value: Any, size: int | None = None) -> NDArray[np.float64]:
    if not isinstance(value, np.ndarray) or value.ndim != 1 or value.dtype.kind != "f":
        raise StorageError("a list of numbers is none")
    if size is not None and value.size != size:
        raise StorageError(f"{value.size} numbers where {size} belong")
    if not np.isfinite(value).all():
        raise StorageError("a number is not finite")
    return value.astype(np.float64)
