"""What the object is that somebody points at."""

from dataclasses import dataclass

from life.board import Board
from life.knowing.component import component_at
from life.knowing.names import Names
from life.knowing.object import Fate, Nature, nature_of
from life.knowing.plane import Cluster, canonical_key
from life.moment import Moment
from life.rule import Rule

_APART = 2, 3, 4, 6  # rows or columns between cells of one object; an oscillator may fall apart for a moment


@dataclass(frozen=True, slots=True)
class Sighting:
    """An object on a board.

    Attributes:
        nature: what it does if it is left alone.
        name: what it is called, or "".
        population: how many of its cells are alive.
        is_in_the_way: whether an edge is in the way of what it does, or the board too small for it.
    """

    nature: Nature
    name: str
    population: int
    is_in_the_way: bool

    @property
    def title(self) -> str:
        """What it is in short: its name, or else what it does, or else how large it is."""
        if self.name:
            return self.name
        return _capital(str(self.nature)) if self.nature.is_periodic else self._cells

    @property
    def details(self) -> str:
        """What else is to be said of it."""
        edge = ", but the edge is in its way" if self.is_in_the_way else ""
        if self.nature.is_periodic != bool(self.name):
            return f"{self._cells}{edge}"
        return f"{_capital(str(self.nature))}{edge}"

    @property
    def _cells(self) -> str:
        return f"{self.population} cell{'' if self.population == 1 else 's'}"

    def __str__(self) -> str:
        """In one line: "Glider: Spaceship, period 4, moves (1, 1), c/4 diagonal"."""
        return f"{self.title}: {self.details}"


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def sighting_at(moment: Moment, y: int, x: int, names: Names) -> Sighting | None:
    """The object at cell (y, x) of a board or a plane, cut out and let live alone; takes some milliseconds.

    Returns:
        None where nothing is alive, or what is there is too large.
    """
    board, topology = moment.board, moment.topology
    first: Sighting | None = None
    seen = 0
    for apart in _APART:
        cluster = component_at(board, topology, y, x, apart)
        if cluster is None:
            break
        if cluster.population == seen:
            continue
        seen = cluster.population
        sighting = _sighting(cluster, moment.rule, moment, names)
        if sighting.nature.is_periodic or sighting.name:
            return sighting
        first = first or sighting
    return first


def _sighting(cluster: Cluster, rule: Rule, moment: Moment, names: Names) -> Sighting:
    beginning = Nature(Fate.UNKNOWN, key=canonical_key(cluster.cells))
    if name := names.name_of(beginning, rule):  # what becomes of it may take thousands of generations
        return Sighting(beginning, name, cluster.population, is_in_the_way=False)
    nature = nature_of(cluster, rule)
    return Sighting(nature, names.name_of(nature, rule), cluster.population, _is_in_the_way(nature, moment))


def _is_in_the_way(nature: Nature, moment: Moment) -> bool:
    top, left, bottom, right = nature.reach
    board, topology = moment.board, moment.topology
    if not isinstance(board, Board):
        return False
    blocked_y = not _has_room(top, bottom, board.height, topology.wraps_y)
    return blocked_y or not _has_room(left, right, board.width, topology.wraps_x)


def _has_room(first: int, end: int, length: int, wraps: bool) -> bool:
    """Round a torus two empty rows must be left, or it has neighbours in common with itself."""
    return length - (end - first) >= 2 if wraps else first >= 0 and end <= length
