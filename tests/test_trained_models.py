"""Trained models: pooled priors, stored and read back, refused where they are not ours."""

import copy
import io
import json
import subprocess
import sys
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest

from sharewise.engine.content.changed_posts import as_frame
from sharewise.engine.errors import HistoryError, ModelError
from sharewise.engine.ranking.from_history import model_from_history
from sharewise.engine.ranking.model_card import model_card
from sharewise.engine.ranking.model_check import check_model
from sharewise.engine.ranking.model_files import model_bytes, save_model
from sharewise.engine.ranking.ranking import rank_posts
from sharewise.engine.ranking.scoring import SCORE_SCHEMA, Scorer, load_scorer
from sharewise.models.plain_models import model_from_plain, plain_model
from sharewise.models.storage import StorageError, content_digest

START = datetime(2025, 1, 1, 9, tzinfo=UTC)
GOOD, BAD = "latte art by Maja", "we close early today"


def history(accounts: dict[str, int], platform: str = "instagram") -> pl.DataFrame:
    """Posts of which those about latte art did three times as well, in every account."""
    rng = np.random.default_rng(5)
    posts = []
    for name, size in accounts.items():
        for at in range(size):
            good = bool(rng.integers(2))
            mean = 40 * (3 if good else 1)
            posts.append(
                {
                    **{"text": f"{GOOD if good else BAD} {at % 13}", "account": name},
                    **{"id": f"{name}-{at}", "platforms": [platform], "likes": rng.poisson(mean)},
                    "published_at": START + timedelta(hours=30 * at),
                }
            )
    return as_frame(posts)


@pytest.fixture(scope="module")
def scorer() -> Scorer:
    model, _ = model_from_history(history({"small": 30, "large": 150, "other": 120}))
    return Scorer(model, "")


@pytest.fixture(scope="module")
def stored(scorer: Scorer, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("stored") / "m.model"
    save_model(scorer.model, path)
    return path


def backlog(account: str | None) -> pl.DataFrame:
    return as_frame([{"id": text, "text": text, "account": account} for text in (BAD, GOOD)])


def test_scores_have_the_schema_and_null_where_refused(scorer: Scorer) -> None:
    found = scorer.score(backlog("large"), ["instagram", "x"])
    assert found.schema == SCORE_SCHEMA
    assert found["index"].to_list() == [0, 1, 0, 1]
    bad, good, *elsewhere = found["score"].to_list()
    assert good > bad
    assert elsewhere == [None, None]


def test_a_small_account_is_refused_and_ordered_by_the_prior(scorer: Scorer) -> None:
    ranking = rank_posts(backlog("small"), scorer, ["instagram"])
    assert ranking.frame["post"].to_list() == [GOOD, BAD]
    assert ranking.frame["score"].to_list() == [None, None]
    assert ranking.verdicts[0].basis == "prior"


def test_an_unknown_account_is_ordered_by_the_prior(scorer: Scorer) -> None:
    ranking = rank_posts(backlog("new"), scorer, ["instagram"])
    assert ranking.frame["post"].to_list() == [GOOD, BAD]
    assert ranking.verdicts[0].basis == "prior"
    assert ranking.verdicts[0].refusal == "no past posts there to learn from"


def test_no_account_learns_from_itself_twice(scorer: Scorer) -> None:
    for model in scorer.model.accounts:
        if model.prior is not None:
            assert model.account not in scorer.model.priors[model.prior].accounts


def test_platforms_are_never_pooled() -> None:
    posts = pl.concat([history({"a": 60}, "x"), history({"a": 60}, "facebook")])
    model, _ = model_from_history(posts)
    assert model.priors == ()
    assert [(one.platform, one.prior) for one in model.accounts] == [
        ("facebook", None),
        ("x", None),
    ]


def test_a_stored_model_scores_the_same_in_every_process(scorer: Scorer, stored: Path) -> None:
    posts = backlog("large")
    wanted = scorer.score(posts, ["instagram"])["score"].to_list()
    assert load_scorer(stored).score(posts, ["instagram"])["score"].to_list() == wanted
    posts.write_parquet(stored.with_name("posts.parquet"))
    done = subprocess.run(
        [sys.executable, "-c", ELSEWHERE, str(stored), str(stored.with_name("posts.parquet"))],
        capture_output=True,
        text=True,
        check=True,
    )
    assert json.loads(done.stdout) == wanted


ELSEWHERE = """
import json, sys
import polars as pl
from sharewise.engine.ranking.scoring import load_scorer
scores = load_scorer(sys.argv[1]).score(pl.read_parquet(sys.argv[2]), ["instagram"])["score"]
print(json.dumps(scores.to_list()))
"""


def test_no_score_is_nan_or_infinite(scorer: Scorer) -> None:
    texts = [None, "", "\x00", "漢字" * 4000, "🙂" * 9, "a" * 100_000, "‮\u0301"]
    posts = as_frame([{"text": text, "account": "large"} for text in texts])
    found = scorer.order(posts, ["instagram"])
    assert found["score"].is_finite().all()
    assert scorer.score(posts.clear(), ["instagram"]).height == 0


def test_the_order_of_posts_does_not_matter(scorer: Scorer) -> None:
    posts = history({"large": 40})
    turned = posts[list(reversed(range(40)))]
    first = scorer.score(posts, ["instagram"])["score"].to_list()
    second = scorer.score(turned, ["instagram"])["score"].to_list()
    assert first == pytest.approx(second[::-1], abs=1e-12)


def edited(stored: Path, change: Callable[[dict[str, Any]], object], name: str) -> Path:
    """Return a model file with a changed part and digests that fit it."""
    with zipfile.ZipFile(stored) as archive:
        files = {one: archive.read(one) for one in archive.namelist()}
    content = json.loads(files[name])
    change(content)
    files[name] = json.dumps(content).encode()
    manifest = json.loads(files["manifest.json"])
    if name != "manifest.json":
        digests = {
            one: sha256(data).hexdigest() for one, data in files.items() if one != "manifest.json"
        }
        manifest |= {"sha256": digests, "digest": content_digest(digests)}
        files["manifest.json"] = json.dumps(manifest).encode()
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for one, data in files.items():
            archive.writestr(one, data)
    path = stored.with_name("edited.model")
    path.write_bytes(made.getvalue())
    return path


@pytest.mark.parametrize("library", ["scikit-learn", "numpy", "polars"])
def test_a_file_of_an_older_library_is_refused(stored: Path, library: str) -> None:
    def age(manifest: dict[str, Any]) -> None:
        manifest["versions"][library] = "0.9.1"

    with pytest.raises(ModelError, match=f"trained with {library} 0.9.1, here is .* train it"):
        load_scorer(edited(stored, age, "manifest.json"))


def test_a_file_of_other_measures_is_refused(stored: Path) -> None:
    def more(manifest: dict[str, Any]) -> None:
        manifest["features"].append("text.mood")

    with pytest.raises(ModelError, match="other measures"):
        load_scorer(edited(stored, more, "manifest.json"))


WRONG: dict[str, Callable[[dict[str, Any]], object]] = {
    "key": lambda model: model.pop("accounts"),
    "type": lambda model: model.update(accounts=7),
    "prior": lambda model: model["accounts"][0].update(prior=99),
    "array": lambda model: model["accounts"][0].update(type_effects={"array": 10_000}),
    "about": lambda model: model["about"]["settings"].update(fast="yes"),
    "evidence": lambda model: model["accounts"][0]["evidence"].update(more=1),
    "names": lambda model: model["accounts"][0]["past"]["names"].pop(),
}


@pytest.mark.parametrize("wrong", WRONG)
def test_a_model_that_is_not_shaped_as_ours_is_refused(stored: Path, wrong: str) -> None:
    with pytest.raises(ModelError, match=r"edited\.model: "):
        load_scorer(edited(stored, WRONG[wrong], "model.json"))


@pytest.mark.parametrize("value", [np.nan, np.inf])
def test_numbers_that_are_none_are_refused(scorer: Scorer, value: float) -> None:
    plain = copy.deepcopy(plain_model(scorer.model))
    plain["accounts"][0]["type_effects"][0] = value
    with pytest.raises(StorageError, match="not finite"):
        model_from_plain(plain)


def test_the_card_tells_the_evidence(scorer: Scorer) -> None:
    with zipfile.ZipFile(io.BytesIO(model_bytes(scorer.model))) as archive:
        card = archive.read("CARD.md").decode()
        manifest = json.loads(archive.read("manifest.json"))
    assert "| instagram | large | 1" in card
    assert "refused: 2" in card
    assert {one["account"] for one in manifest["evidence"]} == {"small", "large", "other"}
    assert set(manifest["versions"]) == {"scikit-learn", "numpy", "polars"}


def test_a_check_against_the_same_posts_says_keep(scorer: Scorer) -> None:
    found = check_model(scorer, history({"small": 30, "large": 150, "other": 120}), None)
    assert [one.account for one in found] == ["large", "other", "small"]
    assert not any(one.verdict.refit for one in found)
    assert all(one.new == 0 for one in found)


def test_a_check_against_later_and_other_posts_says_refit(scorer: Scorer) -> None:
    later = history({"large": 150}).with_columns(
        pl.col("published_at") + pl.duration(days=250),
        pl.col("likes") * 9,
        pl.lit("WHY? " * 40).alias("text"),
    )
    (found,) = check_model(scorer, later, None)
    assert found.verdict.refit
    told = " ".join(found.verdict.reasons)
    assert "likes has a median of" in told
    assert "PSI" in told
    with pytest.raises(ModelError, match="no account of the model"):
        check_model(scorer, history({"stranger": 30}), None)


def test_an_outcome_that_is_a_measure_is_an_error() -> None:
    posts = history({"a": 40}).with_columns(likes=pl.int_range(1, 41).cast(pl.Int64))
    longer = [f"{'word ' * count}" for count in range(1, 41)]
    with pytest.raises(HistoryError, match="taken for an outcome"):
        model_from_history(posts.with_columns(text=pl.Series(longer)))


def test_two_processes_train_the_same_model(scorer: Scorer) -> None:
    posts = history({"small": 30, "large": 150, "other": 120})
    model, _ = model_from_history(posts, jobs=2)
    about = {"created": "now", "versions": {}}
    assert model_card(model, about) == model_card(scorer.model, about)
    found = Scorer(model, "").score(backlog("large"), ["instagram"])
    assert found.equals(scorer.score(backlog("large"), ["instagram"]))
