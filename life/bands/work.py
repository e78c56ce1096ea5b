"""What a worker does with a band, in whichever thread, process or machine it lives."""

from dataclasses import dataclass
from functools import cache
from threading import local

from life.bands.cutting import Band
from life.board import Bits, Board
from life.engine.compiler import Compiler
from life.engine.engine import Engine
from life.rule import Rule
from life.stop import StopSignal
from life.topology import Topology

_WORTH_COMPILING = 1 << 20  # cells times generations, below which NumPy needs less than a millisecond

_here = local()


@dataclass(frozen=True, slots=True)
class BandStep:
    """Takes bands further: call it with one.

    Attributes:
        rule, topology: of the board.
        generations: for how many the bands were cut.
        stop: ends the work where it is looked at every few milliseconds, which is in this process only.
    """

    rule: Rule
    topology: Topology
    generations: int
    stop: StopSignal | None = None

    def __call__(self, band: Band) -> Bits:
        """The packed rows of the band, `generations` further; read-only, of shape (rows, stride).

        Raises:
            Stopped: `stop` was set.
        """
        board = Board(len(band.bits), band.width, band.bits)
        engine = engine_for(board.height * board.width * self.generations)
        beyond = Topology(wraps_y=False, wraps_x=self.topology.wraps_x)
        after = engine.step(board, self.rule, beyond, self.generations, self.stop)
        return after.bits[band.above : band.above + band.rows]

    def __getstate__(self) -> tuple[Rule, Topology, int]:
        """All but the signal, which nobody could set from here once it is elsewhere."""
        return self.rule, self.topology, self.generations

    def __setstate__(self, state: tuple[Rule, Topology, int]) -> None:
        for name, value in zip(("rule", "topology", "generations", "stop"), (*state, None), strict=True):
            object.__setattr__(self, name, value)


def compile_for(rule: Rule) -> None:
    """Waits until this process has its loops for `rule`, if it can have any; for whoever measures."""
    if _compiler().wait(rule):
        while _compiler().changes_loop(rule) is None and not _compiler().trouble:
            _compiler().join()


def engine_for(work: int) -> Engine:
    """This thread's own for so many cells times generations; its buffers end with the thread."""
    name = "big" if work >= _WORTH_COMPILING else "small"
    engine: Engine | None = getattr(_here, name, None)
    if engine is None:
        engine = Engine(_compiler() if name == "big" else Compiler(_never))
        setattr(_here, name, engine)
    return engine


@cache
def _compiler() -> Compiler:
    """One for all threads of this process, so that a rule is compiled once."""
    return Compiler()


def _never(*_: object) -> None:
    raise ImportError("what is small is left to NumPy")
