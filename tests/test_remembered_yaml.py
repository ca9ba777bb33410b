"""What is remembered of our YAML is what it says; a damaged memory is no matter."""

import os
from datetime import date
from pathlib import Path

import pytest

from sharewise.engine.content.remembered_yaml import FORM, cache_folder, remembered_yaml
from sharewise.engine.content.safe_yaml import YamlError, load_yaml

TEXT = "facts: {a: 1, b: 2.5, c: yes, d: null, day: 2026-11-22, list: [x, '2', é]}\n"
FACTS = {"a": 1, "b": 2.5, "c": True, "d": None, "day": date(2026, 11, 22)}
SAYS = {"facts": FACTS | {"list": ["x", "2", "é"]}}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SHAREWISE_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache" / FORM


def test_the_second_reading_is_the_first(folder: Path) -> None:
    assert remembered_yaml(TEXT) == SAYS
    (file,) = folder.iterdir()
    before = file.stat().st_mtime_ns
    assert remembered_yaml(TEXT) == SAYS
    assert file.stat().st_mtime_ns == before


def test_old_memory_goes(folder: Path) -> None:
    remembered_yaml(TEXT)
    (old,) = folder.iterdir()
    os.utime(old, (0, 0))
    remembered_yaml("facts: 3")
    (fresh,) = folder.iterdir()
    assert fresh != old


def test_another_text_is_parsed(folder: Path) -> None:
    remembered_yaml(TEXT)
    assert remembered_yaml("facts: 3") == {"facts": 3}


@pytest.mark.parametrize(
    "damage", [b"", b'{"facts": ', b"\xff\xfe", b"[" * 100_000, b'{"$day": 3}']
)
def test_damage_is_parsed_anew(folder: Path, damage: bytes) -> None:
    remembered_yaml(TEXT)
    (file,) = folder.iterdir()
    file.write_bytes(damage)
    assert remembered_yaml(TEXT) == SAYS
    assert file.read_bytes() != damage


def test_what_json_can_not_hold_is_not_remembered(folder: Path) -> None:
    for text in ("1: a number as key", "a: .nan", "a: 2026-11-22T10:00:00", "$day: 3"):
        for _ in range(2):
            assert repr(remembered_yaml(text)) == repr(load_yaml(text))
    assert not folder.exists() or list(folder.iterdir()) == []


def test_a_wrong_text_stays_wrong(folder: Path) -> None:
    for _ in range(2):
        with pytest.raises(YamlError, match="stands twice"):
            remembered_yaml("a: 1\na: 2\n")


def test_it_can_be_switched_off_and_a_file_in_the_way_is_no_matter(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SHAREWISE_CACHE", "")
    assert cache_folder() is None
    assert remembered_yaml(TEXT) == SAYS
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setenv("SHAREWISE_CACHE", str(tmp_path / "file"))
    assert remembered_yaml(TEXT) == SAYS
    assert (tmp_path / "file").read_text() == "in the way"
