"""``sharewise rewards``: who gets what, what came of it, and the words that go with it."""

from pathlib import Path

import click

from .interaction_options import Asked, half_life_option, interaction_options, ledger_option
from .options import config_option, format_option


@click.group()
def rewards() -> None:
    """Reward those who help others find you; see if it works.

    Tiers and costs stand in the settings, under [rewards.tiers.NAME]. A reward never depends on
    what people say about the brand: settings under which it does are refused.

    \b
    Example:
      sharewise rewards assign interactions.csv --brand @harborroast --budget 200
    """


@rewards.command()
@interaction_options
@click.option("--budget", type=float, required=True, help="The most that all rewards may cost.")
@click.option(
    "--holdout",
    type=float,
    default=0.2,
    show_default=True,
    help="The share set aside at random, to tell what rewards change; 0 to 0.5.",
)
@click.option("--seed", type=int, default=0, show_default=True, help="Of the random drawing.")
@half_life_option
@ledger_option
@click.option("--dry-run", is_flag=True, help="Show it only; write nothing to the ledger.")
@format_option("text", "json", "jsonl", "csv", default="text")
@click.pass_context
def assign(
    context: click.Context,
    /,
    asked: Asked,
    budget: float,
    holdout: float,
    seed: int,
    half_life: str | None,
    ledger: Path | None,
    dry_run: bool,
    form: str,
) -> None:
    """Choose whom to reward, and write it to the ledger.

    People are taken by rank. Of each few of near ranks one is set aside at random first and gets
    nothing, so that `rewards measure` can tell what rewards change. No group of the community
    gets more than its quota, and nobody a reward twice within the cool-down.

    \b
    Example:
      sharewise rewards assign interactions.csv --brand @harborroast --budget 200 --seed 7
    """
    from .rewarding import Ask, give

    ask = Ask(budget, holdout, seed, ledger, dry_run, half_life)
    rejected = give(asked, ask, form)
    context.exit(asked.code(rejected))


@rewards.command()
@interaction_options
@ledger_option
@click.option(
    "--horizon",
    metavar="TIME",
    help="How long after a round to look, such as 30d.  [default: rewards.horizon]",
)
@click.option("--seed", type=int, default=0, show_default=True, help="Of the interval's draws.")
@format_option("text", "json", default="text")
@click.pass_context
def measure(
    context: click.Context,
    /,
    asked: Asked,
    ledger: Path | None,
    horizon: str | None,
    seed: int,
    form: str,
) -> None:
    """Show what the rewarded did after, against those set aside.

    The difference comes with an interval that rests on the random drawing alone. Where it holds
    0 there is no evidence that rewards changed anything, and that is what is said.

    \b
    Example:
      sharewise rewards measure interactions.csv --brand @harborroast
    """
    from .rewarding import show_measured

    rejected = show_measured(asked, ledger, horizon, seed, form)
    context.exit(asked.code(rejected))


@rewards.command()
@click.argument("person", help="Their handle, as in the ledger.")
@click.option("--brand", metavar="NAME", help="Who thanks.  [default: the brand of the settings]")
@ledger_option
@config_option
@format_option("text", "json", default="text")
def message(
    person: str, brand: str | None, ledger: Path | None, config: Path | None, form: str
) -> None:
    """Draft a thank-you, with the disclosure wording due.

    It is for somebody in the ledger who was rewarded. The sources of what it says of the law
    come after it.

    \b
    Example:
      sharewise rewards message @reader_17
    """
    from .rewarding import show_message

    show_message(person, brand, ledger, config, form)
