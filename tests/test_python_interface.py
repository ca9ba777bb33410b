"""The public names: exact, lazy, and they work on frames and on files."""

from pathlib import Path

import polars as pl
import pytest

import sharewise


def test_public_names_are_exact() -> None:
    assert sharewise.__all__ == sorted(sharewise.__all__)
    for name in sharewise.__all__:
        assert getattr(sharewise, name) is not None
        assert name in dir(sharewise)
    with pytest.raises(AttributeError, match="has no attribute 'recomend'"):
        sharewise.recomend  # noqa: B018


def test_frames_and_files_give_the_same(tmp_path: Path) -> None:
    frame = pl.DataFrame({"id": ["a"], "text": ["x" * 281]})
    frame.write_csv(tmp_path / "posts.csv")
    of_frame = sharewise.measure(frame, ["x"])
    of_file = sharewise.measure(tmp_path / "posts.csv", ["twitter"])
    assert of_frame.equals(of_file)
    assert of_frame.select("post", "platform", "text.length", "limit.text").row(0) == (
        "a", "x", 281, 280.0
    )  # fmt: skip
    assert sharewise.read_posts(tmp_path / "posts.csv").posts["id"].to_list() == ["a"]
    assert sharewise.read_posts(frame).posts["id"].to_list() == ["a"]


def test_recommend_takes_settings(tmp_path: Path) -> None:
    (tmp_path / "sharewise.toml").write_text('[severities]\nLEN101 = "warning"\n')
    settings = sharewise.load_settings(tmp_path)
    posts = pl.DataFrame({"id": ["a"], "text": ["x" * 281]})
    findings = sharewise.recommend(posts, ["x"], settings).findings
    assert findings.filter(pl.col("rule") == "LEN101")["severity"].to_list() == ["warning"]


def test_errors_have_one_base() -> None:
    with pytest.raises(sharewise.SharewiseError, match="'twiter' is no platform"):
        sharewise.measure(pl.DataFrame({"text": ["a"]}), ["twiter"])


def test_advice_is_short_in_a_notebook() -> None:
    advice = sharewise.recommend(pl.DataFrame({"id": ["a"], "text": ["x" * 281]}), ["x"])
    assert repr(advice).startswith("Advice(")
    assert "1 posts" not in repr(advice)
    assert len(repr(advice)) < 100
