"""``sharewise forget``: take a person out of every file that was written."""

from pathlib import Path

import click

from .interaction_options import key_options, ledger_option
from .options import config_option


@click.command()
@click.argument("person", help="Their handle, in any spelling.")
@click.argument(
    "files", nargs=-1, type=click.Path(path_type=Path), help="More files to look through."
)
@ledger_option
@key_options
@config_option
def forget(
    person: str,
    files: tuple[Path, ...],
    ledger: Path | None,
    pseudonyms: bool,
    key_file: Path | None,
    config: Path | None,
) -> None:
    """Take a person out of every file that was written.

    That is the ledger, exports and tables. The files that commands wrote are remembered in
    .sharewise beside the settings; FILES are looked through as well. Either all files are done
    or, when one can't be read, none. Your own files of interactions are not changed: take the
    person out of them too, or put the handle under opted_out in [community].

    \b
    Example:
      sharewise forget @reader_17
    """
    from ..engine.community.privacy.forgetting import forget as forget_in
    from ..engine.community.privacy.people_files import remembered
    from ..engine.community.privacy.person_names import person_names
    from .interacting import key_asked
    from .options import settings_from

    settings = settings_from(config)
    book = (ledger or settings.rewards.ledger).absolute()
    folder = settings.rewards.ledger.absolute().parent
    known = [*remembered(folder), *([book] if book.is_file() else [])]
    chosen = list(dict.fromkeys([*known, *(path.absolute() for path in files)]))
    done = forget_in(person_names(person, key_asked(pseudonyms, key_file)), chosen)
    for one in done:
        places = "1 place" if one.places == 1 else f"{one.places:,} places"
        click.echo(f"{one.path}: {places}")
    click.echo(f"forgotten in {len(done):,} of {len(chosen):,} files")
