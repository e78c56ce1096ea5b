"""Which live cells belong together: those that can have a say in the same cell."""

import numpy as np

from life.board import Board
from life.knowing.plane import Cluster
from life.topology import Topology

MOST_CELLS = 300
LONGEST_REACH = 100  # rows or columns from where one points

Cell = tuple[int, int]


def component_at(board: Board, topology: Topology, y: int, x: int, apart: int = 2) -> Cluster | None:
    """The live cells at (y, x) and all that are connected with them, each at most `apart` rows and columns away.

    Cells at a distance of 2 have neighbours in common. Where (y, x) itself is empty, a live cell next to it will do.
    Over edges that wrap round they are followed, so that the cluster may stand partly beyond the board.

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


def _live_around(board: Board, topology: Topology, y: int, x: int) -> set[Cell]:
    """The live cells in reach; on a board that wraps round, those beyond its edge have numbers beyond it as well."""
    ys = _reach(y, board.height, topology.wraps_y)
    xs = _reach(x, board.width, topology.wraps_x)
    cells = np.unpackbits(board.bits[ys % board.height], axis=1, count=board.width, bitorder="little")
    found_y, found_x = np.nonzero(cells[:, xs % board.width])
    return set(zip(ys[found_y].tolist(), xs[found_x].tolist(), strict=True))


def _reach(middle: int, length: int, wraps: bool) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    first, last = middle - LONGEST_REACH, middle + LONGEST_REACH
    return np.arange(first, last + 1) if wraps else np.arange(max(first, 0), min(last + 1, length))


def _cluster(found: set[Cell], board: Board, y: int, x: int) -> Cluster | None:
    places = np.array(sorted(found))
    if np.abs(places - (y, x)).max() > LONGEST_REACH - 2:
        return None
    if len({(cell_y % board.height, cell_x % board.width) for cell_y, cell_x in found}) < len(found):
        return None
    top, left = places.min(axis=0).tolist()
    cells = np.zeros(places.max(axis=0) - (top, left) + 1, np.uint8)
    cells[tuple((places - (top, left)).T)] = 1
    return Cluster(cells, top, left)
