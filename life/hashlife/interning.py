"""Every square is kept once: whoever makes one is given the one that is there.

The tables are open: a square is at its hash or in one of the next places, and the first free place ends the search.
They are never more than half full.
"""

from typing import Any

from life.hashlife.layout import FIELDS, FULL, LEAVES, NE, NODES, NW, PART, PART_LOG2, SE, SW, UNKNOWN

Array = Any  # a flat NumPy array, or a memoryview where nothing is compiled

_A, _B, _C, _D = 0x1E3779B97F4A7C15, 0x3F58476D1CE4E5B9, 0x14D049BB133111EB, 0x2545F4914F6CDD1D
_SHIFT = 28  # the low bits of a product are the worst ones


def place_of(a: int, b: int, c: int, d: int, mask: int) -> int:
    """Where in a table of mask + 1 places the search for four numbers begins."""
    return (a * _A + b * _B + c * _C + d * _D) >> _SHIFT & mask


def node_of(nodes: Array, table: Array, counters: Array, nw: int, ne: int, sw: int, se: int) -> int:
    """The square of four squares; there must be room for one more."""
    if nw | ne | sw | se == 0:
        return 0
    mask = len(table) - 1
    place = place_of(nw, ne, sw, se, mask)
    while True:
        node = int(table[place])
        if node == 0:
            break
        at = node * FIELDS
        if nodes[at] == nw and nodes[at + NE] == ne and nodes[at + SW] == sw and nodes[at + SE] == se:
            return node
        place = (place + 1) & mask
    node = int(counters[NODES])
    counters[NODES] = node + 1
    table[place] = node
    at = node * FIELDS
    nodes[at + NW] = nw
    nodes[at + NE] = ne
    nodes[at + SW] = sw
    nodes[at + SE] = se
    nodes[at + FULL] = UNKNOWN
    nodes[at + PART] = UNKNOWN
    nodes[at + PART_LOG2] = -1
    return node


def leaf_of(leaves: Array, table: Array, counters: Array) -> int:
    """The leaf whose cells have been written after the last one."""
    new = int(counters[LEAVES])
    a, b, c, d = leaves[4 * new], leaves[4 * new + 1], leaves[4 * new + 2], leaves[4 * new + 3]
    if a | b | c | d == 0:
        return 0
    mask = len(table) - 1
    place = place_of(a, b, c, d, mask)
    while True:
        leaf = int(table[place])
        if leaf == 0:
            break
        at = leaf * 4
        if leaves[at] == a and leaves[at + 1] == b and leaves[at + 2] == c and leaves[at + 3] == d:
            return -leaf
        place = (place + 1) & mask
    counters[LEAVES] = new + 1
    table[place] = new
    return -new
