"""``sharewise tailor``: one source post, a ready variant for each platform."""

import json
import re
from pathlib import Path

import polars as pl
import pytest
from click.testing import CliRunner, Result

from sharewise.cli import cli
from sharewise.engine.advice.recommending import Adviser, adviser
from sharewise.engine.advice.reports.plain_text import width
from sharewise.engine.advice.tailoring.variants import tailor
from sharewise.engine.content.reading import read_posts
from sharewise.engine.settings import Account, Brand, Settings

SOURCE = Path(__file__).parent.parent / "fixtures" / "tailor" / "first-frost.md"
LONG = "We roast on Mondays and taste on Tuesdays. " * 8
SETTINGS = Settings(brand=Brand("Harbor Roast", ("harborroast",), ("harborroast.example.com",)))


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("SHAREWISE_CONFIG", raising=False)
    monkeypatch.setenv("COLUMNS", "80")
    Path("sharewise.toml").write_text('[brand]\ndomains = ["harborroast.example.com"]\n')


@pytest.fixture(scope="module")
def using() -> Adviser:
    return adviser(None, SETTINGS)


def run(*args: str) -> Result:
    result = CliRunner().invoke(cli, ["tailor", *args])
    assert result.exit_code in (0, 2), result.output
    return result


def source(text: str, name: str = "post.md") -> str:
    Path(name).write_text(text)
    return name


# what a variant is


def test_each_platform_gets_the_post_as_it_takes_it(using: Adviser) -> None:
    posts = read_posts([SOURCE]).posts
    variants = {one.platform: one for one in tailor(posts, using, ["x", "linkedin", "instagram"])}
    title, text = posts["title"][0], posts["text"][0]
    tagged = "https://harborroast.example.com/journal/first-frost?utm_source={}&utm_medium=social&utm_campaign=first-frost"
    tags = "#FirstFrost #CoffeeRoasting #HarborRoast"
    x = variants["x"].posts[0]
    assert x["text"] == f"{title}\n\n{tagged.format('x')}\n\n{tags}"
    assert (x["title"], x["links"], x["hashtags"]) == (None, None, None)
    instagram = variants["instagram"].posts[0]
    assert instagram["text"] == f"{title}\n\n{text}\n\n{tagged.format('instagram')}\n\n{tags}"
    linkedin = variants["linkedin"].posts[0]
    assert linkedin["text"] == f"{text}\n\n{tags}"
    assert (linkedin["title"], linkedin["links"]) == (title, [tagged.format("linkedin")])
    for variant in variants.values():
        assert not [row for row in variant.left if row["severity"] == "error"]
        assert variant.posts[0]["platforms"] == [variant.platform]


def test_what_was_changed_is_told(using: Adviser) -> None:
    (variant,) = tailor(read_posts([SOURCE]).posts, using, ["x"])
    told = [(change.what, change.safety, change.field) for change in variant.changes]
    assert told == [
        ("title alone: no room for the text", "unsafe", "text"),
        ("add_utm", "safe", "links"),
        ("camel_case_hashtags", "safe", "hashtags"),
    ]
    assert variant.changes[2].before == "firstfrost, coffeeroasting, HarborRoast"


def test_errors_are_fixed_by_the_fewest_fixes(using: Adviser) -> None:
    posts = read_posts([source(LONG)]).posts
    (variant,) = tailor(posts, using, ["x"])
    assert [change.what for change in variant.changes] == ["thread"]
    assert len(variant.posts) == 2
    assert [one["text"][-3:] for one in variant.posts] == ["1/2", "2/2"]
    assert posts["text"].to_list() == [LONG.strip()]


def test_what_a_machine_can_not_do_is_left(using: Adviser) -> None:
    posts = read_posts([source("Two cups, one table.")]).posts
    (variant,) = tailor(posts, using, ["instagram"])
    assert [row["rule"] for row in variant.left if row["severity"] == "error"] == ["MED101"]


def test_links_are_the_platforms_own_and_only_ours() -> None:
    posts = read_posts(
        [
            source(
                "---\ncampaign: c\n---\nSee https://example.com/a and https://harborroast.example.com/b"
            )
        ]
    ).posts
    (variant,) = tailor(posts, adviser(None, SETTINGS), ["bluesky"])
    assert "https://example.com/a and" in variant.posts[0]["text"]
    assert "b?utm_source=bluesky&utm_medium=social&utm_campaign=c" in variant.posts[0]["text"]
    (plain,) = tailor(posts, adviser(None, Settings()), ["bluesky"])
    assert plain.changes == ()


def test_another_platforms_account_and_outcomes_are_not_carried_over() -> None:
    settings = Settings(accounts={"pro": Account("pro", "x", {"text": 25000})})
    posts = pl.DataFrame({"text": [LONG], "account": ["pro"], "likes": [7]})
    from sharewise.engine.content.reading import from_frame

    variants = tailor(from_frame(posts).posts, adviser(None, settings), ["x", "bluesky"])
    found = {one.platform: one for one in variants}
    assert [one["account"] for one in found["x"].posts] == ["pro"]
    assert len(found["bluesky"].posts) > 1
    assert {one["account"] for one in found["bluesky"].posts} == {None}
    assert all(post["likes"] is None for one in variants for post in one.posts)


def test_a_description_is_the_words_of_a_video(using: Adviser) -> None:
    text = "---\ntitle: Roasting by ear\ndescription: What the beans say.\ntype: video\n---\n"
    posts = read_posts([source(text)]).posts
    youtube, x = (tailor(posts, using, [name])[0].posts[0] for name in ("youtube", "x"))
    assert (youtube["title"], youtube["text"]) == ("Roasting by ear", "What the beans say.")
    assert x["text"] == "Roasting by ear\n\nWhat the beans say."


# the command


def test_text_shows_previews_changes_and_what_is_left() -> None:
    result = run(str(SOURCE), "--platform", "x,instagram")
    assert result.exit_code == 0
    assert result.stdout.startswith("first-frost\n┌─ x ─")
    assert "more" in result.stdout
    assert "characters hidden behind the fold at 125" in result.stdout
    assert (
        "  changed   title alone: no room for the text (unsafe)\n            - The" in result.stdout
    )
    assert "            TAG104 · capitals at the words inside a hashtag (safe)\n" in result.stdout
    assert "▲ LNK201" in result.stdout
    assert result.stdout.splitlines()[-1].startswith("2 variants, 2 without an error")
    assert all(width(line) <= 80 for line in result.stdout.splitlines())
    assert "\x1b" not in result.stdout


def test_a_link_that_is_attached_is_shown() -> None:
    shown = run(str(SOURCE), "-p", "linkedin").stdout
    assert "  link      https://harborroast.example.com/journal/first-frost?utm_source" in shown


def test_warnings_are_fixed_where_asked() -> None:
    front = "---\nmedia: [{kind: image, alt: A cup}]\n---\n"
    file = source(f"{front}Our blend https://harborroast.example.com/a\n")
    assert "▲ LNK201" in run(file, "-p", "instagram").stdout
    shown = run(file, "-p", "instagram", "--level", "warning").stdout
    assert "▲ LNK201" not in shown
    assert "LNK201 · move the link to the profile (unsafe)" in shown


def test_table_fits_a_narrow_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    lines = run(str(SOURCE), "-p", "x,linkedin", "--format", "table").stdout.splitlines()
    assert lines[0].split()[:3] == ["post", "platform", "posts"]
    assert [line.split()[1] for line in lines[1:]] == ["x", "linkedin"]
    assert all(width(line) <= 60 for line in lines)


def test_json_has_all_of_it() -> None:
    (variant,) = json.loads(run(str(SOURCE), "-p", "instagram", "-f", "json").stdout)
    assert (variant["post"], variant["platform"]) == ("first-frost", "instagram")
    assert variant["posts"][0]["media"][0]["path"] == "img/first-frost.jpg"
    assert variant["posts"][0]["scheduled_at"] == "2026-12-01T09:00:00+00:00"
    assert variant["preview"]["fold"] == 125
    assert len(variant["preview"]["shown"]) <= 125
    assert {row["rule"] for row in variant["left"]} >= {"LNK201"}
    assert variant["changes"][0]["what"] == "title as the first line"


def test_files_are_posts_that_check_reads() -> None:
    Path("long.md").write_text(f"---\nid: long\nplatform: x\ntags: ['a, b', 'yes']\n---\n{LONG}\n")
    result = run(str(SOURCE), "long.md", "-p", "x,linkedin", "-o", "out/variants")
    assert result.exit_code == 0
    names = sorted(path.name for path in Path("out/variants").iterdir())
    assert names == [
        "first-frost.linkedin.md", "first-frost.x.md",
        "long.linkedin.md", "long.x-1.md", "long.x-2.md",
    ]  # fmt: skip
    assert "5 files written" in result.stdout
    assert "1 file written" in run("long.md", "-p", "linkedin", "-o", "one").stdout
    read = read_posts(["out/variants"])
    assert read.rejects.height == 0
    assert read.posts["id"].to_list() == [name.removesuffix(".md") for name in names]
    assert read.posts["tags"].to_list()[2] == ["a, b", "yes"]
    assert read.posts["media"][0].to_list()[0]["alt"].startswith("Frost on the window")
    check = CliRunner().invoke(cli, ["check", "out/variants", "--min-severity", "error"])
    assert check.exit_code == 0, check.output


def test_files_are_not_replaced_unless_asked() -> None:
    run(str(SOURCE), "-p", "x", "-o", "out")
    Path("out/first-frost.x.md").write_text("edited by hand")
    result = run(str(SOURCE), "-p", "linkedin,x", "-o", "out")
    assert result.exit_code == 2
    assert "first-frost.x.md: exists already" in result.stderr
    assert sorted(path.name for path in Path("out").iterdir()) == ["first-frost.x.md"]
    assert run(str(SOURCE), "-p", "x", "-o", "out", "--overwrite").exit_code == 0
    assert Path("out/first-frost.x.md").read_text() != "edited by hand"


def test_names_stay_in_the_folder() -> None:
    Path("posts.csv").write_text("id,text\n../../etc/passwd,One\n..,Two\n\x1b[31m,Three\n")
    run("posts.csv", "-p", "mastodon", "-o", "out")
    assert sorted(path.name for path in Path("out").iterdir()) == [
        "31m.mastodon.md",
        "etc-passwd.mastodon.md",
        "post-2.mastodon.md",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "a" * 5000,
        "☕" * 400,
        " ".join(f"#tag{number}" for number in range(80)),
        "https://example.com/" + "a" * 400,
        "\u05d0\u05d1\u05d2 abc \u0627\u0644\u0642\u0647\u0648\u0629 " * 30,
        "กาแฟคั่วใหม่ทุกเช้า" * 40,
        "新しいコーヒー豆が届きました。" * 40,
    ],
    ids=["one word", "emoji", "hashtags", "a long link", "directions", "thai", "japanese"],
)
def test_odd_texts_give_sensible_variants(text: str) -> None:
    Path("posts.jsonl").write_text(json.dumps({"id": "odd", "text": text}) + "\n")
    result = run("posts.jsonl", "-p", "x,bluesky", "-f", "json")
    for variant in json.loads(result.stdout):
        errors = [row for row in variant["left"] if row["severity"] == "error"]
        assert "".join(post["text"] for post in variant["posts"])
        assert not errors or "example.com" in text or len(text) == 5000 or "tag" in text
    shown = run("posts.jsonl", "-p", "x,bluesky").stdout
    assert not re.search("[\x00-\x09\x0b-\x1f\u202a-\u202e\u2066-\u2069]", shown)
    assert all(width(line) <= 80 for line in shown.splitlines())


def test_a_link_that_is_moved_is_told_so_that_it_is_not_lost(using: Adviser) -> None:
    link = "https://harborroast.example.com/events"
    text = f"---\nmedia: [{{path: cup.jpg, kind: image, alt: A cup}}]\n---\nSix coffees: {link}\n"
    posts = read_posts([source(text)]).posts
    (one,) = tailor(posts, using, ["instagram"], level="warning")
    assert "link_to_bio" in [change.what for change in one.changes]
    assert len(one.notes) == 1
    assert one.notes[0].startswith(f"for the profile: {link}")


def test_a_link_that_is_moved_stands_in_the_file_and_the_json() -> None:
    link = "https://harborroast.example.com/a"
    file = source(f"---\nid: blend\n---\nOur blend: {link}\n")
    asked = (file, "-p", "instagram", "--level", "warning")
    assert run(*asked, "-o", "out").exit_code == 0
    text = Path("out/blend.instagram.md").read_text()
    assert f'for_the_profile: ["{link}' in text or f"for_the_profile: [{link}" in text
    assert text.endswith("---\nOur blend: link in bio\n")
    (variant,) = json.loads(run(*asked, "-f", "json").stdout)
    (moved,) = variant["moved"]["for the profile"]
    assert moved.startswith(link)


def test_changes_are_shown_where_they_differ() -> None:
    start = "We roasted this blend for the first cold week of the year, for you and all of us"
    shown = run(source(f"{start}. #newblendlaunch\n"), "-p", "mastodon").stdout
    (old,) = [line for line in shown.splitlines() if line.startswith(f"{'':12}- ")]
    (new,) = [line for line in shown.splitlines() if line.startswith(f"{'':12}+ ")]
    assert "#newblendlaunch" in old
    assert "#NewBlendLaunch" in new
    assert old[14] == new[14] == "…"
