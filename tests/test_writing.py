"""Files are written whole or not at all."""

import os
from pathlib import Path

import pytest

from sharewise.engine.content.writing import write_beside
from sharewise.engine.errors import WriteError


def test_bytes_and_functions(tmp_path: Path) -> None:
    target = tmp_path / "out.txt"
    write_beside(target, b"one")
    assert target.read_bytes() == b"one"
    write_beside(target, lambda path: path.write_bytes(b"two"))
    assert target.read_bytes() == b"two"
    assert list(tmp_path.iterdir()) == [target]


@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), KeyboardInterrupt()])
def test_a_failure_leaves_what_was_there(tmp_path: Path, error: BaseException) -> None:
    target = tmp_path / "out.txt"
    target.write_bytes(b"before")

    def fail(path: Path) -> None:
        path.write_bytes(b"half")
        raise error

    told = "out.txt: can't be written: No space" if isinstance(error, OSError) else None
    with pytest.raises((WriteError, KeyboardInterrupt), match=told):
        write_beside(target, fail)
    assert target.read_bytes() == b"before"
    assert list(tmp_path.iterdir()) == [target]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full on this system")
def test_a_full_disk() -> None:
    with pytest.raises(WriteError, match="/dev/full: can't be written: No space left"):
        write_beside(Path("/dev/full"), b"x" * 100)
    assert Path("/dev/full").is_char_device()


def test_no_folder_a_folder_and_no_permission(tmp_path: Path) -> None:
    with pytest.raises(WriteError, match="No such file or directory"):
        write_beside(tmp_path / "none" / "out.txt", b"")
    with pytest.raises(WriteError, match="Is a directory"):
        write_beside(tmp_path, b"")
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o500)
    if os.geteuid() == 0:
        pytest.skip("root may write anywhere")
    with pytest.raises(WriteError, match="Permission denied"):
        write_beside(closed / "out.txt", b"")


def test_a_link_keeps_pointing(tmp_path: Path) -> None:
    real, link = tmp_path / "real.txt", tmp_path / "link.txt"
    real.write_bytes(b"before")
    link.symlink_to(real)
    write_beside(link, b"after")
    assert link.is_symlink()
    assert real.read_bytes() == b"after"


def test_a_device_is_not_replaced() -> None:
    write_beside(Path("/dev/null"), b"gone")
    assert Path("/dev/null").is_char_device()
