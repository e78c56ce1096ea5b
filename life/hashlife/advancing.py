"""The middle of a square some generations later, from the middles of smaller squares: Gosper's algorithm.

R. W. Gosper, "Exploiting regularities in large cellular spaces", Physica D 10 (1984). The middle of a square of side
2^n depends for 2^(n-2) generations on nothing outside the square, and is remembered with it. Where fewer generations
are wanted, the square is cut into four that overlap just enough, so that their middles do not.

There is no recursion: what is under way lies on a stack of frames, and the work can be left and taken up at any time.
"""

from life.hashlife.blocks import advance_block
from life.hashlife.interning import Array, leaf_of, node_of
from life.hashlife.layout import (
    BLOCK_LEVEL,
    COMPUTED,
    DEPTH,
    DONE,
    END,
    FIELDS,
    FRAME,
    FULL,
    JOIN,
    LEAF_LEVEL,
    LEAF_SIDE,
    LEAVES,
    LEVEL,
    NE,
    NO_ROOM,
    NODE,
    NODES,
    NW,
    PART,
    PART_LOG2,
    RESULT,
    SE,
    SECOND,
    SPARE,
    SQUARES,
    START,
    STATE,
    SW,
    UNKNOWN,
    WORKING,
)  # fmt: skip


def advance(
    nodes: Array,
    table: Array,
    leaves: Array,
    rows: Array,
    leaf_table: Array,
    counters: Array,
    stack: Array,
    work: Array,
    log2: int,
    births: int,
    survivals: int,
    most: int,
) -> int:
    """Works on the frames of a stack until it is empty, or for `most` turns of about a microsecond.

    Squares are advanced by 2^log2 generations, by the rule with these numbers of neighbours, as bits. The arrays are
    those of a store; `work` are words for the computation of a block.

    Returns:
        DONE, and the result is in the counters; WORKING, where more is to be done; NO_ROOM, where there is too little
        of it for the next turn.
    """
    depth = int(counters[DEPTH])
    last_node, last_leaf = len(nodes) // FIELDS - SPARE, len(rows) // LEAF_SIDE - SPARE
    for _ in range(most):
        if depth == 0:
            break
        if counters[NODES] > last_node or counters[LEAVES] > last_leaf:
            counters[DEPTH] = depth
            return NO_ROOM
        frame = (depth - 1) * FRAME
        node, level, state = int(stack[frame + NODE]), int(stack[frame + LEVEL]), int(stack[frame + STATE])
        is_part = level - 2 > log2
        if state == START:
            state = SECOND if is_part else 0
            spread(nodes, stack, node, frame + FRAME)
            if is_part and level - 2 == LEAF_LEVEL:
                leaves_between(leaves, rows, leaf_table, counters, stack, frame + FRAME)
            elif is_part:
                squares_between(nodes, table, counters, stack, frame + FRAME)
            if is_part:
                join(nodes, table, counters, stack, frame + FRAME, 3, frame + SQUARES)
            else:
                join(nodes, table, counters, stack, frame + FRAME, 4, frame + SQUARES)
        missing = 0
        while state < END:
            if state == JOIN:
                join(nodes, table, counters, stack, frame + SQUARES, 3, frame + SQUARES)
                state = SECOND
            at = frame + SQUARES + (state if state < JOIN else state - SECOND)
            square = int(stack[at])
            middle = known_middle(nodes, square, level - 1, log2)
            if middle == UNKNOWN:
                if level - 1 > BLOCK_LEVEL:
                    missing = square
                    break
                middle = block_middle(nodes, leaves, rows, leaf_table, counters, work, square, log2, births, survivals)
            stack[at] = middle
            state += 1
        stack[frame + STATE] = state
        if missing:
            stack[frame + FRAME + NODE] = missing
            stack[frame + FRAME + LEVEL] = level - 1
            stack[frame + FRAME + STATE] = START
            depth += 1
            continue
        join(nodes, table, counters, stack, frame + SQUARES, 2, frame + SQUARES)
        middle = int(stack[frame + SQUARES])
        remember(nodes, node, middle, is_part, log2)
        counters[COMPUTED] += 1
        counters[RESULT] = middle
        depth -= 1
    counters[DEPTH] = depth
    return DONE if depth == 0 else WORKING


def known_middle(nodes: Array, node: int, level: int, log2: int) -> int:
    """What is remembered of a square's middle, or UNKNOWN."""
    if node == 0:
        return 0
    at = node * FIELDS
    if level - 2 <= log2:
        return int(nodes[at + FULL])
    return int(nodes[at + PART]) if nodes[at + PART_LOG2] == log2 else UNKNOWN


def remember(nodes: Array, node: int, middle: int, is_part: bool, log2: int) -> None:
    """Notes a square's middle with it."""
    at = node * FIELDS
    if is_part:
        nodes[at + PART] = middle
        nodes[at + PART_LOG2] = log2
    else:
        nodes[at + FULL] = middle


def block_middle(
    nodes: Array,
    leaves: Array,
    rows: Array,
    leaf_table: Array,
    counters: Array,
    work: Array,
    block: int,
    log2: int,
    births: int,
    survivals: int,
) -> int:
    """Computes the middle of a square of four leaves."""
    at = block * FIELDS
    squares = -int(nodes[at + NW]), -int(nodes[at + NE]), -int(nodes[at + SW]), -int(nodes[at + SE])
    is_part = log2 < BLOCK_LEVEL - 2
    generations = 1 << log2 if is_part else 1 << BLOCK_LEVEL - 2
    advance_block(rows, work, *squares, births, survivals, generations, int(counters[LEAVES]))
    middle = leaf_of(leaves, leaf_table, counters)
    remember(nodes, block, middle, is_part, log2)
    counters[COMPUTED] += 1
    return middle


def spread(nodes: Array, stack: Array, node: int, to: int) -> None:
    """Writes the sixteen squares of a quarter of a square's side, row by row."""
    for quarter in range(4):
        at = int(nodes[node * FIELDS + quarter]) * FIELDS
        first = to + (quarter // 2) * 8 + quarter % 2 * 2
        stack[first] = nodes[at + NW]
        stack[first + 1] = nodes[at + NE]
        stack[first + 4] = nodes[at + SW]
        stack[first + 5] = nodes[at + SE]


def join(nodes: Array, table: Array, counters: Array, stack: Array, at: int, width: int, to: int) -> None:
    """Makes the squares of two by two of `width` rows of `width` squares, which overlap; they may be overwritten."""
    for y in range(width - 1):
        for x in range(width - 1):
            here = at + width * y + x
            nw, ne = int(stack[here]), int(stack[here + 1])
            sw, se = int(stack[here + width]), int(stack[here + width + 1])
            stack[to + (width - 1) * y + x] = node_of(nodes, table, counters, nw, ne, sw, se)


def squares_between(nodes: Array, table: Array, counters: Array, stack: Array, at: int) -> None:
    """In the place of four rows of four squares puts the nine that lie in the middle of each two by two."""
    for y in range(3):
        for x in range(3):
            here = at + 4 * y + x
            nw, ne, sw, se = int(stack[here]), int(stack[here + 1]), int(stack[here + 4]), int(stack[here + 5])
            a, b = int(nodes[nw * FIELDS + SE]), int(nodes[ne * FIELDS + SW])
            c, d = int(nodes[sw * FIELDS + NE]), int(nodes[se * FIELDS + NW])
            stack[at + 3 * y + x] = node_of(nodes, table, counters, a, b, c, d)


def leaves_between(leaves: Array, rows: Array, leaf_table: Array, counters: Array, stack: Array, at: int) -> None:
    """The same for leaves."""
    half = LEAF_SIDE // 2
    for y in range(3):
        for x in range(3):
            here = at + 4 * y + x
            a, b = -int(stack[here]) * LEAF_SIDE, -int(stack[here + 1]) * LEAF_SIDE
            c, d = -int(stack[here + 4]) * LEAF_SIDE, -int(stack[here + 5]) * LEAF_SIDE
            to = int(counters[LEAVES]) * LEAF_SIDE
            for i in range(half):
                rows[to + i] = rows[a + half + i] >> half | (rows[b + half + i] & 255) << half
                rows[to + half + i] = rows[c + i] >> half | (rows[d + i] & 255) << half
            stack[at + 3 * y + x] = leaf_of(leaves, leaf_table, counters)
