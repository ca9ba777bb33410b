"""The commands that take a history: what they print, and the exit codes they promise."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import polars as pl
import pytest
from click.testing import CliRunner, Result

from sharewise.cli import cli
from sharewise.engine.content.reading import read_posts
from sharewise.engine.content.schema import OUTCOMES

START = datetime(2025, 1, 6, tzinfo=UTC)
HOURS = (6, 10, 14, 18, 22)


def run(*args: str | Path) -> Result:
    return CliRunner().invoke(cli, [str(arg) for arg in args])


@pytest.fixture
def history(tmp_path: Path) -> Path:
    """400 posts, one a day; those of 18:00 UTC are liked four times as often."""
    path = tmp_path / "history.csv"
    hours = [HOURS[n * 3 % 5] for n in range(400)]
    pl.DataFrame(
        {
            "text": [
                f"{('Beans', 'Cups', 'Farms')[n % 3]} of day {n * 37 % 401}" for n in range(400)
            ],
            "platform": "x",
            "account": "harborroast",
            "published_at": [
                f"{START + timedelta(days=n, hours=hour):%Y-%m-%d %H:%M}"
                for n, hour in enumerate(hours)
            ],
            "likes": [(60 if hour == 18 else 15) + n * 7 % 5 for n, hour in enumerate(hours)],
        }
    ).write_csv(path)
    return path


@pytest.fixture
def tests_file(tmp_path: Path) -> Path:
    path = tmp_path / "tests.csv"
    rows = ["test,text,impressions,clicks"]
    for n in range(60):
        rows.append(f"t{n},The secret of day {n} and {n * 7 % 60},2000,80")
        rows.append(f"t{n},The story of day {n} and {n * 7 % 60},2000,40")
    path.write_text("\n".join(rows) + "\n")
    return path


def test_template_of_a_history_is_read_as_one(tmp_path: Path) -> None:
    path = tmp_path / "history.csv"
    assert run("template", "history", "-o", path).exit_code == 0
    header = path.read_text().strip().split(",")
    assert set(OUTCOMES) < set(header)
    row = dict.fromkeys(header, "")
    row |= {"text": "New beans", "platform": "x", "published_at": "2026-01-02 09:00", "likes": "3"}
    path.write_text(path.read_text() + ",".join(row[name] for name in header) + "\n")
    read = read_posts([path])
    assert read.files[0].unknown == ()
    assert read.posts.select("text", "platforms", "likes").row(0) == ("New beans", ["x"], 3)


def test_validate_passes_a_good_history(history: Path) -> None:
    done = run("model", "validate", history)
    assert done.exit_code == 0, done.output
    assert "PASS  enough" in done.stdout
    assert "9 checks passed, 0 failed" in done.stdout
    assert "platform → platforms" in done.stderr


def test_validate_fails_with_the_row(history: Path) -> None:
    history.write_text(history.read_text().replace("2025-01-07 18:00", "2031-01-07 18:00"))
    done = run("model", "validate", history)
    assert done.exit_code == 1
    assert "FAIL  times" in done.stdout
    assert "history.csv row 2" in done.stdout


def test_rejected_rows_are_written(history: Path, tmp_path: Path) -> None:
    history.write_text(history.read_text().replace("2025-01-07 18:00", "next tue"))
    rejects = tmp_path / "rejects.csv"
    run("model", "validate", history, "--rejects", rejects)
    assert rejects.read_text().splitlines()[1].split(",")[1:4] == ["2", "published_at", "next tue"]


def test_validate_as_json(history: Path) -> None:
    history.write_text(history.read_text().replace(",x,", ',"x,linkedin",', 1))
    done = run("model", "validate", history, "--format", "json")
    told = json.loads(done.stdout)
    assert done.exit_code == 1
    assert told["posts"] == 400
    assert told["passed"] is False
    by_name = {check["check"]: check for check in told["checks"]}
    assert [name for name, check in by_name.items() if not check["passed"]] == ["platforms"]
    assert by_name["platforms"]["count"] == 1
    assert by_name["platforms"]["examples"][0]["row"] == 1


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("text,published_at\na,2026-01-02\nb,2026-01-03\n", "no outcomes to learn from"),
        ("text,published_at,likes\n,,3\n", "no post to learn from"),
    ],
)
def test_bad_histories_are_told(tmp_path: Path, content: str, told: str) -> None:
    path = tmp_path / "history.csv"
    path.write_text(content)
    done = run("besttime", path, "--platform", "x")
    assert done.exit_code == 2
    assert told in done.output
    if "outcomes" in told:
        assert run("model", "validate", path).exit_code == 1


def test_best_time_is_in_the_zone_of_the_account(history: Path, tmp_path: Path) -> None:
    settings = tmp_path / "sharewise.toml"
    settings.write_text(
        '[accounts.harborroast]\nplatform = "x"\ntimezone = "America/Lima"\n'  # UTC-5 all year
    )
    done = run("besttime", history, "--config", settings, "--format", "json")
    assert done.exit_code == 0, done.output
    (found,) = json.loads(done.stdout)["accounts"]
    assert found["timezone"] == "America/Lima"
    assert found["refused"] is False
    assert found["hours"][0]["hour"] == 13
    assert found["lift"]["low"] > 0


def test_best_time_prints_what_it_was_worth(history: Path) -> None:
    done = run("besttime", history, "-q")
    _, _, hours = done.stdout.partition("engagement against the usual (posts):\n")
    assert "18:00" in hours.splitlines()[0]
    assert "later posts the best fifth of times got" in done.stdout
    assert done.stderr == ""


def test_best_time_is_refused_where_all_hours_are_alike(history: Path) -> None:
    frame = pl.read_csv(history).with_columns(likes=pl.int_range(pl.len()) * 7 % 31 + 9)
    frame.write_csv(history)
    done = run("besttime", history, "-q")
    assert done.exit_code == 0
    assert "no best time: on later posts the best times did no better than chance" in done.stdout
    assert "hours" not in done.stdout


def test_compare_by_tests(tests_file: Path) -> None:
    wordings = ("The story of rain", "The secret of rain")
    done = run("compare", *wordings, "--tests", tests_file, "-q")
    assert done.exit_code == 0, done.output
    assert done.stdout.splitlines()[0] == " 1  B  “The secret of rain”"
    assert "learned from 60 randomised tests; on held-out pairs 100.0% right" in done.stdout
    told = json.loads(run("compare", *wordings, "--tests", tests_file, "-f", "json").stdout)
    assert [one["number"] for one in told["wordings"]] == [2, 1]
    assert (told["randomised"], told["refused"]) == (True, False)
    assert told["accuracy"]["pairs"] == 12


def test_compare_by_history_says_that_it_is_no_test(history: Path) -> None:
    done = run("compare", "Beans of May", "Cups of May", "--history", history, "-q")
    assert done.exit_code == 0, done.output
    assert "observational, not randomised" in done.stdout


def test_wordings_from_files(tests_file: Path, tmp_path: Path) -> None:
    post = tmp_path / "a.md"
    post.write_text("The secret of rain\n")
    done = run("compare", "The story of rain", post, "--tests", tests_file, "-q")
    assert "B  “The secret of rain”" in done.stdout.splitlines()[0]


@pytest.mark.parametrize("given", [(), ("--tests", "a.csv", "--history", "b.csv")])
def test_compare_wants_one_source(given: tuple[str, ...]) -> None:
    done = run("compare", "a", "b", *given)
    assert done.exit_code == 2
    assert "--tests FILE or --history FILE" in done.output


def test_one_wording_is_bad_input(tests_file: Path) -> None:
    done = run("compare", "a", "--tests", tests_file)
    assert done.exit_code == 2
    assert "two different wordings" in done.output


def test_hostile_wordings_do_not_reach_the_terminal(tests_file: Path) -> None:
    done = run("compare", "a\x1b[31m secret", "b story", "--tests", tests_file, "-q")
    assert "\x1b" not in done.output


BAD = {
    "no_outcomes": ("text,platform,published_at\na,x,2026-01-02 10:00\n", 2),
    "one_post": ("text,platform,published_at,likes\na,x,2026-01-02 10:00,3\n", 0),
    "negative": ("text,platform,published_at,likes\na,x,2026-01-02 10:00,-3\n", 2),
    "future": ("text,platform,published_at,likes\na,x,2096-01-02 10:00,3\n", 0),
    "no_times": ("text,platform,likes\na,x,3\n", 0),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_histories_give_no_best_time(tmp_path: Path, name: str) -> None:
    content, code = BAD[name]
    path = tmp_path / "history.csv"
    path.write_text(content)
    done = run("besttime", path, "-f", "json", "-q")
    assert done.exit_code == code, done.output
    if code == 0:
        assert json.loads(done.stdout) == {"accounts": []}
        assert "no account has posts" in run("besttime", path, "-q").stdout


@pytest.mark.parametrize("likes", [0, 7])
def test_posts_that_all_did_alike_give_no_best_time(history: Path, likes: int) -> None:
    pl.read_csv(history).with_columns(likes=pl.lit(likes)).write_csv(history)
    (found,) = json.loads(run("besttime", history, "-f", "json", "-q").stdout)["accounts"]
    assert found["refused"]
    assert found["reason"] == (
        "the times differ too little, or too seldom, to prove anything on later posts"
    )
    assert found["lift"]["kept"] is None


def test_platforms_are_kept_apart(history: Path) -> None:
    frame = pl.read_csv(history)
    both = pl.concat(
        [frame, frame.with_columns(platform=pl.lit("linkedin"), likes=pl.lit(5, pl.Int64))]
    )
    both.write_csv(history)
    found = json.loads(run("besttime", history, "-f", "json", "-q").stdout)["accounts"]
    assert [(one["platform"], one["refused"]) for one in found] == [
        ("linkedin", True),
        ("x", False),
    ]


@pytest.mark.parametrize(
    ("find", "put", "told"),
    [
        (",clicks", ",taps", "no column holds a post|no clicks"),
        ("test,", "trial,", "no column test"),
        (",2000,", ",0,", "no test has two wordings"),
        ("secret", "story", "no test has two wordings"),
        (",40\n", ",4000\n", "no test has two wordings"),
    ],
)
def test_bad_tests_are_told(tests_file: Path, find: str, put: str, told: str) -> None:
    tests_file.write_text(tests_file.read_text().replace(find, put))
    done = run("compare", "a b", "c d", "--tests", tests_file, "-q")
    assert done.exit_code == 2
    assert any(one in done.output for one in told.split("|")), done.output


def test_compare_refuses_a_history_of_few_posts(history: Path) -> None:
    pl.read_csv(history).head(50).write_csv(history)
    done = run("compare", "a b", "c d", "--history", history)
    assert done.exit_code == 2
    assert "80 of one account are needed" in done.output


def test_compare_with_constant_texts_names_nobody(history: Path) -> None:
    pl.read_csv(history).with_columns(text=pl.lit("the same")).write_csv(history)
    done = run("compare", "a b", "c d", "--history", history, "-f", "json", "-q")
    assert done.exit_code == 0, done.output
    assert json.loads(done.stdout)["refused"]


def test_compare_names_no_column_as_unused_that_it_learns_from(tests_file: Path) -> None:
    tests_file.write_text(
        "\n".join(
            f"{line},{'mood' if not at else 'calm'}"
            for at, line in enumerate(tests_file.read_text().splitlines())
        )
    )
    done = run("compare", "The secret of rain", "The story of rain", "--tests", tests_file)
    assert "  not used    mood; known names: sharewise template tests" in done.stderr.splitlines()


def test_template_of_tests_is_read_by_compare(tests_file: Path) -> None:
    header = run("template", "tests").stdout.strip()
    assert header == "test,group,text,impressions,clicks,published_at"
    rows = tests_file.read_text().splitlines()[1:]
    parted = [row.split(",", 1) for row in rows]
    filled = [f"{test},,{rest},2026-03-01 09:00" for test, rest in parted]
    tests_file.write_text("\n".join([header, *filled]) + "\n")
    done = run("compare", "The secret of rain", "The story of rain", "--tests", tests_file)
    assert "learned from 60 randomised tests" in done.stdout
    assert "not used" not in done.stderr
