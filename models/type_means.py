"""What a post's type alone says of it."""

from collections.abc import Sequence

import numpy as np
import polars as pl

from .feature_frame import measures_of
from .text_weights import Numbers

TYPE = "type."
"""How the columns of a feature frame begin that are 1 in posts of one type."""


def type_scores(features: pl.DataFrame, names: Sequence[str], effects: Numbers) -> Numbers:
    """Return the effect of each post's type, one of the columns ``names``; 0 for any other."""
    return np.asarray(np.nan_to_num(measures_of(features, tuple(names))) @ effects)
