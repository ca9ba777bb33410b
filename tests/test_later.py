"""Patterns that wait: compiled once, when first used, and then the same as any other."""

import re

from sharewise.engine.content.text.later import later


def test_a_pattern_is_compiled_when_first_used_and_once() -> None:
    compiled: list[re.Pattern[str]] = []

    def compiling() -> re.Pattern[str]:
        compiled.append(re.compile("a(.)"))
        return compiled[-1]

    pattern = later(compiling)
    assert not compiled
    assert [match[1] for match in pattern.finditer("ab ac")] == ["b", "c"]
    assert [match[1] for match in pattern.finditer("ad")] == ["d"]
    assert len(compiled) == 1
