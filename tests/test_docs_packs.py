"""The page on packs holds a pack that loads, passes the linter and does what it says."""

import re
from pathlib import Path

from click.testing import CliRunner

from sharewise.cli import cli
from sharewise.engine.advice.conditions import FUNCTIONS
from sharewise.engine.advice.rule_reading import RULE_KEYS

PAGE = (Path(__file__).parent.parent / "docs" / "packs.md").read_text(encoding="utf-8")
PACK = re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)[0]


def test_the_pack_on_the_page_passes_the_linter(tmp_path: Path) -> None:
    pack = tmp_path / "house.yaml"
    pack.write_text(PACK, encoding="utf-8")
    result = CliRunner().invoke(cli, ["rules", "lint", str(pack)])
    assert (result.exit_code, result.stdout.endswith("all as they say\n")) == (0, True)


def test_a_newcomers_rule_is_fifteen_lines_at_most() -> None:
    blocks = re.split(r"(?m)^  - (?=id:)", PACK.split("rules:\n")[1].split("override:")[0])
    lines = [block.rstrip().count("\n") + 1 for block in blocks if block.strip()]
    assert len(lines) == 2
    assert max(lines) <= 15


def test_every_key_and_function_is_on_the_page() -> None:
    missing = [name for name in (*RULE_KEYS, *FUNCTIONS) if f"`{name}" not in PAGE]
    assert missing == []
