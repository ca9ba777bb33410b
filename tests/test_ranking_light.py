"""Scoring with a stored model loads neither scikit-learn nor what is slow of SciPy."""

import json
import subprocess
import sys
from pathlib import Path

CODE = """
import json, sys
import polars as pl
from sharewise.engine.advice.recommending import adviser
from sharewise.engine.batch.scores import part_scorer
from sharewise.engine.content.reading import from_frame

scorer = part_scorer(__import__("pathlib").Path(sys.argv[1]), None)
posts = from_frame(pl.DataFrame({"id": ["a"], "text": ["Fresh roast"], "platform": ["x"]})).posts
measured = adviser(["x"]).measure(posts, company=False, also=scorer.measures)
assert scorer.scores(posts, measured).height == 1
print(json.dumps([name for name in ("sklearn", "scipy.stats", "joblib") if name in sys.modules]))
"""


def test_scoring_starts_light(tmp_path: Path) -> None:
    fixtures = Path(__file__).parent.parent / "fixtures"
    model = tmp_path / "x.model"
    subprocess.run(
        [sys.executable, "-m", "sharewise", "model", "train", str(fixtures / "history.csv"), "-o",
         str(model)],
        check=True, capture_output=True,
    )  # fmt: skip
    told = subprocess.run(
        [sys.executable, "-c", CODE, str(model)], check=True, capture_output=True, text=True
    )
    assert json.loads(told.stdout) == []
