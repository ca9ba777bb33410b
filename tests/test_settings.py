"""Settings: found, read, checked; each value knows where it comes from."""

import os
from pathlib import Path

import pytest

from sharewise.engine.errors import SettingsError
from sharewise.engine.settings import Account, Brand, Settings, load_settings, overriding

FULL = """
employees = ["@ana", "@bo"]
competitors = ["@otherroast"]
timezone = "Europe/Lisbon"
platforms = ["twitter", "linkedin"]
packs = ["house"]
ignore = ["EMO", "LNK201"]

[brand]
name = "Harbor Roast"
handles = ["@harborroast"]
domains = ["harborroast.example"]

[severities]
TAG104 = "error"
LNK203 = "off"

[accounts.harborroast]
platform = "X"
limits = { text = 25000, links_clickable = true }

[accounts.toots]
platform = "mastodon"
timezone = "Asia/Tokyo"
"""


@pytest.fixture(autouse=True)
def _no_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SHAREWISE_CONFIG", raising=False)


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_every_key_is_read(tmp_path: Path) -> None:
    (tmp_path / "house").mkdir()
    file = write(tmp_path / "sharewise.toml", FULL)
    settings = load_settings(tmp_path)
    assert settings.brand == Brand("Harbor Roast", ("@harborroast",), ("harborroast.example",))
    assert settings.employees == ("@ana", "@bo")
    assert settings.competitors == ("@otherroast",)
    assert settings.timezone == "Europe/Lisbon"
    assert settings.platforms == ("x", "linkedin")
    assert settings.packs == (tmp_path / "house",)
    assert settings.ignore == ("EMO", "LNK201")
    assert settings.severities == {"TAG104": "error", "LNK203": "off"}
    assert settings.accounts == {
        "harborroast": Account("harborroast", "x", {"text": 25000.0, "links_clickable": 1.0}),
        "toots": Account("toots", "mastodon", {}, "Asia/Tokyo"),
    }
    assert settings.origin["accounts.harborroast.limits.text"] == str(file)
    assert set(settings.origin.values()) == {str(file)}


def test_without_a_file_there_are_defaults(tmp_path: Path) -> None:
    assert load_settings(tmp_path) == Settings()


def test_the_nearest_file_upward_holds_alone(tmp_path: Path) -> None:
    write(tmp_path / "sharewise.toml", 'timezone = "Asia/Tokyo"\nignore = ["EMO"]')
    write(tmp_path / "a" / "sharewise.toml", 'timezone = "Europe/Lisbon"')
    (tmp_path / "a" / "b").mkdir()
    settings = load_settings(tmp_path / "a" / "b")
    assert (settings.timezone, settings.ignore) == ("Europe/Lisbon", ())


def test_pyproject_counts_only_with_a_table_of_ours(tmp_path: Path) -> None:
    write(tmp_path / "pyproject.toml", '[tool.sharewise]\ntimezone = "Asia/Tokyo"')
    write(tmp_path / "a" / "pyproject.toml", '[project]\nname = "sharewise-posts"')
    assert load_settings(tmp_path / "a").timezone == "Asia/Tokyo"


def test_sharewise_toml_goes_before_pyproject(tmp_path: Path) -> None:
    write(tmp_path / "pyproject.toml", '[tool.sharewise]\ntimezone = "Asia/Tokyo"')
    write(tmp_path / "sharewise.toml", 'timezone = "Europe/Lisbon"')
    assert load_settings(tmp_path).timezone == "Europe/Lisbon"


def test_the_variable_names_a_file_and_an_argument_goes_before_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    named = write(tmp_path / "named.toml", 'timezone = "Asia/Tokyo"')
    other = write(tmp_path / "other.toml", 'timezone = "Europe/Lisbon"')
    monkeypatch.setenv("SHAREWISE_CONFIG", str(named))
    settings = load_settings(tmp_path)
    assert settings.timezone == "Asia/Tokyo"
    assert settings.origin == {"timezone": f"{named} (SHAREWISE_CONFIG)"}
    assert load_settings(tmp_path, other).timezone == "Europe/Lisbon"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("timezon = 'UTC'", "unknown key 'timezon' (did you mean timezone?); allowed: brand, emp"),
        ("[brand]\nhandle = []", "brand: unknown key 'handle' (did you mean handles?)"),
        ("timezone = 'Europe/Lisbn'", "timezone: 'Europe/Lisbn' is no time zone (did you mean Eur"),
        ("timezone = '../../etc/passwd'", "is no time zone"),
        ("timezone = 3", "timezone: 3 is no text"),
        (
            "platforms = ['twiter']",
            "platforms: 'twiter' is no platform (did you mean X (Twitter)?)",
        ),
        ("platforms = 'x'", "platforms: 'x' is no list of texts"),
        ("employees = ['ana', 3]", "employees[2]: 3 is no text"),
        ("packs = ['nowhere']", "nowhere is not there"),
        ("brand = 'Harbor'", "brand: 'Harbor' is no table"),
        ("[severities]\nTAG104 = 'eror'", "severities.TAG104: 'eror' (did you mean error?); allow"),
        ("[accounts.a]\nlimits = {}", "accounts.a: no platform"),
        ("[accounts.a]\nplatform='x'\nlimits={txt=1}", "'txt' is no limit (did you mean text or "),
        ("[accounts.a]\nplatform='x'\nlimits={text=nan}", "limits.text: nan is no number of 0"),
        ("[accounts.a]\nplatform='x'\nlimits={text=-1}", "limits.text: -1 is no number of 0"),
        ("[accounts.a]\nplatform='x'\nlimits={text='9'}", "limits.text: '9' is no number of 0"),
        ("timezone = ", "not TOML: Invalid value (at end of document)"),
        ("a = " + "[" * 20_000, "nested too deep"),
    ],
)
def test_what_is_wrong_is_named_with_file_and_key(tmp_path: Path, text: str, told: str) -> None:
    file = write(tmp_path / "sharewise.toml", text)
    with pytest.raises(SettingsError) as caught:
        load_settings(tmp_path)
    assert told in str(caught.value)
    assert str(caught.value).startswith(str(file))
    assert "\n" not in str(caught.value)


def test_a_file_that_is_not_text(tmp_path: Path) -> None:
    (tmp_path / "sharewise.toml").write_bytes(b"timezone = '\xff'")
    with pytest.raises(SettingsError, match="byte 13 is not UTF-8"):
        load_settings(tmp_path)


def test_a_byte_order_mark_does_no_harm(tmp_path: Path) -> None:
    (tmp_path / "sharewise.toml").write_bytes(b"\xef\xbb\xbftimezone = 'Asia/Tokyo'")
    assert load_settings(tmp_path).timezone == "Asia/Tokyo"


def test_a_named_file_must_be_there(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"no\.toml: can't be read: No such file"):
        load_settings(tmp_path, tmp_path / "no.toml")
    empty = write(tmp_path / "pyproject.toml", "[tool]")
    with pytest.raises(SettingsError, match=r"no table \[tool\.sharewise\]"):
        load_settings(tmp_path, empty)


def test_a_huge_file_is_not_read(tmp_path: Path) -> None:
    file = tmp_path / "sharewise.toml"
    with file.open("wb") as opened:
        os.truncate(opened.fileno(), 3_000_000)
    with pytest.raises(SettingsError, match="larger than 1000000 bytes"):
        load_settings(tmp_path)


def test_an_override_knows_where_it_comes_from() -> None:
    before = Settings(origin={"ignore": "sharewise.toml"})
    after = overriding(before, "--timezone", timezone="Asia/Tokyo")
    assert after.timezone == "Asia/Tokyo"
    assert after.origin == {"ignore": "sharewise.toml", "timezone": "--timezone"}
    assert before.timezone == "UTC"
