"""Every rule about pages fires on its own examples and stays quiet on the harmless ones."""

from pathlib import Path

import pytest

from sharewise.engine.advice.example_page_trials import wrong_page_examples
from sharewise.engine.advice.example_pages import ExamplePage, example_pages, write_files
from sharewise.engine.advice.page_advice import PageAdviser
from sharewise.engine.advice.recommending import adviser
from sharewise.engine.advice.rule_sources import rule_sources
from sharewise.engine.advice.rulebook import load_rulebook
from sharewise.engine.advice.subjects import PAGES, POSTS, rules_about
from sharewise.engine.content.pages.page_measures import EVERYWHERE
from sharewise.engine.content.platforms import load_platforms

RULEBOOK = load_rulebook(thorough=True)
RULES = rules_about(RULEBOOK, PAGES).rules
EXAMPLES = tuple(example_pages(RULEBOOK))


@pytest.fixture(scope="module")
def fired(tmp_path_factory: pytest.TempPathFactory) -> set[tuple[str, str, str]]:
    """Example, rule and platform that the whole way, from a folder of files on, comes up with."""
    root = tmp_path_factory.mktemp("examples")
    for example in EXAMPLES:
        folder = root / example.name
        folder.mkdir()
        write_files(example, folder)
    using = PageAdviser(adviser())
    files = using.read(sorted(root.iterdir()))
    assert files.rejects.height == 0
    assert files.pages.height == len(EXAMPLES)
    found = using.findings(files.pages).select("post", "rule", "platform").iter_rows()
    return {(Path(post).parent.name, rule, platform) for post, rule, platform in found}


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.name)
def test_rule_does_as_its_examples_say(
    example: ExamplePage, fired: set[tuple[str, str, str]]
) -> None:
    platform = example.platform or EVERYWHERE
    assert ((example.name, example.rule.id, platform) in fired) == example.fires


def test_there_are_forty_rules_each_with_sources_and_examples_both_ways() -> None:
    assert len(RULES) >= 40
    platforms = load_platforms()
    for rule in RULES:
        assert list(rule_sources(rule, platforms)), rule.id
        assert rule.examples.fires, rule.id
        assert rule.examples.quiet, rule.id
        assert rule.id.startswith("PAG")


def test_posts_and_pages_share_no_rule() -> None:
    posts, pages = (rules_about(RULEBOOK, subject) for subject in (POSTS, PAGES))
    assert {*posts.rules} & {*pages.rules} == set()
    assert {*posts.rules} | {*pages.rules} == {*RULEBOOK.rules}
    assert pages.rule("LEN101").id == "LEN101"  # still known by name


def test_a_rule_about_the_page_speaks_once_whatever_the_platforms(
    fired: set[tuple[str, str, str]],
) -> None:
    where: dict[tuple[str, str], set[str]] = {}
    for example, rule, platform in fired:
        where.setdefault((example, rule), set()).add(platform)
    assert all(len(some) == 1 or EVERYWHERE not in some for some in where.values())


def test_a_wrong_example_is_told(tmp_path: Path) -> None:
    pack = tmp_path / "own.yaml"
    pack.write_text(
        """
pack: own
about: A rule of our own.
observations:
  no_heading: page.titles == 0
rules:
  - id: OWN101
    name: no-heading
    when: [no_heading]
    severity: suggestion
    category: page
    advice: "no heading: write one"
    why: A page needs a heading.
    sources: []
    examples:
      fires: [{html: "<title>Winter</title>"}]
      quiet: [{html: "<title>Winter</title>"}]
""",
        encoding="utf-8",
    )
    wrong = wrong_page_examples(load_rulebook([pack]))
    assert [(one.name, said) for one, said in wrong] == [("OWN101-fires-1", "does not fire")]


def test_advice_has_no_double_colon() -> None:
    assert [rule.id for rule in RULES if "::" in rule.advice] == []
