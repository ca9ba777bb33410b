"""What ends up in the package is what the repository holds, no more and no less."""

import configparser
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


def test_root_holds_no_other_modules() -> None:
    assert {path.name for path in ROOT.glob("*.py")} == {"__init__.py", "__main__.py", "cli.py"}


def test_every_package_is_listed() -> None:
    config = configparser.ConfigParser()
    config.read(ROOT / "setup.cfg")
    listed = set(config["options"]["packages"].split())
    found = {"sharewise"} | {
        ".".join(("sharewise", *path.parent.relative_to(ROOT).parts))
        for folder in ("commands", "engine", "models")
        for path in (ROOT / folder).rglob("__init__.py")
    }
    assert listed == found


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> zipfile.ZipFile:
    """A wheel built from a copy of the sources, without touching the network."""
    source = tmp_path_factory.mktemp("source") / "sharewise"
    skipped = shutil.ignore_patterns(".*", "*.egg-info", "build", "__pycache__", "generated")
    shutil.copytree(ROOT, source, ignore=skipped)
    target = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "pip", "wheel", "--no-deps", "--no-build-isolation"]
    done = subprocess.run(
        [*command, "--disable-pip-version-check", "-w", target, source],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return zipfile.ZipFile(next(target.glob("*.whl")))


def test_wheel_holds_code_rules_and_types(wheel: zipfile.ZipFile) -> None:
    names = set(wheel.namelist())
    data = {f"sharewise/{path.relative_to(ROOT)}" for path in (ROOT / "rules").rglob("*.yaml")}
    assert data <= names
    assert {"sharewise/py.typed", "sharewise/cli.py", "sharewise/engine/errors.py"} <= names
    beside = {
        f"sharewise/{path.relative_to(ROOT)}"
        for folder in ("commands", "engine", "models")
        for path in (ROOT / folder).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert beside <= names


def test_wheel_holds_no_tests_and_no_fixtures(wheel: zipfile.ZipFile) -> None:
    packages = {name.split("/")[1] for name in wheel.namelist() if name.startswith("sharewise/")}
    assert packages <= {
        "__init__.py", "__main__.py", "cli.py", "py.typed", "commands", "engine", "models", "rules"
    }  # fmt: skip
