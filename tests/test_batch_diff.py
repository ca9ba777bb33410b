"""Every change between two runs has the cause that was put there."""

import shutil
from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest
from click.testing import CliRunner

from sharewise.cli import cli
from sharewise.engine.advice.recommending import adviser
from sharewise.engine.batch.diff import CHANGE_SCHEMA, compare_runs
from sharewise.engine.batch.run import Request, run_batch
from sharewise.engine.errors import BatchError
from sharewise.engine.settings import Settings

POSTS = {
    "id": ["long", "short", "tag", "plain"],
    "text": [
        "a" * 281,
        "Fresh roast",
        "Fresh roast #newblendlaunch",
        "Two new beans on the shelf.",
    ],
    "platform": ["x"] * 4,
}
PACK = """
pack: house
observations:
  mentions_roast: text.length > {more}
rules:
  - id: HOU001
    name: says-roast
    when: [mentions_roast]
    severity: warning
    category: text
    advice: "{{text.length}} is over what we like"
    why: House style.
    sources: [limit.text]
    examples:
      fires: [{{platform: x, text: "{long}"}}]
      quiet: [{{platform: x, text: "a"}}]
"""


def request(tmp_path: Path, name: str, frame: dict[str, list[str]] | None = None) -> Request:
    source = tmp_path / "backlog.csv"
    if frame is not None:
        pl.DataFrame(frame).write_csv(source)
    return Request((str(source),), tmp_path / name, jobs=1)


def changes(tmp_path: Path) -> list[tuple[object, ...]]:
    found = list(compare_runs(tmp_path / "one", tmp_path / "two", bucket_rows=2))
    together = pl.concat(one.changes for one in found)
    assert together.schema == CHANGE_SCHEMA
    return sorted(together.rows(), key=str)


def edited(**texts: str) -> dict[str, list[str]]:
    named = dict(zip(POSTS["id"], POSTS["text"], strict=True)) | texts
    return {
        **POSTS,
        "id": list(named),
        "text": list(named.values()),
        "platform": ["x"] * len(named),
    }


def test_nothing_changed(tmp_path: Path) -> None:
    for name in ("one", "two"):
        run_batch(request(tmp_path, name, POSTS), adviser())
    assert changes(tmp_path) == []
    told = CliRunner().invoke(cli, ["diff", str(tmp_path / "one"), str(tmp_path / "two")])
    assert (told.exit_code, told.output) == (0, "4 rows, no change\n")


def test_edited_new_and_gone_posts(tmp_path: Path) -> None:
    run_batch(request(tmp_path, "one", POSTS), adviser())
    frame = edited(long="a" * 280, new="A new post.")
    gone = POSTS["id"].index("plain")
    for column in frame.values():
        del column[gone]
    run_batch(request(tmp_path, "two", frame), adviser())
    assert changes(tmp_path) == [
        ("long", "x", "finding", "LEN101", "error:unsafe", None, "input"),
        ("new", "x", "row", None, None, "there", "input"),
        ("plain", "x", "row", None, "there", None, "input"),
    ]


def test_rules_of_ones_own(tmp_path: Path) -> None:
    pack = tmp_path / "house.yaml"
    pack.write_text(PACK.format(more=20, long="a" * 30))
    run_batch(request(tmp_path, "one", POSTS), adviser(extra_packs=[pack]))
    pack.write_text(PACK.format(more=280, long="a" * 290))
    run_batch(request(tmp_path, "two", edited(plain="a" * 290)), adviser(extra_packs=[pack]))
    assert changes(tmp_path) == [
        ("plain", "x", "finding", "LEN101", None, "error:unsafe", "input"),
        ("tag", "x", "finding", "HOU001", "warning", None, "rules"),
    ]
    settings = Settings(severities={"TAG104": "error"}, ignore=("LEN101",))
    shutil.rmtree(tmp_path / "one")
    shutil.rmtree(tmp_path / "two")
    run_batch(request(tmp_path, "one", POSTS), adviser())
    run_batch(request(tmp_path, "two"), adviser(settings=settings))
    assert changes(tmp_path) == [
        ("long", "x", "finding", "LEN101", "error:unsafe", None, "rules"),
        ("tag", "x", "finding", "TAG104", "warning:safe", "error:safe", "rules"),
    ]


def test_scores_of_another_model(tmp_path: Path, model_file: Path) -> None:
    frame = {**POSTS, "platform": ["instagram"] * 4}
    first = request(tmp_path, "one", frame)
    run_batch(first, adviser())
    run_batch(replace(first, out=tmp_path / "two", model=model_file), adviser())
    found = changes(tmp_path)
    assert [(one[0], one[2], one[4], one[6]) for one in found] == [
        (post, "score", None, "model") for post in sorted(POSTS["id"])
    ]
    arguments = ["diff", str(tmp_path / "one"), str(tmp_path / "two")]
    told = CliRunner().invoke(cli, arguments)
    assert "score             4  by model" in told.output
    target = tmp_path / "changes.csv"
    assert CliRunner().invoke(cli, [*arguments, "-o", str(target)]).exit_code == 0
    assert pl.read_csv(target, schema=CHANGE_SCHEMA).height == 4


def test_other_platforms_are_settings(tmp_path: Path) -> None:
    run_batch(request(tmp_path, "one", POSTS), adviser(["x"]))
    run_batch(request(tmp_path, "two"), adviser(["x", "bluesky"]))
    found = changes(tmp_path)
    assert {(one[1], one[2], one[6]) for one in found} == {("bluesky", "row", "settings")}
    assert len(found) == 4


def test_a_folder_that_is_no_run(tmp_path: Path) -> None:
    with pytest.raises(BatchError, match="no finished run there"):
        list(compare_runs(tmp_path, tmp_path))
    (tmp_path / "manifest.json").write_text("{}")
    with pytest.raises(BatchError, match="not a manifest of a run"):
        list(compare_runs(tmp_path, tmp_path))
