"""Each format of a small hand-made report, byte by byte, and that posts can't break out of it."""

import csv
import io
import json
import os
import re
from html.parser import HTMLParser
from pathlib import Path

import jsonschema
import polars as pl
import pytest

from sharewise.engine.advice.finding_schema import FINDING_SCHEMA
from sharewise.engine.advice.fixes.remedies import REMEDY_SCHEMA
from sharewise.engine.advice.reports.building import Choice, build_report
from sharewise.engine.advice.reports.formats import (
    FORMATS,
    format_of,
    print_report,
    write_report,
)
from sharewise.engine.advice.reports.report import FIELDS, Report
from sharewise.engine.advice.reports.style import Style
from sharewise.engine.advice.reports.terminal import lines as terminal_lines
from sharewise.engine.content.reading.post_files import FileReading, PostFiles
from sharewise.engine.content.schema import POST_SCHEMA, REJECT_SCHEMA
from sharewise.engine.errors import WriteError

GOLDEN = Path(__file__).parent / "golden"
SCHEMAS = Path(__file__).parent.parent / "engine" / "advice" / "reports"
FINDINGS = dict(FINDING_SCHEMA)
ESCAPES = "\x1b]0;owned\x07\x1b[31mred\x9b31m"
NASTY = (
    f'=HYPERLINK("http://evil.example","x") {ESCAPES}\u202e<script>alert(1)</script>\n|::error::`'
)


Row = dict[str, object]


def finding(
    index: int, platform: str, rule: str, severity: str, message: str, **more: object
) -> Row:
    base = dict.fromkeys(FINDINGS) | {
        "index": index,
        "post": ["launch", "=nasty|<b>", "quiet"][index],
        "file": "drafts, a.csv",
        "row": index + 1,
        "platform": platform,
        "rule": rule,
        "name": "some-name",
        "severity": severity,
        "category": "length",
        "message": message,
        "why": "The platform refuses the post.",
        "source": "Counting characters (docs.example/counting)",
        "year": 2021,
        "confidence": "high",
    }
    return base | more


@pytest.fixture
def report() -> Report:
    rows = [
        finding(
            0, "x", "LEN101", "error", "308 of 280 (text 239, 3 links 69): split it, or cut 28",
            measured=308.0, limit=280.0, fix="thread,shorten", fix_safety="unsafe", goal="sharing",
        ),
        finding(
            0, "x", "TAG104", "warning", "#newblend is read aloud as one word: #NewBlend",
            excerpt="#newblend", start=20, end=29, fix="camel_case_hashtags", fix_safety="safe",
            category="accessibility", measured=1.0,
        ),
        finding(0, "linkedin", "LNK201", "warning", "hidden", suppressed="campaign"),
        finding(
            1, "x", "TXT101", "warning", NASTY, excerpt="<script>\x1b[1m", start=3, end=12,
            measured=float("nan"), limit=float("inf"), fix="plain_letters", fix_safety="safe",
        ),
        finding(1, "linkedin", "LNK203", "suggestion", "the first link is the card", year=None),
        finding(2, "x", "MED101", "error", "0.5 of 2", measured=0.5, limit=2.0,
                fix="add_media", fix_safety="person"),
    ]  # fmt: skip
    posts = pl.DataFrame(
        [
            {"file": "drafts, a.csv", "row": 1, "id": "launch",
             "text": "We roasted this blend 🔥 for the first cold week",
             "ignore": [{"rule": "LNK2", "reason": "campaign"}]},
            {"file": "drafts, a.csv", "row": 2, "id": "=nasty|<b>", "text": NASTY},
            {"file": "drafts, a.csv", "row": 3, "id": "quiet", "title": "A title only"},
        ],
        schema=POST_SCHEMA,
    ).with_columns(mood=pl.lit("@warm"), name=pl.lit("theirs"))  # fmt: skip
    rejects = pl.DataFrame(
        {
            "file": ["drafts, a.csv"],
            "row": [4],
            "column": ["scheduled_at"],
            "value": ["next tue"],
            "reason": ["'next tue' is no date; write 2026-12-01 09:00"],
        },
        schema=REJECT_SCHEMA,
    )
    reading = FileReading(
        "drafts, a.csv", 4, 3, 1, {"id": "id", "Tweet text": "text"}, ("mood", "name"),
        ("times name no zone: read as UTC",), "utf-8",
    )  # fmt: skip
    return build_report(
        PostFiles(posts, rejects, (reading,)),
        pl.DataFrame(rows, schema=FINDINGS),
        ("x", "linkedin"),
        chosen=("x", "linkedin"),
        platform_names={"x": "X", "linkedin": "LinkedIn"},
        version="1.2.3",
        remedies=pl.DataFrame(
            [
                (0, "x", "LEN101", "thread", "tailor"),
                (0, "x", "TAG104", "camel_case_hashtags", "safe"),
                (1, "x", "TXT101", "plain_letters", "safe"),
                (2, "x", "MED101", "add_media", "person"),
            ],
            schema=REMEDY_SCHEMA,
            orient="row",
        ),
    )


def written(report: Report, name: str) -> str:
    stream = io.StringIO()
    print_report(report, name, stream)
    return stream.getvalue()


TEXT_FORMATS = [name for name, form in FORMATS.items() if not form.binary]


@pytest.mark.parametrize("name", TEXT_FORMATS)
def test_format_is_as_agreed(report: Report, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "100")
    golden = GOLDEN / f"report-{name}{(FORMATS[name].endings or ('.txt',))[0]}"
    text = written(report, name)
    if os.environ.get("GOLDEN") == "write":
        golden.write_text(text, encoding="utf-8")
    assert text == golden.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", TEXT_FORMATS)
def test_no_format_lets_a_post_steer_the_terminal(report: Report, name: str) -> None:
    text = written(report, name)
    if name != "csv":  # CSV is data: what stood there stands there, apart from formulas
        assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]", text)


@pytest.mark.parametrize("name", FORMATS)
def test_a_file_is_what_is_printed(
    report: Report, name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "100")
    path = tmp_path / f"out{(FORMATS[name].endings or ('.txt',))[0]}"
    write_report(report, name, path)
    assert [entry.name for entry in tmp_path.iterdir()] == [path.name]
    if not FORMATS[name].binary:
        assert path.read_text(encoding="utf-8") == written(report, name)


def test_summary_counts(report: Report) -> None:
    summary = report.summary
    assert (summary.posts, summary.platforms, summary.pairs, summary.pairs_with) == (3, 2, 6, 4)
    assert summary.severities == {"error": 2, "warning": 2, "suggestion": 1}
    assert (summary.safe_fixes, summary.suppressed, summary.rejected) == (2, 1, 1)


def test_empty_findings(report: Report, tmp_path: Path) -> None:
    reading = FileReading("header.csv", 0, 0, 0, {}, (), (), "utf-8")
    posts = PostFiles(
        pl.DataFrame(schema=POST_SCHEMA), pl.DataFrame(schema=REJECT_SCHEMA), (reading,)
    )
    empty = build_report(posts, pl.DataFrame(schema=FINDINGS), ("x",))
    for name, form in FORMATS.items():
        write_report(empty, name, tmp_path / f"out-{name}")
        if not form.binary:
            written(empty, name)
    assert written(empty, "text") == (
        "header.csv  0 rows → 0 posts\n\nnothing to change in 0 posts × platforms\n"
    )
    assert written(empty, "jsonl") == ""


# machine formats


def test_json_is_valid_against_its_schema(report: Report) -> None:
    schema = json.loads((SCHEMAS / "findings.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    document = json.loads(written(report, "json"))
    jsonschema.validate(document, schema, jsonschema.Draft202012Validator)
    line = {"$ref": "#/$defs/finding", "$defs": schema["$defs"]}
    for text in written(report, "jsonl").splitlines():
        jsonschema.validate(json.loads(text), line, jsonschema.Draft202012Validator)
    assert tuple(schema["$defs"]["finding"]["required"]) == FIELDS


def test_json_lines_hold_the_fixed_names(report: Report) -> None:
    first = json.loads(written(report, "jsonl").splitlines()[0])
    assert list(first)[:15] == [
        *("post", "platform", "rule", "severity", "category", "message", "measured", "limit"),
        *("start", "end", "why", "source", "year", "fix", "fix_safety"),
    ]
    assert (first["post"], first["measured"], first["limit"]) == ("launch", 308, 280)


def test_sarif_is_valid_against_the_shape_of_the_standard(report: Report) -> None:
    shape = json.loads((Path(__file__).parent / "sarif-2.1.0-subset.schema.json").read_text())
    log = json.loads(written(report, "sarif"))
    jsonschema.validate(log, shape, jsonschema.Draft202012Validator)
    run = log["runs"][0]
    ids = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert ids == ["LEN101", "LNK203", "MED101", "TAG104", "TXT101"]
    for result in run["results"]:
        assert ids[result["ruleIndex"]] == result["ruleId"]
    place = run["results"][0]["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "drafts%2C%20a.csv"
    assert place["region"] == {"startLine": 2}


def test_github_commands_can_not_be_forged(report: Report) -> None:
    lines = written(report, "github").splitlines()
    assert len(lines) == report.findings.height
    for line in lines:
        command, _, rest = line[2:].partition("::")
        assert re.fullmatch(
            r"(error|warning|notice) file=drafts%2C a\.csv,line=\d,title=[^,:]*", command
        )
        assert "\n" not in rest


# spreadsheets


def test_csv_starts_no_formula(report: Report) -> None:
    table = list(csv.DictReader(io.StringIO(written(report, "csv"))))
    assert [row["post"] for row in table if row["rule"] == "TXT101"] == ["'=nasty|<b>"]
    cells = [cell for row in table for cell in row.values()]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]
    assert table[0]["measured"] == "308.0"


def test_xlsx_holds_texts_as_texts(report: Report, tmp_path: Path) -> None:
    import zipfile

    path = tmp_path / "out.xlsx"
    write_report(report, "xlsx", path)
    sheet = zipfile.ZipFile(path).read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet
    assert "<hyperlink" not in sheet
    read = pl.read_excel(path, sheet_name="Findings")
    in_front = ["post", "text", "platform", "severity", "message", "why", "fix", "fix_safety"]
    rest = [name for name in FIELDS if name not in in_front]
    assert read.columns == [*in_front, *rest, "mood", "input.name"]
    assert read["post"].to_list() == ["launch", "launch", "=nasty|<b>", "=nasty|<b>", "quiet"]
    assert read["measured"].to_list() == [308, 1, None, None, 0.5]
    assert pl.read_excel(path, sheet_name="Rejected rows")["value"].to_list() == ["next tue"]
    again = tmp_path / "again.xlsx"
    write_report(report, "xlsx", again)
    assert again.read_bytes() == path.read_bytes()


def test_parquet_holds_every_column(report: Report, tmp_path: Path) -> None:
    write_report(report, "parquet", tmp_path / "out.parquet")
    schema = dict(pl.read_parquet(tmp_path / "out.parquet").schema)
    assert schema == FINDINGS | {"mood": pl.String(), "input.name": pl.String()}


# pages


class Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs


def test_html_loads_and_runs_nothing(report: Report) -> None:
    page = Page()
    text = written(report, "html")
    page.feed(text)
    assert "script" not in page.tags
    assert not {"img", "link", "iframe", "b"} & set(page.tags)
    names = {name for name, _ in page.attributes}
    assert not {"src", "href", "style"} & names
    assert not [name for name in names if name.startswith("on")]
    assert "default-src 'none'; style-src 'unsafe-inline'" in text
    assert "url(" not in text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text


def test_html_is_built_for_every_reader(report: Report) -> None:
    page = Page()
    page.feed(written(report, "html"))
    assert ("lang", "en") in page.attributes
    assert [tag for tag in page.tags if re.fullmatch("h[1-6]", tag)] == [
        *("h1", "h2", "h3", "h2", "h3", "h3", "h2", "h3"),
    ]
    assert page.tags.count("main") == 1
    assert page.tags.count("input") == page.tags.count("label") == 3


def test_markdown_keeps_post_text_out_of_the_markup(report: Report) -> None:
    text = written(report, "markdown")
    assert "<" not in text
    rows = [line for line in text.splitlines() if line.startswith("| x") or "linkedin" in line]
    assert {len(re.findall(r"(?<!\\)\|", row)) for row in rows} == {8}


# terminal


@pytest.mark.parametrize("width", [40, 60, 80, 120])
def test_terminal_lines_fit(report: Report, width: int) -> None:
    from sharewise.engine.advice.reports.plain_text import width as columns

    shown = list(terminal_lines(report, Style(width=width)))
    closing = len(shown) - shown[::-1].index("")
    findings = shown[shown.index("") + 1 : closing]
    assert max(map(columns, findings)) <= max(width, 46)


def test_colour_only_where_wanted(report: Report) -> None:
    assert "\x1b[31;1m✖\x1b[0m" in "\n".join(terminal_lines(report, Style(colour=True)))
    assert "\x1b" not in "\n".join(terminal_lines(report, Style()))
    plain = "\n".join(terminal_lines(report, Style(signs=False)))
    assert "E LEN101" in plain


# which findings


def test_choice_by_prefix_and_severity(report: Report) -> None:
    files = PostFiles(pl.DataFrame(schema=POST_SCHEMA), pl.DataFrame(schema=REJECT_SCHEMA))

    def rules(choice: Choice) -> list[str]:
        shown = build_report(files, report.findings, ("x", "linkedin"), None, choice)
        return sorted(shown.findings["rule"])

    assert rules(Choice(select=("LEN", "TAG1"))) == ["LEN101", "TAG104"]
    assert rules(Choice(ignore=("L",))) == ["MED101", "TAG104", "TXT101"]
    assert rules(Choice(select=("L",), ignore=("LEN101",))) == ["LNK203"]
    assert rules(Choice(min_severity="error")) == ["LEN101", "MED101"]
    assert rules(Choice(min_severity="warning")) == ["LEN101", "MED101", "TAG104", "TXT101"]


def test_endings_name_formats() -> None:
    assert format_of(Path("a.MD")) == "markdown"
    assert format_of(Path("a.ndjson")) == "jsonl"
    with pytest.raises(WriteError, match=r"a\.doc: \.doc says no format; allowed: \.txt, \.json"):
        format_of(Path("a.doc"))
    with pytest.raises(WriteError, match="no ending says no format"):
        format_of(Path("a"))


def test_parquet_is_not_printed(report: Report) -> None:
    with pytest.raises(WriteError, match="parquet is no format to print"):
        written(report, "parquet")


def test_markdown_leaves_addresses_whole() -> None:
    from sharewise.engine.advice.reports.markdown import _source, escaped

    assert _source("Counting (https://docs.example/a_b-c)") == (
        "[Counting](<https://docs.example/a_b-c>)"
    )
    assert _source("API (github:a/b_c)") == r"API (github:a/b\_c)"
    assert escaped("write 2026-12-01 at https://a.example/x_y-z") == (
        "write 2026-12-01 at https://a.example/x_y-z"
    )
    assert escaped("- no list") == r"\- no list"
    assert escaped("1. no list, 0.5 of 2") == r"1\. no list, 0.5 of 2"
    assert escaped("0.5 of 2") == "0.5 of 2"
    assert escaped("https://a.example/<b>|x") == r"https://a.example/&lt;b\>\|x"
