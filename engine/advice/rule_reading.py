"""One rule of a pack, read field by field; what is wrong is gathered, with its place."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from ..content.platform_names import PLATFORM_IDS
from .condition_nodes import NUMBER, TEXT, TEXTS, TRUTH, Node
from .conditions import ConditionError, parse_condition
from .did_you_mean import not_one_of
from .fix_names import FIX_NAMES
from .messages import TemplateError, parse_template
from .pack_files import Problem
from .rule import CATEGORIES, GOALS, HTML, SEVERITIES, Examples, Mark, Pack, Rule

RULE_KEYS = (
    *("id", "name", "platforms", "when", "unless", "needs", "blocked_by", "concludes"),
    *("severity", "category", "goal", "advice", "why", "measured", "limit", "mark", "fix"),
    *("sources", "examples"),
)
MAX_CONDITIONS = 24
MAX_FINDINGS = 12

_NAME = re.compile(r"[a-z][a-z0-9_]{0,63}")
_RULE_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_RULE_KEY_SET = frozenset(RULE_KEYS)


class RuleReader:
    """Reads one rule's fields; each method checks one and returns its value or a stand-in."""

    def __init__(
        self,
        pack: Pack,
        entry: Mapping[str, Any],
        position: int,
        kinds: Mapping[str, str],
        lists: Mapping[str, tuple[str | float, ...]],
        problems: list[Problem],
    ) -> None:
        self._pack, self._entry, self._position = pack, entry, position
        self._kinds, self._lists, self._problems = kinds, lists, problems

    def read(self) -> Rule:
        """Return the rule, with a stand-in for each field that is wrong."""
        entry = self._entry
        if not entry.keys() <= _RULE_KEY_SET:
            for key in entry.keys() - _RULE_KEY_SET:
                self._tell(key, not_one_of("key", key, RULE_KEYS))
        rule = Rule(
            id=entry["id"],
            name=self._rule_name(),
            platforms=self._words("platforms", PLATFORM_IDS),
            when=self._words("when"),
            unless=self._words("unless"),
            needs=self._words("needs"),
            blocked_by=self._words("blocked_by"),
            concludes=self._finding(),
            severity=self._one_of("severity", SEVERITIES, needed=True) or SEVERITIES[-1],
            category=self._one_of("category", CATEGORIES, needed=True) or CATEGORIES[0],
            goal=self._one_of("goal", GOALS),
            advice=self._advice(),
            why=self._text("why"),
            measured=self._number("measured"),
            limit=self._number("limit"),
            mark=self._mark(),
            fix=self._words("fix", FIX_NAMES),
            sources=self._words("sources", split=False),
            examples=self._examples(),
            pack=self._pack,
            position=self._position,
        )
        self._sizes(rule)
        return rule

    def _tell(self, key: str | None, what: str) -> None:
        path: tuple[str | int, ...] = (
            ("rules", self._position) if key is None else ("rules", self._position, key)
        )
        self._problems.append(Problem(self._pack, path, f"{self._entry['id']}: {what}"))

    def _text(self, key: str) -> str:
        value = self._entry.get(key)
        if isinstance(value, str) and value.strip():
            return value.strip()
        self._tell(key if key in self._entry else None, f"no {key}; one or more words are needed")
        return ""

    def _rule_name(self) -> str:
        name = self._text("name")
        if name and not _RULE_NAME.fullmatch(name):
            self._tell("name", f"name {name!r}; lower-case words joined by -, as text-over-limit")
        return name

    def _words(
        self, key: str, allowed: Sequence[str] | Mapping[str, Any] = (), split: bool = True
    ) -> tuple[str, ...]:
        values = self._entry.get(key)
        if values is None:
            return ()
        if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
            self._tell(key, f"{key} is no list of names: {values!r}")
            return ()
        if len(set(values)) < len(values):
            twice = next(value for value in values if values.count(value) > 1)
            self._tell(key, f"{twice!r} stands twice in {key}")
        for value in values:
            if allowed and value not in allowed:
                self._tell(key, not_one_of(key, value, allowed))
        return tuple(dict.fromkeys(v for v in values if not allowed or v in allowed))

    def _one_of(self, key: str, allowed: Sequence[str], needed: bool = False) -> str | None:
        value = self._entry.get(key)
        if value is None:
            if needed:
                self._tell(None, f"no {key}; one of {', '.join(allowed)}")
            return None
        if value not in allowed:
            self._tell(key, not_one_of(key, value, allowed))
            return None
        return str(value)

    def _finding(self) -> str | None:
        value = self._entry.get("concludes")
        if value is not None and not (isinstance(value, str) and _NAME.fullmatch(value)):
            self._tell("concludes", f"finding {value!r}; lower-case letters, digits and _")
            return None
        return value

    def _advice(self) -> str:
        advice = self._text("advice")
        try:
            parse_template(advice, self._kinds)
        except TemplateError as error:
            self._tell("advice", f"advice: {error}")
        return advice

    def _number(self, key: str) -> Node | None:
        value = self._entry.get(key)
        if value is None:
            return None
        try:
            return parse_condition(str(value), self._kinds, self._lists, expect=NUMBER)
        except ConditionError as error:
            self._tell(key, f"{key}: {error}")
            return None

    def _mark(self) -> Mark | None:
        value = self._entry.get("mark")
        if value is None:
            return None
        if not isinstance(value, str) or not value:
            self._tell("mark", f"mark {value!r} is no measure and no pattern")
            return None
        kind = self._kinds.get(value)
        if kind in (NUMBER, TRUTH):
            self._tell("mark", f"mark {value!r} is a {kind}; a text or list measure can be marked")
        return Mark(measure=value) if kind in (TEXT, TEXTS) else Mark(pattern=value)

    def _examples(self) -> Examples:
        entry = self._entry.get("examples")
        if not isinstance(entry, dict):
            self._tell(None, "no examples; fires and quiet need one post or more each")
            return Examples()
        found: dict[str, tuple[Mapping[str, Any], ...]] = {}
        for key in entry:
            if key not in ("fires", "quiet"):
                self._tell("examples", not_one_of("key", key, ("fires", "quiet")))
        for side in ("fires", "quiet"):
            posts = entry.get(side)
            if not isinstance(posts, list) or not posts:
                self._tell("examples", f"no example under {side}; one post or more is needed")
            elif not all(isinstance(post, dict) for post in posts):
                self._tell("examples", f"an example under {side} is no mapping of post columns")
            else:
                found[side] = tuple(posts)
                self._example_platforms(side, posts)
        return Examples(**found)

    def _example_platforms(self, side: str, posts: Sequence[Mapping[str, Any]]) -> None:
        meant = self._entry.get("platforms") if side == "fires" else None
        for post in posts:
            platform = post.get("platform")
            if platform is None and HTML in post:
                continue
            if platform not in PLATFORM_IDS:
                self._tell("examples", not_one_of("platform", platform, PLATFORM_IDS))
            elif isinstance(meant, list) and platform not in meant:
                self._tell("examples", f"it can't fire on {platform}, not one of its platforms")

    def _sizes(self, rule: Rule) -> None:
        if not rule.when and not rule.needs:
            self._tell(None, "neither when nor needs; a rule needs one of them")
        if len(rule.when) + len(rule.unless) > MAX_CONDITIONS:
            self._tell("when", f"more than {MAX_CONDITIONS} observations in when and unless")
        if len(rule.needs) + len(rule.blocked_by) > MAX_FINDINGS:
            self._tell("needs", f"more than {MAX_FINDINGS} findings in needs and blocked_by")
        for one, other in (("when", "unless"), ("needs", "blocked_by")):
            both = set(getattr(rule, one)) & set(getattr(rule, other))
            if both:
                names = ", ".join(sorted(both))
                self._tell(other, f"contradiction: {names} in {one} and in {other}")
