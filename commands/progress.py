"""Say what is being done, on a terminal, once it has taken a while."""

import sys
import threading
from types import TracebackType
from typing import Self

WAIT_SECONDS = 2.0


class Progress:
    """A line on standard error that follows the work; nothing where nobody looks.

    It appears after `WAIT_SECONDS`, and goes when the work is done.
    """

    def __init__(self, text: str, *, quiet: bool = False) -> None:
        self._text = text
        self._shown = False
        self._seen = sys.stderr.isatty() and not quiet
        self._lock = threading.Lock()
        self._timer = threading.Timer(WAIT_SECONDS, self._show)
        self._timer.daemon = True

    def __enter__(self) -> Self:
        """Start to wait."""
        if self._seen:
            self._timer.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Take the line away."""
        self._timer.cancel()
        with self._lock:
            if self._shown:
                self._write("")
            self._seen = False

    def say(self, text: str) -> None:
        """Change what the line says."""
        with self._lock:
            self._text = text
            if self._shown:
                self._write(text)

    def _show(self) -> None:
        with self._lock:
            if self._seen:
                self._shown = True
                self._write(self._text)

    def _write(self, text: str) -> None:
        sys.stderr.write(f"\r\x1b[K{text}")
        sys.stderr.flush()
