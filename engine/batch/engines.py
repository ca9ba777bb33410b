"""Where the work is done: in processes of this machine, or by a Dask cluster."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from ..errors import BatchError
from .dask_engine import run_dask
from .local_engine import run_local

ENGINES = ("local", "dask")
Task = TypeVar("Task")
Result = TypeVar("Result")


@dataclass(frozen=True)
class Engine:
    """An engine and where it is.

    Attributes
    ----------
    name : one of `ENGINES`
    jobs : processes; None: as many as cores
    scheduler, insecure : of Dask, see `dask_engine.run_dask`
    """

    name: str = "local"
    jobs: int | None = None
    scheduler: str | None = None
    insecure: bool = False

    def __post_init__(self) -> None:
        """Refuse what does not go together."""
        if self.name not in ENGINES:
            raise BatchError(f"--engine {self.name}: allowed: {', '.join(ENGINES)}")
        if self.scheduler is not None and self.name != "dask":
            raise BatchError("--scheduler is one of Dask's: say --engine dask")

    def run(self, work: Callable[[Task], Result], tasks: Sequence[Task]) -> Iterator[Result]:
        """Yield what ``work`` gives for each task, as it is done, in any order."""
        if not tasks:
            return iter(())
        if self.name == "dask":
            return run_dask(work, tasks, self.scheduler, self.jobs, insecure=self.insecure)
        return run_local(work, tasks, self.jobs)
