"""``sharewise fix`` from file to file."""

import csv
import json
from pathlib import Path

import pytest
import xlsxwriter
from click.testing import CliRunner, Result

from sharewise.cli import cli
from sharewise.engine.content.reading import read_posts

LONG = "We roast on Mondays and taste on Tuesdays. " * 8
BEFORE = (
    "Key;Tweet text;mood;platform\r\n"
    'a;"New today  #newblendlaunch";warm;x\r\n'
    "b;Nothing to fix here.;;x\r\n"
    "c;never;next;tue;x\r\n"
    'd;"Thé ""noir"" #coffeelover #CoffeeLover";;"x"\r\n'
)


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("SHAREWISE_CONFIG", raising=False)
    monkeypatch.setenv("COLUMNS", "80")


def run(*args: str, input: str | None = None) -> Result:
    result = CliRunner().invoke(cli, ["fix", *args], input=input)
    assert result.exit_code in (0, 2), result.output
    return result


def write(content: str, name: str = "drafts.csv", encoding: str = "utf-8") -> Path:
    path = Path(name)
    path.write_bytes(content.encode(encoding))
    return path


def drafts(*rows: dict[str, str], name: str = "drafts.csv") -> str:
    with Path(name).open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, list(dict.fromkeys(key for row in rows for key in row)))
        writer.writeheader()
        writer.writerows(rows)
    return name


def test_the_difference_is_shown_and_nothing_written() -> None:
    file = drafts({"id": "teaser", "text": "Our new blend\nis here #newblendlaunch"})
    before = Path(file).read_bytes()
    result = run(file, "-p", "x", "--select", "TAG104")
    assert result.exit_code == 0
    assert result.stdout.splitlines() == [
        "drafts.csv:1 teaser",
        "  TAG104  capitals at the words inside a hashtag (safe)",
        "@@ text @@",
        "  Our new blend",
        "- is here #newblendlaunch",
        "+ is here #NewBlendLaunch",
        "",
        "1 fix in 1 post · nothing written yet: --write",
    ]
    assert Path(file).read_bytes() == before
    assert "\x1b" not in result.stdout


def test_write_changes_only_what_the_difference_shows() -> None:
    path = write(BEFORE)
    shown = run("drafts.csv", "--select", "TAG104").stdout
    result = run("drafts.csv", "--select", "TAG104", "--write")
    assert result.exit_code == 0
    assert result.stdout.splitlines()[:-1] == shown.splitlines()[:-1]
    assert result.stdout.splitlines()[-1] == "2 fixes in 2 posts · 2 posts written to drafts.csv"
    after = BEFORE.replace("#newblendlaunch", "#NewBlendLaunch")
    after = after.replace("#coffeelover", "#CoffeeLover")
    assert path.read_bytes().decode() == after
    assert sorted(one.name for one in Path().iterdir()) == ["drafts.csv"]


def test_writing_twice_equals_writing_once() -> None:
    path = write(BEFORE)
    run("drafts.csv", "--write")
    once = path.read_bytes()
    result = run("drafts.csv", "--write")
    assert path.read_bytes() == once
    assert "nothing to fix" in result.stdout


def test_unsafe_fixes_only_when_asked() -> None:
    file = drafts({"id": "teaser", "text": LONG})
    result = run(file, "-p", "x", "--select", "LEN101")
    assert result.stdout == "nothing to fix, 1 more with --unsafe\n"
    assert run(file, "-p", "x", "--select", "LEN101", "--write").exit_code == 0
    assert read_posts([file]).posts["text"].to_list() == [LONG]
    result = run(file, "-p", "x", "--select", "LEN101", "--unsafe", "--write")
    assert "LEN101  split into a numbered thread (unsafe)" in result.stdout
    assert len(read_posts([file]).posts["text"][0]) <= 280


def test_a_fix_must_hold_on_every_platform_of_the_post() -> None:
    settings = '[brand]\ndomains = ["harborroast.example.com"]\n'
    Path("sharewise.toml").write_text(settings)
    post = {"text": "The farm: https://harborroast.example.com/farm", "campaign": "farm"}
    one = drafts({**post, "platform": "linkedin"}, name="one.csv")
    two = drafts({**post, "platform": "linkedin,facebook"}, name="two.csv")
    assert "utm_source=linkedin" in run(one, "--select", "LNK3").stdout
    assert "utm_source" not in run(two, "--select", "LNK3").stdout


def test_ignored_rules_and_unknown_ones() -> None:
    file = drafts({"id": "a", "text": "New #newblendlaunch"})
    assert "nothing to fix" in run(file, "-p", "x", "--ignore", "TAG").stdout
    result = run(file, "--select", "TAG999")
    assert result.exit_code == 2
    assert "--select TAG999: no rule's id starts so" in result.stderr


def test_json_tells_the_same() -> None:
    file = drafts({"id": "a", "text": "New\u202e #newblendlaunch", "platform": "x"})
    result = run(file, "--select", "TAG104", "--format", "json")
    assert "\u202e" not in result.stdout
    told = json.loads(result.stdout)
    (post,) = told["posts"]
    assert (post["id"], post["file"], post["row"]) == ("a", "drafts.csv", 1)
    assert post["fields"] == {
        "text": {"before": "New\u202e #newblendlaunch", "after": "New\u202e #NewBlendLaunch"}
    }
    assert [(edit["rule"], edit["fix"], edit["safety"]) for edit in post["edits"]] == [
        ("TAG104", "camel_case_hashtags", "safe")
    ]
    assert told["summary"]["fixes"] == 1
    assert told["summary"]["written"] is None
    told = json.loads(run(file, "--select", "TAG104", "--format", "json", "--write").stdout)
    assert told["summary"]["written"] == [
        {"file": "drafts.csv", "posts": 1, "added": 0, "new_files": [], "left": []}
    ]


def test_what_a_file_has_no_place_for_is_said() -> None:
    file = drafts({"id": "a", "text": "Ad: a cup.", "rewarded": "yes", "platform": "instagram"})
    result = run(file, "--select", "DIS106", "--unsafe", "--write")
    assert result.exit_code == 0
    assert "drafts.csv:1  paid_partnership  not written: no column" in result.stdout
    assert "1 change not written" in result.stdout
    assert "written to" not in result.stdout


def test_markdown_keeps_its_front_matter() -> None:
    before = "---\nid: a # mine\nplatform: x\n---\n\nNew #newblendlaunch\n\n![A cup](cup.jpg)\n"
    path = write(before, "post.md")
    run("post.md", "--select", "TAG104", "--write")
    assert path.read_text() == before.replace("#newblendlaunch", "#NewBlendLaunch")


def test_a_post_can_not_steer_the_terminal() -> None:
    file = drafts({"id": "a\x1b[2J", "text": "\x1b]0;owned\x07 #newblendlaunch", "platform": "x"})
    result = run(file, "--select", "TAG104")
    assert "\x1b" not in result.stdout
    assert "\x07" not in result.stdout
    assert "- \\x1b]0;owned\\x07 #newblendlaunch" in result.stdout


def test_standard_input_is_shown_and_not_written() -> None:
    text = "id,text,platform\na,New #newblendlaunch,x\n"
    assert "+ New #NewBlendLaunch" in run("-", "--select", "TAG104", input=text).stdout
    result = run("-", "--write", input=text)
    assert result.exit_code == 2
    assert "standard input can't be changed" in result.stderr


def test_rejected_rows_are_told() -> None:
    write(BEFORE)
    result = run("drafts.csv")
    assert result.exit_code == 0
    assert "row 3" in result.stderr
    assert run("drafts.csv", "--strict").exit_code == 2


# --smallest


def test_smallest_shows_the_fewest_fixes_by_platform() -> None:
    file = drafts({"id": "teaser", "text": LONG}, {"id": "cup", "text": "Two cups."})
    result = run(file, "-p", "x,instagram,mastodon", "--smallest")
    assert result.stdout.splitlines() == [
        "teaser",
        "  x          split into a numbered thread",
        "  instagram  for a person: MED101",
        "  mastodon   no error",
        "cup",
        "  x          no error",
        "  instagram  for a person: MED101",
        "  mastodon   no error",
    ]


def test_smallest_with_a_level_in_json() -> None:
    file = drafts({"id": "a", "text": "New blend on Monday #newblendlaunch"})
    result = run(file, "-p", "x", "--smallest", "--level", "warning", "--format", "json")
    assert json.loads(result.stdout) == {
        "level": "warning",
        "posts": [
            {
                "post": "a",
                "platform": "x",
                "findings": ["TAG104"],
                "fixes": ["camel_case_hashtags"],
                "left": [],
                "note": None,
            }
        ],
    }


@pytest.mark.parametrize(
    "args", [["--level", "error"], ["--smallest", "--write"], ["--smallest", "--select", "TAG"]]
)
def test_options_that_do_not_go_together(args: list[str]) -> None:
    file = drafts({"text": "One"})
    assert run(file, *args).exit_code == 2


def test_smallest_says_what_a_person_has_to_add() -> None:
    text = "News #newblendlaunch https://harborroast.example.com/?utm_source=x"
    file = drafts({"id": "letter", "text": text, "platform": "x"})
    result = run(file, "--smallest", "--level", "warning")
    assert result.stdout.splitlines()[1] == (
        "  x  capitals at the words inside a hashtag, then for a person: LNK302"
    )
    told = json.loads(run(file, "--smallest", "--level", "warning", "-f", "json").stdout)
    assert told["posts"][0]["fixes"] == ["camel_case_hashtags"]
    assert told["posts"][0]["left"] == ["LNK302"]


# what others do


def test_what_only_tailor_does_is_said() -> None:
    file = drafts({"id": "teaser", "text": LONG, "platform": "x,linkedin"})
    result = run(file, "--unsafe", "--select", "LEN1")
    assert result.stdout.splitlines()[-1] == "nothing to fix, 2 with sharewise tailor"


def test_where_no_row_can_be_added_the_text_is_cut_and_tailor_named() -> None:
    book = xlsxwriter.Workbook("drafts.xlsx")
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["id", "text", "platform"])
    sheet.write_row(1, 0, ["teaser", LONG, "x"])
    book.close()
    given = json.dumps({"id": "teaser", "text": LONG, "platform": "x"})
    for result in (
        run("drafts.xlsx", "--unsafe", "--select", "LEN101"),
        run("-", "--unsafe", "--select", "LEN101", input=given),
    ):
        assert "LEN101  cut at the end of a sentence or word (unsafe)" in result.stdout
        assert "sharewise tailor makes a thread" in " ".join(result.stdout.split())


def test_a_long_post_becomes_a_thread_of_new_rows() -> None:
    head = "id,text,platform,link,scheduled_at,series,part,parts,note"
    link, time = "https://harborroast.example.com/shop", "2026-12-01 09:00"
    path = write(f"{head}\nteaser,{LONG},x,{link},{time},,,,warm\nother,Short.,x,,,,,,\n")
    dry = run("drafts.csv", "--unsafe", "--select", "LEN1")
    result = run("drafts.csv", "--unsafe", "--select", "LEN1", "--write")
    assert "@@ new post teaser-2: part 2 of 2 @@" in dry.stdout
    assert dry.stdout.splitlines()[:-1] == result.stdout.splitlines()[:-1]
    assert result.stdout.splitlines()[-1] == (
        "1 fix in 1 post, 1 new post for threads · 1 post written to drafts.csv"
    )
    first, second, other = csv.DictReader(path.read_text().splitlines())
    assert first["text"].endswith(" 1/2")
    assert second["text"].endswith(" 2/2")
    words = f"{first['text'][:-4]} {second['text'][:-4]}"
    assert words == LONG.strip()
    assert [first[key] for key in ("id", "link", "scheduled_at", "note")] == (
        ["teaser", link, time, "warm"]
    )
    assert [second[key] for key in ("id", "link", "scheduled_at", "note")] == (
        ["teaser-2", "", "", "warm"]
    )
    numbers = [tuple(row[key] for key in ("series", "part", "parts")) for row in (first, second)]
    assert numbers == [("teaser", "1", "2"), ("teaser", "2", "2")]
    assert other["text"] == "Short."
    once = path.read_bytes()
    assert "nothing to fix" in run("drafts.csv", "--unsafe", "--select", "LEN1", "--write").stdout
    assert path.read_bytes() == once
    checked = CliRunner().invoke(cli, ["check", "drafts.csv", "--select", "LEN1,SER"])
    assert checked.exit_code == 0, checked.output


def test_a_thread_for_several_platforms_is_cut_for_the_tightest() -> None:
    file = drafts({"id": "teaser", "text": LONG + LONG, "platform": "x,mastodon,bluesky"})
    run(file, "--unsafe", "--select", "LEN1", "--write")
    texts = read_posts([file]).posts["text"].to_list()
    assert [len(text) <= 280 for text in texts] == [True] * 3


def test_a_published_post_stays_one() -> None:
    file = drafts({"id": "a", "text": LONG, "platform": "x", "published_at": "2026-11-01 09:00"})
    result = run(file, "--unsafe", "--select", "LEN101")
    assert "cut at the end of a sentence" in result.stdout


def test_a_thread_in_a_markdown_folder_is_new_files() -> None:
    Path("posts").mkdir()
    post = Path("posts/roast.md")
    post.write_text(f"---\nplatform: x\nmood: warm\n---\n{LONG}\n")
    result = run("posts", "--unsafe", "--select", "LEN1", "--write")
    assert result.stdout.splitlines()[-1] == (
        "1 fix in 1 post, 1 new post for threads · 1 post written to posts/roast.md · "
        "new: posts/roast-2.md"
    )
    assert "mood: warm\nseries: roast\npart: 1\nparts: 2\n---\n" in post.read_text()
    found = read_posts(["posts"]).posts
    assert found.select("series", "part", "parts").rows() == ([("roast", 2, 2), ("roast", 1, 2)])
    post.write_text(f"---\nplatform: x\n---\n{LONG}\n")
    before = Path("posts/roast-2.md").read_bytes()
    result = run(str(post), "--unsafe", "--select", "LEN101", "--write")
    assert "roast-2.md exists already" in result.stdout
    assert Path("posts/roast-2.md").read_bytes() == before
    assert post.read_text().endswith(f"{LONG}\n")


def test_json_tells_of_the_new_posts() -> None:
    file = drafts({"id": "teaser", "text": LONG, "platform": "x"})
    told = json.loads(run(file, "--unsafe", "--select", "LEN101", "-f", "json").stdout)
    (added,) = told["posts"][0]["added"]
    assert (added["id"], added["part"], added["parts"]) == ("teaser-2", 2, 2)
    assert added["text"].endswith(" 2/2")


def test_what_has_no_place_is_not_offered_for_writing() -> None:
    post = {"id": "a", "text": "Ad: a cup.", "rewarded": "yes", "platform": "instagram"}
    file = drafts({**post, "image": "cup.jpg", "alt": "A cup"})
    result = run(file, "--unsafe", "--select", "DIS106")
    assert "drafts.csv:1  paid_partnership  no place for it: no column" in result.stdout
    assert result.stdout.splitlines()[-1] == (
        "1 fix in 1 post · 1 change without a place in the file"
    )
    told = json.loads(run(file, "--unsafe", "--select", "DIS106", "-f", "json").stdout)
    assert [one["field"] for one in told["summary"]["unplaced"]] == ["paid_partnership"]


def test_a_stub_stands_in_a_markdown_body() -> None:
    path = write("---\nplatform: mastodon\n---\n\nTwo cups.\n\n![](cup.jpg)\n", "post.md")
    result = run("post.md", "--select", "ACC", "--unsafe", "--write")
    assert "not written" not in result.stdout
    assert "![(To do: say in a sentence or two what picture 1 shows)](cup.jpg)" in path.read_text()


def test_a_stub_is_no_alternative_text() -> None:
    file = drafts({"id": "a", "text": "A cup.", "media": "cup.jpg", "alt_text": ""})
    select = ("-p", "mastodon", "--select", "ACC")
    run(file, *select, "--unsafe", "--write")
    assert "(To do: " in Path(file).read_text()
    assert run(file, *select, "--unsafe", "--write").stdout == "nothing to fix\n"
    found = CliRunner().invoke(cli, ["check", file, *select])
    assert found.exit_code == 1
    assert "ACC115" in found.stdout
    assert "1 suggestion in 1 of 1 post × platform" in found.stdout


def test_hashtags_that_worked_are_kept() -> None:
    worked = {"id": "p", "text": "One #Latte", "likes": "900"}
    drafts(worked, {"id": "q", "text": "Two #V60 #Filter", "likes": "3"}, name="past.csv")
    file = drafts({"id": "a", "text": "New #V60 #Filter #Latte", "platform": "x"})
    assert "#Latte" not in run(file, "--unsafe", "--select", "TAG102").stdout.split("+ ")[1]
    result = run(file, "--unsafe", "--select", "TAG102", "--history", "past.csv")
    assert "#Latte" in result.stdout.split("+ ")[1]
    drafts({"id": "p", "text": "No tag"}, name="bare.csv")
    assert run(file, "--history", "bare.csv").exit_code == 2


def test_spaces_codes_and_what_is_not_seen_are_put_right() -> None:
    file = drafts({"id": "a", "text": "Tea  &amp; c\u200bake #Tea #tea", "platform": "x"})
    assert "+ Tea & cake #Tea" in run(file).stdout.splitlines()


def test_a_link_that_is_moved_is_named() -> None:
    link = "https://harborroast.example.com/events"
    post = {"id": "a", "text": f"Six coffees, one table: {link}", "platform": "instagram"}
    file = drafts({**post, "image": "cup.jpg", "alt": "A cup"})
    told = " ".join(run(file, "--unsafe", "--select", "LNK201").stdout.split())
    assert f"move the link to the profile (unsafe); for the profile: {link}" in told
