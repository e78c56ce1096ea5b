"""From tiles of 64 × 64 cells to squares of a tree."""

from life.hashlife.interning import Array, leaf_of, node_of
from life.hashlife.layout import FIELDS, LEAF_SIDE, LEAVES, NODES, SPARE

_ACROSS = 4  # leaves in a row of a tile


def plant(
    nodes: Array,
    table: Array,
    rows: Array,
    leaves: Array,
    leaf_table: Array,
    counters: Array,
    tiles: Array,
    squares: Array,
    quarters: Array,
    first: int,
) -> int:
    """Makes a square of each tile.

    A tile is 256 pieces of 16 cells, row by row. The numbers of the squares are written into `squares`, from the first
    tile on; `quarters` is room for eight numbers on the way there.

    Returns:
        The first tile of which none was made, because there was no room; else the number of tiles.
    """
    last_node, last_leaf = len(nodes) // FIELDS - SPARE, len(rows) // LEAF_SIDE - SPARE
    for tile in range(first, len(squares)):
        if counters[NODES] > last_node or counters[LEAVES] > last_leaf:
            return tile
        for quarter in range(4):
            for corner in range(4):
                y = quarter // 2 * 2 + corner // 2
                x = quarter % 2 * 2 + corner % 2
                to = int(counters[LEAVES]) * LEAF_SIDE
                for row in range(LEAF_SIDE):
                    rows[to + row] = tiles[(tile * 64 + y * LEAF_SIDE + row) * _ACROSS + x]
                quarters[4 + corner] = leaf_of(leaves, leaf_table, counters)
            quarters[quarter] = united(nodes, table, counters, quarters, 4)
        squares[tile] = united(nodes, table, counters, quarters, 0)
    return len(squares)


def enter(
    leaves: Array, rows: Array, leaf_table: Array, counters: Array, pieces: Array, squares: Array, first: int
) -> int:
    """Makes a leaf of each sixteen pieces of 16 cells; where there is no room, as in `plant`."""
    last_leaf = len(rows) // LEAF_SIDE - SPARE
    for i in range(first, len(squares)):
        if counters[LEAVES] > last_leaf:
            return i
        to = int(counters[LEAVES]) * LEAF_SIDE
        for row in range(LEAF_SIDE):
            rows[to + row] = pieces[i * LEAF_SIDE + row]
        squares[i] = leaf_of(leaves, leaf_table, counters)
    return len(squares)


def unite(nodes: Array, table: Array, counters: Array, quarters: Array, squares: Array, first: int) -> int:
    """Makes a square of each four numbers in `quarters`; where there is no room, as in `plant`."""
    last_node = len(nodes) // FIELDS - SPARE
    for i in range(first, len(squares)):
        if counters[NODES] > last_node:
            return i
        squares[i] = united(nodes, table, counters, quarters, 4 * i)
    return len(squares)


def united(nodes: Array, table: Array, counters: Array, quarters: Array, at: int) -> int:
    """The square of four squares that are next to each other in an array."""
    nw, ne, sw, se = quarters[at], quarters[at + 1], quarters[at + 2], quarters[at + 3]
    return node_of(nodes, table, counters, nw, ne, sw, se)
