"""What there is to see in a tree: counts, shares, cells and tiles, each in one walk from the root.

A walk goes only into squares that are not empty and that lie in what is asked for. Its stack holds four numbers for
each square that it has still to visit: the square, its level, and the row and column of its corner.
"""

from life.hashlife.interning import Array
from life.hashlife.layout import FIELDS, LEAF_SIDE

_LEAST = 2.0**-126  # the least share that a single-precision number holds
_TILE_LEVEL = 6
_ACROSS = 4  # leaves in a row of a tile


def leaf_count(rows: Array, leaf: int) -> int:
    """How many cells of a leaf are alive."""
    count = 0
    for i in range(LEAF_SIDE):
        row = int(rows[leaf * LEAF_SIDE + i])
        row -= row >> 1 & 0x5555
        row = (row & 0x3333) + (row >> 2 & 0x3333)
        row = (row + (row >> 4)) & 0x0F0F
        count += (row + (row >> 8)) & 31
    return count


def count(nodes: Array, rows: Array, counts: Array, stack: Array, root: int) -> None:
    """Writes how many cells are alive in a node and all that it is made of, in floating point: exact below 2^53."""
    stack[0] = root
    depth = 1 if counts[root] == 0.0 and root != 0 else 0
    while depth > 0:
        node = int(stack[depth - 1])
        total = 0.0
        missing = 0
        for quarter in range(4):
            square = int(nodes[node * FIELDS + quarter])
            if square < 0:
                total += leaf_count(rows, -square)
            elif square > 0:
                if counts[square] == 0.0:
                    missing = square
                    break
                total += counts[square]
        if missing:
            stack[depth] = missing
            depth += 1
        else:
            counts[node] = total
            depth -= 1


def push_quarters(nodes: Array, stack: Array, depth: int, node: int, level: int, half: int, y: int, x: int) -> int:
    """Puts the quarters of a node on a stack, which are `half` high; the depth afterwards."""
    for quarter in range(4):
        square = int(nodes[node * FIELDS + quarter])
        if square != 0:
            at = 4 * depth
            stack[at] = square
            stack[at + 1] = level - 1
            stack[at + 2] = y + half * (quarter >> 1)
            stack[at + 3] = x + half * (quarter & 1)
            depth += 1
    return depth


def draw(
    nodes: Array,
    rows: Array,
    counts: Array,
    stack: Array,
    shares: Array,
    height: int,
    width: int,
    log2: int,
    root: int,
    level: int,
    top: int,
    left: int,
) -> None:
    """Adds the share of live cells of each block of 2^log2 × 2^log2 cells to `shares`, of height × width blocks.

    The root, of that level, has its corner at (top, left), counted in blocks, and its nodes have been counted.
    """
    stack[0], stack[1], stack[2], stack[3] = root, level, top, left
    depth = 1
    scale = 0.25**log2
    while depth > 0:
        depth -= 1
        at = 4 * depth
        square, level, y, x = int(stack[at]), int(stack[at + 1]), int(stack[at + 2]), int(stack[at + 3])
        side = 1 << level - log2 if level > log2 else 1
        if square == 0 or y >= height or x >= width or y + side <= 0 or x + side <= 0:
            continue
        if level == log2:
            share = (counts[square] if square > 0 else leaf_count(rows, -square)) * scale
            shares[y * width + x] = share if share > _LEAST else _LEAST
        elif square > 0:
            depth = push_quarters(nodes, stack, depth, square, level, side // 2, y, x)
        else:
            draw_leaf(rows, shares, height, width, log2, -square, y, x)


def draw_leaf(rows: Array, shares: Array, height: int, width: int, log2: int, leaf: int, y: int, x: int) -> None:
    """Adds the shares of a leaf's blocks, which are smaller than the leaf."""
    scale = 0.25**log2
    for i in range(LEAF_SIDE):
        row = int(rows[leaf * LEAF_SIDE + i])
        block_y = y + (i >> log2)
        if row == 0 or block_y < 0 or block_y >= height:
            continue
        for j in range(LEAF_SIDE):
            block_x = x + (j >> log2)
            if row >> j & 1 and 0 <= block_x < width:
                shares[block_y * width + block_x] += scale


def cut(
    nodes: Array,
    rows: Array,
    stack: Array,
    pieces: Array,
    stride: int,
    height: int,
    width: int,
    root: int,
    level: int,
    top: int,
    left: int,
) -> None:
    """Writes the cells of a root whose corner is at (top, left) into a board of height × width cells.

    `pieces` are its rows, 16 cells in each, `stride` pieces in a row, one of them more than the width needs.
    """
    stack[0], stack[1], stack[2], stack[3] = root, level, top, left
    depth = 1
    while depth > 0:
        depth -= 1
        at = 4 * depth
        square, level, y, x = int(stack[at]), int(stack[at + 1]), int(stack[at + 2]), int(stack[at + 3])
        side = 1 << level
        if square == 0 or y >= height or x >= width or y + side <= 0 or x + side <= 0:
            continue
        if square > 0:
            depth = push_quarters(nodes, stack, depth, square, level, side // 2, y, x)
            continue
        for i in range(max(0, -y), min(LEAF_SIDE, height - y)):
            row = int(rows[-square * LEAF_SIDE + i])
            row = row << x % LEAF_SIDE if x >= 0 else row >> -x
            piece = (y + i) * stride + max(x, 0) // LEAF_SIDE
            pieces[piece] |= row & 0xFFFF
            pieces[piece + 1] |= row >> LEAF_SIDE


def list_tiles(
    nodes: Array,
    rows: Array,
    stack: Array,
    keys: Array,
    tiles: Array,
    most: int,
    height: int,
    width: int,
    root: int,
    level: int,
    top: int,
    left: int,
) -> int:
    """Writes the tiles of 64 × 64 cells of a root, whose corner is at (top, left), counted in tiles.

    They are looked for in `height` rows of tiles from 0 on, and `width` columns. Of each, two numbers are written into
    `keys`, and 256 pieces of 16 cells, row by row, into `tiles`. There is room for `most`, and one more is counted.

    Returns:
        How many there are.
    """
    stack[0], stack[1], stack[2], stack[3] = root, level, top, left
    depth = 1 if root != 0 else 0
    found = 0
    while depth > 0 and found <= most:
        depth -= 1
        at = 4 * depth
        square, level, y, x = int(stack[at]), int(stack[at + 1]), int(stack[at + 2]), int(stack[at + 3])
        side = 1 << level - _TILE_LEVEL
        if y >= height or x >= width or y + side <= 0 or x + side <= 0:
            continue
        if level > _TILE_LEVEL:
            depth = push_quarters(nodes, stack, depth, square, level, side // 2, y, x)
            continue
        if 2 * found < len(keys):
            keys[2 * found] = y
            keys[2 * found + 1] = x
            write_tile(nodes, rows, tiles, found, square)
        found += 1
    return found


def write_tile(nodes: Array, rows: Array, tiles: Array, tile: int, square: int) -> None:
    """Writes the cells of a square of level 6."""
    for y in range(_ACROSS):
        for x in range(_ACROSS):
            block = int(nodes[square * FIELDS + y // 2 * 2 + x // 2])
            leaf = -int(nodes[block * FIELDS + y % 2 * 2 + x % 2])
            for i in range(LEAF_SIDE):
                tiles[(tile * 64 + y * LEAF_SIDE + i) * _ACROSS + x] = rows[leaf * LEAF_SIDE + i]
