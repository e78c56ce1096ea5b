"""Whatever the world is, the engine that takes it further: one for boards and one for planes, made when needed."""

from typing import TYPE_CHECKING

from life.board import Board
from life.engine.engine import Engine
from life.experiment import MEMORY
from life.rule import Rule
from life.stop import StopSignal
from life.topology import Topology
from life.world import World

if TYPE_CHECKING:
    from life.engine.plane_engine import PlaneEngine


class WorldEngine:
    """Keeps both engines, with what they keep, from one visit to the next; for one thread at a time.

    Args:
        kind: how planes are taken further: "automatic", "tiles" or "hashlife".
        memory: how many bytes HashLife may take.
        boards: what takes boards further; one of its own where None.
    """

    def __init__(self, kind: str = "automatic", memory: int = MEMORY, boards: Engine | None = None) -> None:
        self._choice = kind, memory
        self._boards = boards
        self._planes: PlaneEngine | None = None
        self._is_on_plane = False

    def choose(self, kind: str, memory: int) -> None:
        """Goes on in another way from the next visit on."""
        if (kind, memory) != self._choice:
            self._choice = kind, memory
            self._planes = None

    @property
    def note(self) -> str:
        """What the user should know of the last visit, in one sentence; or ""."""
        return self._planes.note if self._planes and self._is_on_plane else ""

    @property
    def using(self) -> str:
        """Key of the engine that took a plane further last; "" where it was a board."""
        return self._planes.using if self._planes and self._is_on_plane else ""

    def step(
        self, world: World, rule: Rule, topology: Topology, generations: int = 1, stop: StopSignal | None = None
    ) -> World:
        """The world that is `generations` further.

        Raises:
            Stopped: `stop` was set; what was computed is dropped.
            LifeError: the world cannot be taken so far.
        """
        self._is_on_plane = not isinstance(world, Board)
        if isinstance(world, Board):
            self._boards = self._boards or Engine()
            return self._boards.step(world, rule, topology, generations, stop)
        self._planes = self._planes or self._new_plane_engine()
        return self._planes.step(world, rule, generations, stop)

    def _new_plane_engine(self) -> "PlaneEngine":
        from life.engine.plane_engine import PlaneEngine  # takes its time, and many never see a plane

        kind, memory = self._choice
        return PlaneEngine(kind, memory)
