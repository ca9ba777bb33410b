"""The entry point ``sharewise``: finds the command, turns what goes wrong into an exit code.

0 done · 1 findings (``check``, ``page``, ``rules lint``) · 2 wrong usage or bad input · 3 our bug ·
130 stopped by Ctrl-C · 141 the reader of the output went away
"""

import atexit
import gc
import os
import sys
from collections.abc import MutableMapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any, TextIO

import click

from . import __version__
from .engine.errors import SharewiseError

COMMANDS = (
    *("recommend", "check", "page", "fix", "tailor", "measure", "rules", "platforms"),
    *("ambassadors", "community", "rewards", "forget"),
    *("rank", "besttime", "compare", "model"),
    *("batch", "diff"),
    *("config", "init", "template"),
)
BAD_INPUT, BUG, STOPPED, READER_GONE = 2, 3, 130, 141
_CONTROLS = dict.fromkeys([*range(32), *range(127, 160)], " ")


class _ReaderGoneError(Exception):
    """Nobody reads the output any more."""


class Commands(click.Group):
    """A group whose commands are imported when they are asked for, and not before."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names, in the order of the help page."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return the command: the attribute of the same name in ``commands/<name>.py``."""
        if cmd_name not in COMMANDS:
            return None
        module = import_module(f"{__package__}.commands.{cmd_name}")
        command: click.Command = getattr(module, cmd_name)
        return command

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; click would end with 1 when the reader of the output is gone."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            raise _ReaderGoneError from None

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,
        **extra: Any,
    ) -> Any:
        """Run a command and leave with its exit code."""
        given = list(sys.argv[1:] if args is None else args)
        if not standalone_mode:
            return super().main(given, prog_name, complete_var, standalone_mode=False, **extra)
        sys.exit(self._code(given, prog_name or "sharewise", complete_var, extra))

    def _code(
        self, args: list[str], name: str, complete_var: str | None, extra: MutableMapping[str, Any]
    ) -> int:
        try:
            code = super().main(args, name, complete_var, standalone_mode=False, **extra)
            sys.stdout.flush()
            return code if isinstance(code, int) else 0
        except click.ClickException as error:
            error.show()
            return BAD_INPUT
        except SharewiseError as error:
            _tell(f"sharewise: {error}")
            return error.exit_code
        except (KeyboardInterrupt, click.Abort):
            _tell("sharewise: stopped")
            return STOPPED
        except (_ReaderGoneError, BrokenPipeError):
            _silence(sys.stdout)
            return READER_GONE
        except OSError as error:
            _silence(sys.stdout)
            where = f"{error.filename}: " if error.filename else ""
            _tell(f"sharewise: {where}{error.strerror or error}")
            return BAD_INPUT
        except MemoryError:
            _tell("sharewise: out of memory; for large files write to Parquet: -o findings.parquet")
            return BAD_INPUT
        except SystemExit:
            raise
        except BaseException as error:  # Polars' panics are no Exceptions
            if "--debug" in args:
                raise
            _tell(_bug(error))
            return BUG


@click.command(
    cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100}
)
@click.version_option(__version__, prog_name="sharewise")
@click.option("--debug", is_flag=True, help="Show the traceback of an internal error.")
def cli(debug: bool) -> None:
    """Make posts work on each platform, and see why.

    \b
    Example:
      sharewise recommend drafts.csv --platform x,linkedin
    """


def main() -> None:
    """Run the command line."""
    # Loading makes very many objects and no garbage: looking for it costs a tenth of a start.
    gc.set_threshold(100_000, 20, 50)
    # And once more on the way out, when all of it goes anyway.
    atexit.register(gc.freeze)
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure:
            reconfigure(errors="replace")
    cli.main()


def _bug(error: BaseException) -> str:
    """Return what to say of an error that no input should cause; short: posts may be in it."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    where = ""
    if trace is not None:
        where = f" at {Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}"
    text = str(error).split("\n")[0][:200]
    return (
        f"sharewise: {type(error).__name__}{where}: {text}\n"
        "This is our bug, not yours. To report it, keep the traceback: "
        "sharewise --debug … 2> trace.txt"
    )


def _tell(message: str) -> None:
    from .engine.advice.reports.fitting import fitted

    lines = (line.translate(_CONTROLS) for line in message.splitlines())
    click.echo(fitted("\n".join(lines), sys.stderr), err=True)


def _silence(stream: TextIO) -> None:
    """Let Python's own flush at exit go nowhere: the reader is gone or the disk is full."""
    try:
        descriptor = stream.fileno()
    except (OSError, ValueError):
        return
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, descriptor)
    os.close(nowhere)
