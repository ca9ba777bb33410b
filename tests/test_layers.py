"""Imports run one way, and each third-party library has one home."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
LAYERS = ["models", "engine.errors", "engine.content", "engine.settings", "engine.advice"]
LAYERS += ["engine.community", "engine.ranking", "engine.batch", "commands", "cli"]
HOMES = {
    "click": {"cli", "commands"},
    "dask": {"engine.batch"},
    "distributed": {"engine.batch"},
    "durable_rules_engine": {"engine.advice.inference"},
    "emoji": {"engine.content.text"},
    "fastexcel": {"engine.content.reading"},
    "fsspec": {"engine.batch"},
    "imagesize": {"engine.content.pages"},
    "igraph": {"engine.community.graph"},
    "jinja2": {"engine.advice.reports"},
    "joblib": {"models", "engine.advice.streaming", "engine.batch"},
    "networkx": {"engine.community.graph"},
    "regex": {"engine.content.text"},
    "scipy": {"models"},
    "selectolax": {"engine.content.pages"},
    "sklearn": {"models"},
    "threadpoolctl": {"models"},
    "twitter_text": {"engine.content.text"},
    "wordninja": {"engine.content.text"},
    "xlrd": {"engine.content.reading"},
    "xlsxwriter": {"engine.advice.reports"},
    "yaml": {"engine.content.safe_yaml"},
}
SOURCES = [
    ROOT / "cli.py",
    *sorted(
        path
        for folder in ("commands", "engine", "models")
        for path in (ROOT / folder).rglob("*.py")
        if "__pycache__" not in path.parts
    ),
]


def dotted(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(part for part in parts if part != "__init__")


def layer(name: str) -> int:
    fitting = [i for i, prefix in enumerate(LAYERS) if (name + ".").startswith(prefix + ".")]
    return fitting[0] if fitting else -1


def imports(path: Path) -> list[str]:
    """Every module that the file imports; our own as dotted from the root, e.g. engine.content."""
    package = dotted(path) if path.name == "__init__.py" else dotted(path).rpartition(".")[0]
    found = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            found.append(node.module or "")
        elif isinstance(node, ast.ImportFrom):
            parts = package.split(".") if package else []
            base = parts[: len(parts) - node.level + 1]
            target = ".".join([*base, node.module] if node.module else base)
            found += [f"{target}.{alias.name}".strip(".") for alias in node.names]
    return found


@pytest.mark.parametrize("path", SOURCES, ids=dotted)
def test_imports_run_one_way(path: Path) -> None:
    own = layer(dotted(path))
    upward = [name for name in imports(path) if layer(name) > own >= 0]
    assert upward == []


@pytest.mark.parametrize("path", SOURCES, ids=dotted)
def test_each_library_has_one_home(path: Path) -> None:
    for name in imports(path):
        homes = HOMES.get(name.split(".")[0])
        if homes:
            here = dotted(path) + "."
            assert any(here.startswith(home + ".") for home in homes), f"{name} in {dotted(path)}"


@pytest.mark.parametrize("path", SOURCES, ids=dotted)
def test_own_imports_are_relative(path: Path) -> None:
    assert not [name for name in imports(path) if name.split(".")[0] == "sharewise"]


@pytest.mark.parametrize("path", SOURCES, ids=dotted)
def test_files_are_short_and_named_for_what_they_do(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 400
    assert path.stem not in {"utils", "util", "helpers", "base", "manager", "common", "misc"}
