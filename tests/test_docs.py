"""The made pages are fresh, and name everything there is."""

import importlib.util
from pathlib import Path

import pytest

DOCS = Path(__file__).parent.parent / "docs"


def generated() -> dict[str, str]:
    spec = importlib.util.spec_from_file_location("docs_generate", DOCS / "generate.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    pages: dict[str, str] = module.pages()
    return pages


@pytest.fixture(scope="module")
def pages() -> dict[str, str]:
    return generated()


def test_made_pages_are_fresh(pages: dict[str, str]) -> None:
    stale = [
        name
        for name, text in pages.items()
        if not (DOCS / name).exists() or (DOCS / name).read_text(encoding="utf-8") != text
    ]
    assert stale == [], "run: make docs"


def test_command_reference_is_whole(pages: dict[str, str]) -> None:
    from sharewise.cli import COMMANDS

    for name in (*COMMANDS, "rules show", "rules lint", "template posts"):
        assert f"\n## sharewise {name}\n" in pages["cli.md"]


def test_rules_page_is_whole(pages: dict[str, str]) -> None:
    from sharewise.engine.advice.rulebook import load_rulebook

    for rule in load_rulebook().rules:
        assert f"\n### {rule.id} {rule.name}\n" in pages["rules.md"]
