"""Loading packs: what is accepted, what is told of what is wrong, and how settings change it."""

from pathlib import Path

import polars as pl
import pytest

from sharewise.engine.advice.rule import Rulebook
from sharewise.engine.advice.rulebook import load_rulebook
from sharewise.engine.errors import RulebookError

MEASURES: dict[str, pl.DataType] = {
    "text.body": pl.String(),
    "text.length": pl.Int64(),
    "limit.text": pl.Float64(),
    "links.hosts": pl.List(pl.String()),
}
PACK = """\
pack: small
lists: {shorteners: [bit.ly]}
observations:
  over_limit: text.length > limit.text
  shortened: overlaps(links.hosts, list.shorteners)
rules:
  - id: LEN101
    name: text-over-limit
    when: [over_limit]
    concludes: too_long
    severity: error
    category: length
    advice: "{text.length} of {limit.text}"
    why: The platform refuses the post.
    fix: [thread, shorten]
    sources: [limit.text]
    examples:
      fires: [{platform: x, text: long}]
      quiet: [{platform: x, text: short}]
  - id: LNK201
    name: short-link
    platforms: [x, reddit]
    when: [shortened]
    unless: [over_limit]
    blocked_by: [too_long]
    severity: warning
    category: links
    goal: leads
    advice: write the link out
    why: Readers can't see where it leads.
    sources: [limit.text]
    examples:
      fires: [{platform: x, text: https://bit.ly/a}]
      quiet: [{platform: x, text: https://example.com}]
"""

OVERLAP = "overlaps(links.hosts, list.shorteners)"
QUIET = "      quiet: [{platform: x, text: https://example.com}]\n"
FIRES = "      fires: [{platform: x, text: https://bit.ly/a}]\n"


def load(folder: Path, *packs: str, **options: object) -> Rulebook:
    for number, text in enumerate(packs, 1):
        (folder / f"pack{number}.yaml").write_text(text, encoding="utf-8")
    return load_rulebook([folder], ours=None, measures=MEASURES, **options)  # type: ignore[arg-type]


def test_everything_in_a_rule_is_read(tmp_path: Path) -> None:
    book = load(tmp_path, PACK)
    rule = book.rule("LNK201")
    assert (rule.platforms, rule.when, rule.unless) == (
        ("x", "reddit"),
        ("shortened",),
        ("over_limit",),
    )
    assert (rule.blocked_by, rule.concludes, rule.goal) == (("too_long",), None, "leads")
    assert (rule.severity, rule.category, rule.fix) == ("warning", "links", ())
    assert rule.examples.fires == ({"platform": "x", "text": "https://bit.ly/a"},)
    assert rule.conditions == ("shortened", "platform in reddit,x")
    assert book.lists == {"shorteners": ("bit.ly",)}
    assert [one.id for one in book.rules] == ["LEN101", "LNK201"]


@pytest.mark.parametrize(
    ("found", "instead", "line", "told"),
    [
        ("text.length > l", "text.lenght > l", 4, "unknown measure 'text.lenght'; did you mean"),
        ("text.length > limit", "text.body > limit", 4, "a text > a number"),
        ("list.shorteners", "list.shortners", 5, "unknown list 'list.shortners'; did you mean"),
        (OVERLAP, "matches(text.body, '(a')", 5, "unclosed group"),
        (OVERLAP, r"matches(text.body, 'a(?=b)')", 5, "look-around"),
        ("when: [shortened]", "when: [shortend]", 23, "unknown observation 'shortend'; did you"),
        ("[too_long]", "[to_long]", 25, "no rule concludes the finding 'to_long'; did you mean"),
        ("    unless: [over_limit]", "    unless: [shortened]", 24, "contradiction: shortened"),
        ("LNK201", "LEN101", 20, "rule id LEN101 is taken"),
        ("LNK201", "LNK1", 20, "three capitals and three digits"),
        ("  - id: LNK201\n", "  -\n", 21, "rule id None"),
        ("severity: warning", "severity: warn", 26, "unknown severity 'warn'; did you mean"),
        ("category: links", "category: link", 27, "unknown category 'link'; did you mean 'links'"),
        ("goal: leads", "goal: lead", 28, "unknown goal 'lead'; did you mean 'leads'"),
        ("[x, reddit]", "[x, redit]", 22, "unknown platforms 'redit'; did you mean 'reddit'"),
        ("[thread, shorten]", "[thread, shortn]", 15, "unknown fix 'shortn'; did you mean"),
        ("    goal:", "    gaol:", 28, "unknown key 'gaol'; did you mean 'goal'"),
        ("lists:", "list:", 2, "unknown key 'list'; did you mean 'lists'"),
        ("{limit.text}", "{limit.txt}", 13, "{limit.txt} is no measure; did you mean"),
        ("{limit.text}", "{text.length - limit.text}", 13, "is no measure"),
        ("{limit.text}", "{limit.text", 13, "a single '{'; write '{{'"),
        ("    why: Readers can't see where it leads.\n", "", 20, "no why"),
        (QUIET, "", 32, "no example under quiet"),
        (FIRES, "      fires: []\n", 32, "under fires"),
        (
            "{platform: x, text: https://bit.ly/a}",
            "{platform: bluesky}",
            32,
            "can't fire on bluesky",
        ),
        ("{platform: x, text: short}", "{platform: y, text: short}", 17, "unknown platform 'y'"),
        ("    when: [shortened]\n", "", 20, "neither when nor needs"),
        ("sources: [limit.text]", "sources: [limit.txt]", 16, "'txt' is no limit"),
        ("sources: [limit.text]", "sources: [x.nope]", 16, "no fact 'nope'"),
        ("    fix: [", "    needs: [nobody]\n    fix: [", 15, "no rule concludes the finding"),
        ("    fix: [", "    measured: text.body\n    fix: [", 15, "a text where a number"),
        ("    fix: [", "    mark: '(a'\n    fix: [", 15, "mark: bad regular expression"),
        ("    fix: [", "    mark: text.length\n    fix: [", 15, "a text or list measure"),
        ("name: short-link", "name: Short Link", 21, "lower-case words joined by -"),
        ("pack: small", "pack: [small", 2, "expected"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(
    tmp_path: Path, found: str, instead: str, line: int, told: str
) -> None:
    assert PACK.count(found) >= 1
    with pytest.raises(RulebookError) as caught:
        load(
            tmp_path,
            PACK.replace(found, instead, 1) if found != "LNK201" else PACK.replace(found, instead),
        )
    messages = str(caught.value).splitlines()
    where = f"{tmp_path / 'pack1.yaml'}:{line}: "
    assert any(one.startswith(where) and told in one for one in messages), messages


def test_recursion_through_blocked_by_names_the_rules(tmp_path: Path) -> None:
    wrong = PACK.replace(
        "    concludes: too_long", "    concludes: too_long\n    blocked_by: [short]"
    )
    wrong = wrong.replace("    goal: leads", "    concludes: short")
    with pytest.raises(
        RulebookError, match=r"pack1.yaml:11: LEN101: recursion .*LEN101 → LNK201 → LEN101"
    ):
        load(tmp_path, wrong)


def test_one_condition_under_two_names_is_a_contradiction_too(tmp_path: Path) -> None:
    wrong = PACK.replace("rules:", "  too_big: (text.length) > limit.text\nrules:", 1)
    wrong = wrong.replace("when: [shortened]", "when: [too_big]")
    with pytest.raises(RulebookError, match="too_big in when and over_limit in unless are one"):
        load(tmp_path, wrong)


def test_all_problems_are_told_at_once(tmp_path: Path) -> None:
    wrong = PACK.replace("severity: warning", "severity: warn").replace("goal: leads", "goal: x")
    with pytest.raises(RulebookError) as caught:
        load(tmp_path, wrong.replace("text.length >", "text.lenght >"))
    assert len(str(caught.value).splitlines()) == 3


def test_names_are_unique_across_packs(tmp_path: Path) -> None:
    second = PACK.replace("LNK201", "LNK202").replace("LEN101", "LEN102")
    with pytest.raises(RulebookError) as caught:
        load(tmp_path, PACK, second)
    told = str(caught.value)
    assert "pack2.yaml:2: list name 'shorteners' is taken" in told
    assert "pack2.yaml:4: observation name 'over_limit' is taken" in told
    with pytest.raises(
        RulebookError, match=r"pack2.yaml:2: LEN101: rule id LEN101 is taken in .*pack1"
    ):
        load(tmp_path, PACK, "rules:\n" + PACK[PACK.index("  - id") : PACK.index("  - id: LNK")])


def test_a_pack_may_use_what_another_defines_and_override_it(tmp_path: Path) -> None:
    own = PACK[PACK.index("  - id: LNK") :].replace("LNK201", "LNK901")
    book = load(
        tmp_path, PACK, f"override: {{LEN101: {{severity: warning}}, LNK201: off}}\nrules:\n{own}"
    )
    assert book.rule("LEN101").severity == "warning"
    assert [one.id for one in book.rules] == ["LEN101", "LNK901"]
    assert [one.id for one in book.switched_off] == ["LNK201"]


@pytest.mark.parametrize(
    ("override", "told"),
    [
        ("{LEN10: off}", "unknown rule 'LEN10'; did you mean 'LEN101'"),
        ("{LEN101: loud}", "allowed: off, or severity: error, warning, suggestion"),
        ("{LEN101: {severity: loud}}", "allowed: off"),
        ("{LEN101: {platforms: [x]}}", "allowed: off"),
        ("[LEN101]", "override is no mapping"),
    ],
)
def test_a_wrong_override(tmp_path: Path, override: str, told: str) -> None:
    with pytest.raises(RulebookError, match=rf"pack2.yaml:1: {told}|pack2.yaml:1: .*{told}"):
        load(tmp_path, PACK, f"override: {override}\n")


def test_settings_are_stronger_than_packs(tmp_path: Path) -> None:
    book = load(
        tmp_path, PACK, "override: {LEN101: {severity: warning}}",
        severities={"LEN101": "suggestion"}, disabled=["LNK"],
    )  # fmt: skip
    assert [(one.id, one.severity) for one in book.rules] == [("LEN101", "suggestion")]


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"severities": {"LEN10": "error"}}, "severities: unknown rule 'LEN10'; did you mean"),
        ({"severities": {"LEN101": "high"}}, "severities: LEN101: 'high'; allowed: error"),
        ({"disabled": ["XXX"]}, "disabled: no rule starts with 'XXX'"),
    ],
)
def test_wrong_settings(tmp_path: Path, options: dict[str, object], told: str) -> None:
    with pytest.raises(RulebookError, match=told):
        load(tmp_path, PACK, **options)


def test_the_digest_tells_rulebooks_apart(tmp_path: Path) -> None:
    one = load(tmp_path, PACK).digest
    assert load(tmp_path, PACK).digest == one
    assert load(tmp_path, PACK, severities={"LEN101": "warning"}).digest != one
    assert load(tmp_path, PACK.replace("refuses", "rejects")).digest != one


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "a pack is a mapping"),
        (b"- a\n", "a pack is a mapping"),
        (b"pack: a\nrules: {}\n", "rules is no list"),
        (b"rules: [3]\n", "a rule is a mapping"),
        (b"observations: [a]\n", "observations is no mapping"),
        (b"observations: {Loud: 'true'}\n", "observation name 'Loud'"),
        (b"observations: {a: 3}\n", "no condition but 3"),
        (b"lists: {a: []}\n", "list 'a' is empty"),
        (b"lists: {a: [[]]}\n", "other than texts and numbers"),
        (b"\xff\xfe", "not UTF-8"),
        (b"a: &a [x]\nb: *a\n", "alias"),
    ],
)
def test_files_that_are_no_packs(tmp_path: Path, content: bytes, told: str) -> None:
    path = tmp_path / "own.yaml"
    path.write_bytes(content)
    with pytest.raises(RulebookError, match=rf"own\.yaml.*{told}"):
        load_rulebook([path], ours=None, measures=MEASURES)


def test_places_without_packs(tmp_path: Path) -> None:
    with pytest.raises(RulebookError, match="no such file or folder"):
        load_rulebook([tmp_path / "none"], ours=None, measures=MEASURES)
    with pytest.raises(RulebookError, match="no pack in it"):
        load_rulebook([tmp_path], ours=None, measures=MEASURES)


def test_a_catastrophic_regex_is_linear_or_refused(tmp_path: Path) -> None:
    # Backtracking engines take exponential time on the first; this one does not backtrack.
    load(
        tmp_path,
        PACK.replace(OVERLAP, "matches(text.body, '(a+)+$')"),
    )
    huge = "matches(text.body, '((a{1,200}){1,200}){1,200}')"
    with pytest.raises(RulebookError, match=r"pack1.yaml:5: shortened: bad regular expression"):
        load(tmp_path, PACK.replace(OVERLAP, huge))


def test_our_own_packs_are_right() -> None:
    book = load_rulebook(thorough=True)
    assert len(book.rules) >= 60


def test_our_own_rules_need_a_source_and_others_do_not(tmp_path: Path) -> None:
    bare = PACK.replace("    sources: [limit.text]\n", "")
    assert len(load(tmp_path, bare).rules) == 2
    with pytest.raises(RulebookError, match=r"pack1.yaml:7: LEN101: no sources"):
        load_rulebook(ours=tmp_path, measures=MEASURES, thorough=True)


def test_a_pack_named_twice_is_read_once(tmp_path: Path) -> None:
    load(tmp_path, PACK)
    where = [tmp_path, tmp_path / "pack1.yaml"]
    assert len(load_rulebook(where, ours=None, measures=MEASURES).rules) == 2
