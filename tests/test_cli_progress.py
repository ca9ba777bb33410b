"""Progress shows late, on a terminal only, and leaves nothing behind."""

import io
import sys
import time

import pytest

from sharewise.commands import progress
from sharewise.commands.progress import Progress


class Terminal(io.StringIO):
    """Text that says it is a terminal."""

    def isatty(self) -> bool:
        return True


def test_quick_work_shows_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = Terminal()
    monkeypatch.setattr(sys, "stderr", screen)
    with Progress("reading") as shown:
        shown.say("measuring")
    assert screen.getvalue() == ""


def test_slow_work_shows_what_it_is_at(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress, "WAIT_SECONDS", 0.01)
    screen = Terminal()
    monkeypatch.setattr(sys, "stderr", screen)
    with Progress("reading") as shown:
        deadline = time.monotonic() + 5
        while not screen.getvalue() and time.monotonic() < deadline:
            time.sleep(0.01)
        shown.say("measuring")
    assert screen.getvalue() == "\r\x1b[Kreading\r\x1b[Kmeasuring\r\x1b[K"


@pytest.mark.parametrize("quiet", [True, False])
def test_no_terminal_no_progress(monkeypatch: pytest.MonkeyPatch, quiet: bool) -> None:
    monkeypatch.setattr(progress, "WAIT_SECONDS", 0.01)
    screen = Terminal() if quiet else io.StringIO()
    monkeypatch.setattr(sys, "stderr", screen)
    with Progress("reading", quiet=quiet) as shown:
        time.sleep(0.05)
        shown.say("measuring")
    assert screen.getvalue() == ""
