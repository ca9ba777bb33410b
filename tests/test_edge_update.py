"""A saved table that grows day by day is the table of all files, and can be ranked from."""

import json
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import polars as pl
import pytest
from click.testing import CliRunner, Result
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import sharewise
from sharewise.cli import cli
from sharewise.engine.batch import edge_run
from sharewise.engine.batch.edge_run import REPLACE, EdgeOutcome, EdgeRequest, aggregate
from sharewise.engine.batch.edge_table import beside, load_table
from sharewise.engine.batch.engines import Engine
from sharewise.engine.errors import BatchError, ReadError

FIXTURE = Path(__file__).parent.parent / "fixtures" / "interactions.csv"
START = datetime(2026, 3, 1, tzinfo=UTC)
Row = tuple[str, str | None, str, datetime | None, str | None]


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(edge_run, "BUCKET_ROWS", 7)


def written(rows: list[Row], path: Path) -> str:
    schema = {"from": pl.String, "to": pl.String, "kind": pl.String,
              "at": pl.Datetime("us", "UTC"), "post": pl.String}  # fmt: skip
    pl.DataFrame(rows, schema=schema, orient="row").write_parquet(path)  # type: ignore[arg-type]
    return str(path)


def made(source: str, out: Path, update: Path | None = None, known: str = "keep") -> EdgeOutcome:
    request = EdgeRequest(
        (source,), out, engine=Engine(jobs=1), part_rows=5, update=update, known_days=known
    )
    return aggregate(request, lambda text: None)


def table(out: Path, part: str = "days") -> pl.DataFrame:
    frame = pl.read_parquet(sorted((out / part).glob("*.parquet")))
    return frame.sort(pl.all())


def told(out: Path) -> dict[str, object]:
    data = json.loads((out / "manifest.json").read_text())
    return {"counts": data["counts"], "days": data["days"]}


people = st.sampled_from(["@Ana", "ana", "bo", "Cy", "harborroast"])
moments = st.integers(0, 3).flatmap(
    lambda day: st.sampled_from(
        [
            START + timedelta(days=day, **off)
            for off in ({}, {"hours": 12}, {"hours": 9, "seconds": 1})
        ]
    )
)
acts = st.lists(
    st.tuples(
        people,
        st.none() | people,
        st.sampled_from(["like", "reply", "mention"]),
        st.none() | moments,
        st.sampled_from(["p1", "p2"]),
    )
    | st.tuples(people, people, st.just("like"), st.none() | moments, st.none()),
    min_size=2,
    max_size=25,
)  # fmt: skip


def clocked(rows: list[Row]) -> bool:
    """Tell whether any act on another has a time of day."""
    return any(
        at.second and (to is None or one.lower().strip("@") != to.lower().strip("@"))
        for one, to, _, at, _ in rows
        if at
    )


@settings(
    deadline=None, max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(acts, st.sets(st.none() | st.integers(1, 4), min_size=1), st.sampled_from([3, 1_000]))
def test_grown_by_days_as_made_at_once(
    monkeypatch: pytest.MonkeyPatch, rows: list[Row], later: set[int | None], most: int
) -> None:
    """With few new rows only what they touch is summed, with more than ``most`` all is."""
    monkeypatch.setattr(edge_run, "BUCKET_ROWS", most)
    for name in ("all", "grown"):
        shutil.rmtree(name, ignore_errors=True)

    def late(row: Row) -> bool:
        return (row[3].day if row[3] else None) in later

    first, second = [row for row in rows if not late(row)], [row for row in rows if late(row)]
    made(written(rows, Path("all.parquet")), Path("all"))
    made(written(first, Path("first.parquet")), Path("grown"))
    undecided = sum(day.undecided for day in load_table(Path("grown")).days.values())
    source = written(second, Path("second.parquet"))
    if undecided and clocked(second) and not clocked(first):
        with pytest.raises(BatchError, match="make the table anew"):
            made(source, Path("grown"), Path("grown"))
        return
    made(source, Path("grown"), Path("grown"))
    for part in ("days", "edges"):
        assert table(Path("grown"), part).equals(table(Path("all"), part))
    assert told(Path("grown")) == told(Path("all"))


def day(number: int, *rows: tuple[str, str, int]) -> list[Row]:
    """Shares at minutes past nine of a day: from, to, minute."""
    nine = START + timedelta(days=number, hours=9, seconds=1)
    return [
        (one, other, "share", nine + timedelta(minutes=minute), None) for one, other, minute in rows
    ]


FIRST = [*day(0, ("ana", "bo", 1), ("bo", "ana", 2)), *day(2, ("ana", "bo", 1))]


def test_many_days_one_by_one() -> None:
    rows = [
        row
        for number in range(12)
        for row in day(number, *((f"p{one}", f"p{(one + number) % 5}", one) for one in range(5)))
    ]
    made(written(rows, Path("all.parquet")), Path("all"))
    made(written(rows[:5], Path("0.parquet")), Path("t"))
    for number in range(1, 12):
        source = written(rows[5 * number : 5 * number + 5], Path(f"{number}.parquet"))
        made(source, Path("t"), Path("t"))
    for part in ("days", "edges"):
        assert table(Path("t"), part).equals(table(Path("all"), part))
        assert len(list((Path("t") / part).glob("*.parquet"))) > 1
    assert told(Path("t")) == told(Path("all"))


def test_a_file_given_twice_counts_once() -> None:
    source = written(FIRST, Path("first.parquet"))
    made(source, Path("t"))
    before = table(Path("t"))
    outcome = made(source, Path("t"), Path("t"))
    assert outcome.closed == {"2026-03-01": 2, "2026-03-03": 1}
    assert outcome.added == 0
    assert table(Path("t")).equals(before)


def test_what_comes_late_is_set_aside_and_a_missed_day_is_taken() -> None:
    made(written(FIRST, Path("first.parquet")), Path("t"))
    late = [*day(0, ("cy", "bo", 9)), *day(1, ("cy", "bo", 3))]
    outcome = made(written(late, Path("late.parquet")), Path("t"), Path("t"))
    assert outcome.closed == {"2026-03-01": 1}
    assert outcome.added == 1
    assert outcome.counts["acts"] == 4


def test_a_day_given_whole_replaces_what_is_held_of_it() -> None:
    made(written(FIRST, Path("first.parquet")), Path("t"))
    whole = day(0, ("ana", "bo", 1), ("bo", "ana", 2), ("cy", "bo", 9))
    again = written(whole, Path("again.parquet"))
    outcome = made(again, Path("t"), Path("t"), REPLACE)
    assert (outcome.closed, outcome.replaced, outcome.counts["acts"]) == ({}, ("2026-03-01",), 4)
    made(written([*whole, *day(2, ("ana", "bo", 1))], Path("all.parquet")), Path("all"))
    assert table(Path("t")).equals(table(Path("all")))
    assert told(Path("t")) == told(Path("all"))


@pytest.mark.parametrize("more", [[], ["--resume"]])
def test_a_grown_table_is_not_made_anew_by_mistake(more: list[str]) -> None:
    made(written(FIRST, Path("first.parquet")), Path("t"))
    made(written(day(5, ("cy", "bo", 1)), Path("new.parquet")), Path("t"), Path("t"))
    before = table(Path("t"))
    done = run("community", "aggregate", "new.parquet", "-o", "t", "-j", "1", *more, code=2)
    assert "holds days of earlier files; --update t adds to it" in done.stderr
    assert table(Path("t")).equals(before)


def test_another_folder_leaves_the_table_as_it_was() -> None:
    made(written(FIRST, Path("first.parquet")), Path("t"))
    before = table(Path("t"))
    made(written(day(5, ("cy", "bo", 1)), Path("new.parquet")), Path("u"), Path("t"))
    assert table(Path("t")).equals(before)
    assert table(Path("u")).height == before.height + 1


def test_what_fails_leaves_the_table_whole() -> None:
    made(written(FIRST, Path("first.parquet")), Path("t"))
    before = table(Path("t"))
    with pytest.raises(ReadError):
        made("missing.parquet", Path("t"), Path("t"))
    assert table(Path("t")).equals(before)


def test_files_that_are_read_in_part_do_not_close_their_days() -> None:
    made(written(FIRST, Path("first.parquet")), Path("t"))
    before = table(Path("t"))
    written(day(3, ("cy", "bo", 1)), Path("new.parquet"))
    Path("bad.parquet").write_bytes(b"PAR1 not at all")
    arguments = ("community", "aggregate", "new.parquet", "bad.parquet", "--update", "t", "-j", "1")
    assert "t: left as it was" in run(*arguments, code=2).stderr
    assert table(Path("t")).equals(before)
    written(day(4, ("cy", "bo", 1)), Path("bad.parquet"))
    assert "5 acts (2 of them new)" in run(*arguments, "--resume").stdout
    assert table(Path("t"))["acts"].sum() == 5


def test_a_crash_while_the_new_takes_its_place_is_mended() -> None:
    made(written(FIRST, Path("first.parquet")), Path("t"))
    before = table(Path("t"))
    Path("t").rename(".t.before")  # What a crash between the two renames leaves.
    beside(Path("t").absolute()).mkdir()
    made(written(day(5, ("cy", "bo", 1)), Path("new.parquet")), Path("t"), Path("t"))
    assert table(Path("t")).height == before.height + 1
    assert not list(Path().glob(".t.*"))


def test_what_another_run_added_meanwhile_is_not_lost() -> None:
    made(written(FIRST, Path("first.parquet")), Path("t"))
    slow = written(day(5, ("cy", "bo", 1)), Path("slow.parquet"))
    quick = written(day(6, ("di", "bo", 1)), Path("quick.parquet"))

    def meanwhile(text: str) -> None:
        if text == "adding to the table …" and not Path("u").exists():
            made(quick, Path("u"), Path("t"))
            shutil.rmtree("t")
            shutil.copytree("u", "t")

    request = EdgeRequest((slow,), Path("t"), engine=Engine(jobs=1), update=Path("t"))
    with pytest.raises(BatchError, match="was changed while this ran"):
        aggregate(request, meanwhile)
    assert table(Path("t"))["acts"].sum() == 4


def test_alike_acts_that_a_clock_would_decide_are_not_added_to() -> None:
    dates: list[Row] = [("ana", "bo", "share", START, None)] * 2
    made(written(dates, Path("dates.parquet")), Path("t"))
    assert load_table(Path("t")).days["2026-03-01"].undecided == 1
    with pytest.raises(BatchError, match="make the table anew from all files"):
        made(written(day(3, ("cy", "bo", 1)), Path("new.parquet")), Path("t"), Path("t"))
    dates = [("cy", "bo", "share", START + timedelta(days=1), None)]
    made(written(dates, Path("more.parquet")), Path("t"), Path("t"))
    assert table(Path("t"))["acts"].sum() == 3


def test_no_table_or_a_damaged_one() -> None:
    source = written(FIRST, Path("first.parquet"))
    with pytest.raises(BatchError, match="no table there"):
        made(source, Path("t"), Path("t"))
    made(source, Path("t"))
    (Path("t") / "manifest.json").write_text("{}")
    with pytest.raises(BatchError, match="damaged"):
        made(source, Path("t"), Path("t"))


def run(*arguments: str, code: int = 0) -> Result:
    done = CliRunner().invoke(cli, arguments)
    assert done.exit_code == code, done.output
    return done


def scores(people: pl.DataFrame) -> dict[str, tuple[float, ...]]:
    rows = people.with_columns(pl.col("person").str.strip_prefix("@").str.to_lowercase())
    parts = ("person", "score", "loyalty", "activity", "reach")
    return {name: values for name, *values in rows.select(parts).rows()}  # type: ignore[misc]


def test_ranked_from_the_table_as_from_the_file() -> None:
    run("community", "aggregate", str(FIXTURE), "-o", "t", "-j", "1", "-q")
    assert (table(Path("t")).filter(pl.col("day").is_not_null())["acts"] <= 2).all()
    fromfile = scores(sharewise.ambassadors(FIXTURE, brand="@harborroast", allow=["lockstep"]))
    fromtable = scores(sharewise.ambassadors("t", brand="@harborroast"))
    assert fromtable.keys() == fromfile.keys()
    for name, values in fromfile.items():
        assert fromtable[name] == pytest.approx(values, rel=1e-9, abs=1e-9)


def test_on_the_command_line() -> None:
    written(FIRST, Path("first.parquet"))
    written(day(3, ("cy", "bo", 1)), Path("new.parquet"))
    run("community", "aggregate", "first.parquet", "-o", "t", "-j", "1")
    done = run("community", "aggregate", "new.parquet", "--update", "t", "-j", "1")
    assert "4 acts (1 of them new), 3 people, 3 pairs" in done.stdout
    twice = run("community", "aggregate", "new.parquet", "--update", "t", "-j", "1")
    assert "not counted: 1 acts of days that the table holds: 2026-03-04 (1)" in twice.stderr
    replaced = run(
        *("community", "aggregate", "new.parquet", "--update", "t", "-j", "1"),
        *("--known-days", "replace"),
    )
    assert "replaced: 2026-03-04" in replaced.stderr
    assert "name a folder" in run("community", "aggregate", "new.parquet", code=2).output
    listed = run("ambassadors", "t")
    assert "the gate lockstep holds nobody back" in listed.stderr
    mixed = run("ambassadors", "t", "new.parquet", code=2)
    assert "a saved table goes alone" in mixed.output
    run("community", "show", "t", "--least", "1")


def test_who_moved_since_a_list_of_the_same_people_otherwise_spelled() -> None:
    run("ambassadors", str(FIXTURE), "--brand", "@harborroast", "-o", "before.jsonl", "-q")
    run("community", "aggregate", str(FIXTURE), "-o", "t", "-j", "1", "-q")
    arguments = ("--brand", "@harborroast", "--previous", "before.jsonl", "--format", "jsonl", "-q")
    rows = [json.loads(line) for line in run("ambassadors", "t", *arguments).stdout.splitlines()]
    assert rows[0]["person"] == "mira_pours"
    assert rows[0]["change"] == 0


def test_what_cleaning_tells_of_files_it_tells_of_a_table() -> None:
    far = [("cy", "bo", "share", START + timedelta(days=5_000), None)]
    odd = day(1, ("harborroast", "bo", 1), ("h\u0430rborroast", "bo", 2))
    made(written([*FIRST, *odd, *far], Path("first.parquet")), Path("t"))
    listed = run("ambassadors", "t")
    assert "age measured from 2026-03-03" in listed.stdout
    assert "1 dated in the future" in listed.stderr
    assert "look-alike" in listed.stderr


def test_a_damaged_table_is_not_ranked_from() -> None:
    made(written(FIRST, Path("first.parquet")), Path("t"))
    for path in (Path("t") / "days").glob("*.parquet"):
        pl.DataFrame({"other": [1]}).write_parquet(path)
    assert "not a table of this version" in run("ambassadors", "t", code=2).output
    for path in (Path("t") / "days").glob("*.parquet"):
        path.write_bytes(b"PAR1 not at all")
    assert "damaged" in run("ambassadors", "t", code=2).output


def test_a_table_forgets() -> None:
    written([*FIRST, *day(3, ("cy", "bo", 1))], Path("first.parquet"))
    run("community", "aggregate", "first.parquet", "-o", "t", "-j", "1", "-q")
    run("forget", "@Cy")
    assert "cy" not in str(table(Path("t")).rows()) + str(table(Path("t"), "edges").rows())
    run("community", "aggregate", "first.parquet", "--update", "t", "-j", "1", "-q")
    assert "cy" not in str(table(Path("t")).rows())
