"""What a rule is about: posts or pages, told by the measures that it reads."""

from dataclasses import replace

from .condition_nodes import measures_in
from .messages import parse_template, template_measures
from .rule import Rule, Rulebook

POSTS, PAGES = "posts", "pages"
_OF_PAGES = ("page.", "card.")


def rules_about(rulebook: Rulebook, subject: str) -> Rulebook:
    """Return the rulebook with only the rules about posts, or about pages, in force.

    The others are among its ``switched_off``, so that they are still known by name.
    """
    of_pages = _observations_of_pages(rulebook)
    own = {
        rule: (PAGES if _is_about_pages(rule, rulebook, of_pages) else POSTS) == subject
        for rule in rulebook.rules
    }
    return replace(
        rulebook,
        rules=tuple(rule for rule, kept in own.items() if kept),
        switched_off=(*rulebook.switched_off, *(rule for rule, kept in own.items() if not kept)),
    )


def _is_about_pages(rule: Rule, rulebook: Rulebook, of_pages: frozenset[str]) -> bool:
    """Return whether the rule reads a measure of pages; ``of_pages`` are observations that do."""
    if not of_pages.isdisjoint((*rule.when, *rule.unless)):
        return True
    # Parsing every advice would take longer than all the rest.
    if not any(f"{{{prefix}" in rule.advice for prefix in _OF_PAGES):
        return False
    told = template_measures(parse_template(rule.advice, rulebook.kinds))
    return any(one.startswith(_OF_PAGES) for one in told)


def _observations_of_pages(rulebook: Rulebook) -> frozenset[str]:
    return frozenset(
        name
        for name, observation in rulebook.observations.items()
        if any(one.startswith(_OF_PAGES) for one in measures_in(observation.node))
    )
