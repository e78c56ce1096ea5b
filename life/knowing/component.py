"""Which live cells belong together: those that can have a say in the same cell."""

import numpy as np

from life.board import Board
from life.knowing.plane import Cluster
from life.plane.box import Box
from life.topology import Topology
from life.world import World

MOST_CELLS = 300
LONGEST_REACH = 100  # rows or columns from where one points

Cell = tuple[int, int]


def component_at(board: World, topology: Topology, y: int, x: int, apart: int = 2) -> Cluster | None:
    """The live cells at (y, x) and all that are connected with them, each at most `apart` rows and columns away.

    Cells at a distance of 2 have neighbours in common. Where (y, x) itself is empty, a live cell next to it will do.
    Over edges that wrap round they are followed, so that the cluster may stand partly beyond the board. Nothing beyond
    the reach is looked at.

    Returns:
        None where nothing is alive there, where it is too large to be told in no time, or where it goes all the way
        round the board and so has no beginning.
    """
    live = _live_around(board, topology, y, x)
    begun = next((cell for cell in _near(y, x) if cell in live), None)
    if begun is None:
        return None
    found, waiting = {begun}, [begun]
    steps = [(dy, dx) for dy in range(-apart, apart + 1) for dx in range(-apart, apart + 1) if dy or dx]
    while waiting:
        here_y, here_x = waiting.pop()
        for dy, dx in steps:
            cell = here_y + dy, here_x + dx
            if cell in live and cell not in found:
                found.add(cell)
                waiting.append(cell)
        if len(found) > MOST_CELLS:
            return None
    return _cluster(found, board, y, x)


def _near(y: int, x: int) -> list[Cell]:
    """The cell itself, then the ones beside it, then the ones at its corners."""
    around = [(y + dy, x + dx) for dy in (-1, 0, 1) for dx in (-1, 0, 1)]
    return sorted(around, key=lambda cell: abs(cell[0] - y) + abs(cell[1] - x))


def _live_around(board: World, topology: Topology, y: int, x: int) -> set[Cell]:
    """The live cells in reach; on a board that wraps round, those beyond its edge have numbers beyond it as well."""
    around = Box(y, x, y + 1, x + 1).grown(LONGEST_REACH)
    if not isinstance(board, Board):
        return _live_in(board, around, 0, 0)
    live: set[Cell] = set()
    for down in _turns(around.top, around.bottom, board.height, topology.wraps_y):
        for right in _turns(around.left, around.right, board.width, topology.wraps_x):
            moved = Box(around.top - down, around.left - right, around.bottom - down, around.right - right)
            live |= _live_in(board, moved.within(board.frame), down, right)
    return live


def _turns(first: int, end: int, length: int, wraps: bool) -> range:
    """By how much the board is moved each time that it is met between `first` and `end`."""
    return range(first // length * length, end, length) if wraps else range(1)


def _live_in(board: World, box: Box, down: int, right: int) -> set[Cell]:
    if box.is_empty:
        return set()
    ys, xs = np.nonzero(board.crop(box).cells())
    return {(y + box.top + down, x + box.left + right) for y, x in zip(ys.tolist(), xs.tolist(), strict=True)}


def _cluster(found: set[Cell], board: World, y: int, x: int) -> Cluster | None:
    places = np.array(sorted(found))
    if np.abs(places - (y, x)).max() > LONGEST_REACH - 2:
        return None
    if isinstance(board, Board) and _meets_itself(found, board):
        return None
    top, left = places.min(axis=0).tolist()
    cells = np.zeros(places.max(axis=0) - (top, left) + 1, np.uint8)
    cells[tuple((places - (top, left)).T)] = 1
    return Cluster(cells, top, left)


def _meets_itself(found: set[Cell], board: Board) -> bool:
    return len({(y % board.height, x % board.width) for y, x in found}) < len(found)
