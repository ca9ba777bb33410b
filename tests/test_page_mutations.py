"""Ten thousand pages, mutated at random: no crash, no hang, and the right exit code."""

import random
from pathlib import Path

import pytest
from click.testing import CliRunner

from sharewise.cli import cli
from sharewise.engine.advice.page_advice import PageAdviser
from sharewise.engine.advice.recommending import adviser

PAGES = Path(__file__).parent.parent / "fixtures" / "pages"
SEEDS = [path.read_bytes() for path in sorted(PAGES.glob("*.html"))]
MUTATED = 10_000
BATCH = 500
SAMPLE = 8
PIECES = [
    *(b"<", b">", b'"', b"'", b"&", b"=", b"/", b"\0", b"\xff", b"\xf0\x9f", b"<!--", b"-->"),
    *(b"<script>", b"</script>", b"<svg>", b"<template>", b"<table>", b"<b>", b"</p>", b"]]>"),
    *(b"<plaintext>", b"<frameset>", b"<base href='//['>", b"<html lang=x>", b"</head>"),
    *(b"&#x110000;", b"&lt", b"javascript:", b"data:,", b"http://[", b"://", b"?a=%", b"#"),
    *(b'<meta property="og:image" content="', b'<meta charset="utf-16">', b"<a href=", b"%PDF-"),
    *(b'<script type="application/ld+json">{', b"og:title", b"twitter:card", b"\xef\xbb\xbf"),
    *(b"<title>", b"<dialog open>", b"{{", b"\r", b"<?xml?>"),
]  # fmt: skip


def mutated(chance: random.Random) -> bytes:
    """Return one of the fixtures, cut, doubled, shuffled and filled with what hurts parsers."""
    data = bytearray(chance.choice(SEEDS))
    for _ in range(chance.choice((1, 1, 2, 4, 8, 16))):
        at, to = sorted(chance.randrange(len(data) + 1) for _ in range(2))
        match chance.randrange(7):
            case 0:
                data[at : min(to, at + 40)] = b""
            case 1:
                data[at:at] = chance.choice(PIECES)
            case 2:
                data[at:at] = chance.choice(PIECES) * chance.randrange(1, 60)
            case 3:
                data[at:at] = data[at : min(to, at + 300)]
            case 4:
                other = chance.choice(SEEDS)
                data[at : at + 50] = other[chance.randrange(len(other)) :][:200]
            case 5:
                data[at : at + 1] = bytes([chance.randrange(256)])
            case _:
                del data[to:]
    return bytes(data)


def test_mutated_pages_are_read_and_decided(tmp_path: Path) -> None:
    chance = random.Random(20261125)
    using = PageAdviser(adviser(["x", "mastodon"]))
    kept = 0
    for start in range(0, MUTATED, BATCH):
        folder = tmp_path / str(start)
        folder.mkdir()
        for number in range(BATCH):
            (folder / f"{number}.html").write_bytes(mutated(chance))
        files = using.read([folder])
        assert files.pages.height + files.rejects.height == BATCH
        assert files.rejects["reason"].str.len_chars().min() != 0
        assert using.findings(files.pages)["index"].n_unique() <= files.pages.height
        kept += files.pages.height
    assert kept > 0.9 * MUTATED


@pytest.mark.parametrize("seed", range(SAMPLE))
def test_the_exit_code_is_right(tmp_path: Path, seed: int) -> None:
    page = tmp_path / "page.html"
    page.write_bytes(mutated(random.Random(seed)))
    using = PageAdviser(adviser(["x", "mastodon"]))
    files = using.read([page])
    found = using.findings(files.pages)["suppressed"].is_null().any()
    expected = int(found) if files.pages.height else 2
    result = CliRunner().invoke(cli, ["page", str(page), "-p", "x,mastodon"])
    assert result.exit_code == expected, result.output
    assert "\x1b" not in result.output
