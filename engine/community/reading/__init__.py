"""Reading interactions from files, standard input and frames."""

from .files import Cleaning, InteractionFiles
from .reader import interactions_from_frame, read_interactions
from .template import empty_interactions_template

__all__ = [
    "Cleaning",
    "InteractionFiles",
    "empty_interactions_template",
    "interactions_from_frame",
    "read_interactions",
]
