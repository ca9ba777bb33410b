"""What the findings ask for: each fix with what the post's platform allows."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from ...content.platforms import Platform
from ..condition_nodes import Name
from ..evidence import evidence_of
from ..recommending import Adviser
from ..rule import Rulebook
from .changes import really_changed
from .platform_facts import Changes, PlatformFacts, Post
from .registry import FIXES, SPLITS


@dataclass(frozen=True)
class FactsSource:
    """Makes the `PlatformFacts` of a post: the adviser's platforms and brand, the history."""

    adviser: Adviser
    history_hashtags: Mapping[str, float]

    def facts(
        self, post: Post, platform: str, rule: str | None = None, limit: float | None = None
    ) -> PlatformFacts:
        """Return the facts for a post on a platform, and for a finding of ``rule`` there."""
        one = self.adviser.platforms[platform]
        return PlatformFacts(
            platform=one,
            limits=self._limits(one, post.get("account")),
            context=self.adviser.context,
            brand_name=self.adviser.settings.brand.name,
            history_hashtags=self.history_hashtags,
            measured=_compared(self.adviser.rulebook).get(rule) if rule else None,
            target=limit,
            lists=self.adviser.rulebook.lists,
        )

    def _limits(self, platform: Platform, account: str | None) -> Mapping[str, float]:
        accounts = self.adviser.context.accounts
        there = [name for name, one in accounts.items() if one.platform == platform.id]
        if account is None and len(there) == 1:
            account = there[0]
        limits = {name: float(limit.value) for name, limit in platform.limits.items()}
        own = accounts.get(account) if account is not None else None
        return {**limits, **own.limits} if own and own.platform in (None, platform.id) else limits


def changes_of(fix: str, post: Post, facts: PlatformFacts) -> Changes | None:
    """Return what the fix really changes; None where it changes nothing or makes a thread."""
    function = FIXES.get(fix)
    return None if function is None else really_changed(post, function(post, facts))


def parts_of(fix: str, post: Post, facts: PlatformFacts) -> tuple[str, ...] | None:
    """Return the texts of the posts that the fix makes of one; None for any other fix."""
    function = SPLITS.get(fix)
    return None if function is None else function(post, facts)


@lru_cache(maxsize=8)
def _compared(rulebook: Rulebook) -> Mapping[str, str]:
    """Return rule id → the measure that its finding compares with a number."""
    sides = {rule.id: evidence_of(rule, rulebook)[0] for rule in rulebook.rules}
    return {rule: side.name for rule, side in sides.items() if isinstance(side, Name)}
