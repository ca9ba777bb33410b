"""``sharewise init``: write a settings file by asking a few questions."""

from pathlib import Path
from typing import Any

import click


def _checked(ctx: click.Context, parameter: click.Parameter, value: str) -> str:
    """Refuse a wrong answer at once, so that its question is asked again."""
    from ..engine.content.platform_names import platform_named
    from ..engine.errors import SharewiseError
    from ..engine.settings_values import zone

    try:
        if parameter.name == "timezone":
            return zone(value, "timezone")
        for name in _list(value):
            platform_named(name)
    except SharewiseError as error:
        raise click.BadParameter(str(error), ctx, parameter) from None
    return value


_HEAD = """\
# Settings of sharewise for this folder and those below it. `sharewise config` shows what is
# in force. Also possible: employees, competitors, packs, ignore, [severities],
# [utm] with source, medium and campaign for share links,
# [accounts.NAME] with platform, timezone and limits = { text = 25000 }.
"""


@click.command()
@click.option("--brand", prompt="Brand name", metavar="NAME", help="What the brand is called.")
@click.option(
    "--handles",
    prompt="Its handles, such as @harborroast (comma-separated, empty for none)",
    default="",
    show_default=False,
    metavar="NAME[,NAME...]",
    help="Its account names.",
)
@click.option(
    "--domains",
    prompt="Its own sites, such as harborroast.example (comma-separated, empty for none)",
    default="",
    show_default=False,
    metavar="HOST[,HOST...]",
    help="Its own sites.",
)
@click.option(
    "--platforms",
    prompt="Platforms it posts on (comma-separated, empty for all)",
    default="",
    show_default=False,
    callback=_checked,
    metavar="NAME[,NAME...]",
    help="The platforms it posts on.",
)
@click.option(
    "--timezone",
    prompt="Time zone of its posts",
    default="UTC",
    callback=_checked,
    metavar="ZONE",
    help="Zone of times that name none, such as Europe/Lisbon.",
)
def init(brand: str, handles: str, domains: str, platforms: str, timezone: str) -> None:
    """Write a sharewise.toml by asking questions.

    It goes into this folder; options answer in advance. A file that is there stays as it is.
    A wrong answer is asked for again. Ctrl-C, or the end of the answers, leaves with 130 and
    writes nothing.

    \b
    Example:
      sharewise init --brand "Harbor Roast" --handles @harborroast --timezone Europe/Lisbon
    """
    from ..engine.content.writing import write_beside
    from ..engine.errors import WriteError
    from ..engine.settings import FILE_NAME, settings_from_table

    path = Path(FILE_NAME)
    if path.exists() or path.is_symlink():
        raise WriteError(f"{path}: exists already; edit it, or move it away first")
    data: dict[str, Any] = {"timezone": timezone}
    if _list(platforms):
        data["platforms"] = _list(platforms)
    data["brand"] = {"name": brand, "handles": _list(handles), "domains": _list(domains)}
    settings_from_table(data, "init")
    write_beside(path, (_HEAD + _toml(data)).encode())
    click.echo(f"wrote {path}; see it with: sharewise config")


def _list(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]


def _toml(data: dict[str, Any]) -> str:
    plain = {key: value for key, value in data.items() if not isinstance(value, dict)}
    lines = [f"{key} = {_value(value)}" for key, value in plain.items()]
    for key, table in data.items():
        if isinstance(table, dict):
            lines += ["", f"[{key}]", *(f"{name} = {_value(table[name])}" for name in table)]
    return "\n".join(lines) + "\n"


def _value(value: str | list[str]) -> str:
    """Return a text or a list of texts as TOML; its basic strings escape as JSON's do."""
    import json

    if isinstance(value, list):
        return "[" + ", ".join(map(_value, value)) + "]"
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
