"""Encodings of files of a few words, which no statistics can tell."""

from pathlib import Path

import pytest

from sharewise.engine.content.reading import read_posts

RUSSIAN = ("Привет всем друзья", "Новый кофе уже здесь", "Скидки сегодня!", "Кофе: 100 г, «Зима»")


@pytest.mark.parametrize("encoding", ["koi8_r", "cp1251", "cp866"])
@pytest.mark.parametrize("text", RUSSIAN)
def test_a_few_russian_words(text: str, encoding: str, tmp_path: Path) -> None:
    path = tmp_path / "posts.csv"
    path.write_bytes(f'id,text\n1,"{text}"\n'.encode(encoding, errors="ignore"))
    files = read_posts([path])
    told = text.encode(encoding, errors="ignore").decode(encoding)
    assert files.posts["text"].to_list() == [told]
    same = {"cp866": {"cp866", "cp1125"}}.get(encoding, {encoding})
    assert files.files[0].encoding.replace("-", "_") in same


@pytest.mark.parametrize(
    ("text", "encoding", "found"),
    [
        (
            "新しいコーヒーの季節がやってきました",
            "shift_jis",
            {"cp932", "shift_jis", "shift_jis_2004"},
        ),
        ("今年的冬季咖啡已经到了欢迎大家来品尝", "gb18030", {"gb18030", "gbk", "gb2312"}),
        ("Ο χειμερινός καφές μας είναι εδώ", "cp1253", {"cp1253"}),
    ],
)
def test_other_scripts_stay(text: str, encoding: str, found: set[str], tmp_path: Path) -> None:
    path = tmp_path / "posts.csv"
    path.write_bytes(f"id,text\n1,{text}\n".encode(encoding))
    files = read_posts([path])
    assert files.posts["text"].to_list() == [text]
    assert files.files[0].encoding in found
