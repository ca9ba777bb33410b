"""``sharewise model``: check a history, learn from it, measure what was learned."""

import click

from .model_check import check
from .model_evaluate import evaluate
from .model_train import train
from .model_validate import validate


@click.group()
def model() -> None:
    """Work with what a history teaches.

    \b
    Example:
      sharewise model validate tweet_activity.csv
    """


model.add_command(validate)
model.add_command(train)
model.add_command(evaluate)
model.add_command(check)
