"""A complete record of a week on a social network: rank at nine times, score against the next day.

python -m benchmarks.community.higgs
"""

from sharewise.engine.community.evaluation import evaluate
from sharewise.engine.community.evaluation_report import lines
from sharewise.engine.community.reading import read_interactions

from ..machine import machine
from .data import HIGGS, HOUR
from .more_baselines import ALL


def main() -> None:
    """Print NDCG@100 of every method, and in how many windows the score is ahead."""
    edges = read_interactions([HIGGS], keep="edges").edges
    start = int(edges.acts["at"].min())  # type: ignore[arg-type]
    times = [start + hours * HOUR for hours in range(48, 145, 12)]
    print(f"higgs · {machine()}")
    for half_life in (1.5, 0.75, 14.0):
        result = evaluate(
            edges, half_life=half_life, horizon=1.0, times=times, top=100, methods=ALL
        )
        for line in lines(result):
            print(f"  {line}")


if __name__ == "__main__":
    main()
