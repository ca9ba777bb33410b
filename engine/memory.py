"""Memory that was freed, given back to the system."""

import ctypes
import sys


def give_back() -> None:
    """Give freed memory back where the C library keeps it for later: glibc, on Linux.

    What it keeps lies in pieces between what is still used, and no large table fits there.
    Source: malloc_trim(3), Linux man-pages, 2024.
    """
    if sys.platform == "linux":
        trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
        if trim is not None:
            trim(0)
