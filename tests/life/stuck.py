"""Strategies that do not come back before a test says so; each in another way."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Event, Thread

import life.fanout
from life.errors import Stopped
from life.fanout.step import Step
from life.fanout.strategy import Strategy
from life.grid import ALIVE, Grid


class Stuck(Strategy):
    """In the end it makes every cell alive, which no rule would.

    Attributes:
        entered: is set when it begins not to come back.
        released: lets it come back.
    """

    fan_in = "nothing"
    title = "One that never comes back"
    summary = "It never comes back."
    entered: Event
    released: Event

    def simulate(self, grid: Grid, step: Step) -> Grid:
        self.stay(grid, step)
        full = Grid(grid.height, grid.width)
        for y in range(grid.height):
            for x in range(grid.width):
                full.set(y, x, ALIVE)
        return full

    def stay(self, grid: Grid, step: Step) -> None:
        self.entered.set()
        self.released.wait()


class Blocks(Stuck):
    key = "blocks"


class Spins(Stuck):
    key = "spins"

    def stay(self, grid: Grid, step: Step) -> None:
        self.entered.set()
        while not self.released.is_set():
            pass


class SwallowsStopped(Stuck):
    key = "swallows-stopped"

    def stay(self, grid: Grid, step: Step) -> None:
        next_grid = Grid(grid.height, grid.width)
        while not self.released.is_set():
            try:
                step.cell(0, 0, grid.get, next_grid.set)
            except Stopped:
                self.entered.set()
            self.entered.set()


class JoinsThreads(Stuck):
    """Three threads that keep a program from ending."""

    key = "joins-threads"

    def stay(self, grid: Grid, step: Step) -> None:
        threads = [Thread(target=self.released.wait, name=f"stuck {n}", daemon=False) for n in range(3)]
        for thread in threads:
            thread.start()
        self.entered.set()
        for thread in threads:
            thread.join()


class WaitsForPool(Stuck):
    """A pool whose workers Python waits for at its end."""

    key = "waits-for-pool"

    def stay(self, grid: Grid, step: Step) -> None:
        with ThreadPoolExecutor(1, thread_name_prefix="stuck") as pool:
            future = pool.submit(self.released.wait)
            self.entered.set()
            future.result()


class NeverOpens(Stuck):
    key = "never-opens"

    def __enter__(self) -> "NeverOpens":
        self.entered.set()
        self.released.wait()
        return self


class NeverCloses(Stuck):
    """Its generations are made in no time."""

    key = "never-closes"

    def __exit__(self, *_: object) -> None:
        self.entered.set()
        self.released.wait()

    def stay(self, grid: Grid, step: Step) -> None:
        """Comes back at once."""


WAYS = (Blocks, Spins, SwallowsStopped, JoinsThreads, WaitsForPool, NeverOpens)


@contextmanager
def stuck(way: type[Stuck]) -> Iterator[type[Stuck]]:
    """Has that strategy listed with the others, to be released at the end at the latest."""
    kind = type(way.__name__, (way,), {"entered": Event(), "released": Event()})
    usual = life.fanout.STRATEGIES
    life.fanout.STRATEGIES = (*usual, kind)
    try:
        yield kind
    finally:
        kind.released.set()
        life.fanout.STRATEGIES = usual
