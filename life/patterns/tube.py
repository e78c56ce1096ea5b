"""How long a tube is. The notation has no place for it, so a comment in the file says it, to people and to us.

In the notation a tube is endless in one direction (":T0,24"), which is what other programs make of the file. A board
of ours ends there, in dead edges, and is to be opened as it was saved.
"""

import re

from life.notation import Bounds
from life.topology import Topology

_NOTE = re.compile(r"\bA tube of ([0-9]{1,10}) rows and ([0-9]{1,10}) columns\b", re.ASCII)


def with_tube_size(comments: tuple[str, ...], topology: Topology, height: int, width: int) -> tuple[str, ...]:
    """The comments of a pattern with the size of its board where that is a tube, and without that of an older one."""
    others = without_tube_size(comments)
    if topology.wraps_y == topology.wraps_x:
        return others
    return (*others, f"#C A tube of {height} rows and {width} columns; beyond its two ends all cells are dead.")


def without_tube_size(comments: tuple[str, ...]) -> tuple[str, ...]:
    """The comments of a pattern without the size of the tube that it was on once."""
    return tuple(comment for comment in comments if not _NOTE.search(comment))


def tube_size(comments: tuple[str, ...], bounds: Bounds | None, extents: tuple[int, int]) -> tuple[int, int] | None:
    """Height and width of the tube that the comments tell of, where the rule's bounds and the cells agree with them."""
    found = [match for comment in comments if (match := _NOTE.search(comment))]
    if not found:
        return None
    height, width = int(found[-1][1]), int(found[-1][2])
    high, wide = extents
    fits = high <= height and wide <= width
    return (height, width) if fits and bounds in (Bounds(height, 0, True), Bounds(0, width, True)) else None
