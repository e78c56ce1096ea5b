"""What every way of running a generation has in common, so that a file of its own is all that a new one needs."""

from math import ceil
from types import TracebackType
from typing import ClassVar, Protocol, Self

from life.fanout.step import Step
from life.grid import Grid

__all__ = ["Grid", "Step", "Strategy"]  # which is all that the file of a new one needs


class Strategy(Protocol):
    """One way of running a generation; a subclass reads like the page of a book and keeps no books itself.

    Attributes:
        key: its name on the command line and in settings.
        title: its name in the window.
        summary: what it does, in one sentence.
        fan_in: the call in which its caller waits for the cells.
        grid_type: the kind of grid whose `get` the cells are handed.
        default_workers: how many workers it has unless told otherwise; None where it has no number to choose.
        has_engine: whether `life.engine.world_engine` does its work, so that one may choose how.
        is_whole: whether it takes a world further as a whole: it is handed a `life.fanout.world_grid.WorldGrid` and
            makes as many generations as the step says. No cell waits then, and nothing is written down of any.
        takes_cluster: whether its workers may be those of a Dask cluster elsewhere.
    """

    key: ClassVar[str]
    title: ClassVar[str]
    summary: ClassVar[str]
    fan_in: ClassVar[str]
    grid_type: ClassVar[type[Grid]] = Grid
    default_workers: ClassVar[int | None] = None
    is_whole: ClassVar[bool] = False
    has_engine: ClassVar[bool] = False
    takes_cluster: ClassVar[bool] = False

    workers: int
    cluster: str | None

    def __init__(self, workers: int | None = None, cluster: str | None = None) -> None:
        self.workers = workers or self.default_workers or 1
        self.cluster = cluster

    def __enter__(self) -> Self:
        """Starts the workers that outlive a generation."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        """Ends them; nothing of theirs is left when it returns."""

    def most_threads(self, height: int, width: int) -> int:
        """The most threads that it can have at once for a board of that size, besides its caller's."""
        return self.workers if self.default_workers else 0

    def waits_in_a_row(self, height: int, width: int) -> int:
        """How many waits follow one another at the best on a board of that size, were everything else free."""
        if self.is_whole:
            return 0
        return ceil(height * width / self.workers) if self.default_workers else 1

    def simulate(self, grid: Grid, step: Step) -> Grid:
        """One generation: has `step` done for every cell of `grid`, and returns the next grid.

        Raises:
            BaseException: what its mechanism really raises when a cell does, which may be nothing at all.
        """
        ...
