"""What is still wanted, copied into new arrays; the old ones are left as they are, for whoever still reads them.

C. J. Cheney, "A nonrecursive list compacting algorithm", Communications of the ACM 13 (1970): what has been copied is
gone through in the order in which it was copied, and what it points to is copied behind it, so that no stack is needed.
"""

from life.hashlife.interning import Array, place_of
from life.hashlife.layout import FIELDS, FULL, LEAF_WORDS, LEAVES, NE, NODES, NW, PART, SE, SW, UNKNOWN


def collect(
    nodes: Array,
    leaves: Array,
    new_nodes: Array,
    new_table: Array,
    new_leaves: Array,
    new_leaf_table: Array,
    counters: Array,
    moved: Array,
    moved_leaves: Array,
    roots: Array,
    keeps_all: int,
    most_nodes: int,
    most_leaves: int,
) -> int:
    """Copies all that the roots are made of.

    The numbers in `roots` become the new ones. `moved` and `moved_leaves` are zeros, one for each old node and leaf,
    and become their new numbers. Where `keeps_all` is 1, the middles that are remembered are copied as well; else only
    those that are wanted anyway are remembered.

    Returns:
        1, or 0 where there would be more than `most_nodes` nodes or `most_leaves` leaves.
    """
    for i in range(len(roots)):
        roots[i] = move(nodes, leaves, new_nodes, new_leaves, counters, moved, moved_leaves, int(roots[i]))
    last_field = PART if keeps_all else SE
    node = 1
    while node < counters[NODES]:
        if counters[NODES] > most_nodes or counters[LEAVES] > most_leaves:
            return 0
        at = node * FIELDS
        for field in range(last_field + 1):
            square = int(new_nodes[at + field])
            if square != UNKNOWN and square != 0:
                new_nodes[at + field] = move(
                    nodes, leaves, new_nodes, new_leaves, counters, moved, moved_leaves, square
                )
        node += 1
    if counters[NODES] > most_nodes or counters[LEAVES] > most_leaves:
        return 0
    if not keeps_all:
        for node in range(1, int(counters[NODES])):
            for field in range(FULL, PART + 1):
                at = node * FIELDS + field
                new_nodes[at] = where_to(moved, moved_leaves, int(new_nodes[at]))
    enter_nodes(new_nodes, new_table, int(counters[NODES]))
    enter_leaves(new_leaves, new_leaf_table, int(counters[LEAVES]))
    return 1


def move(
    nodes: Array,
    leaves: Array,
    new_nodes: Array,
    new_leaves: Array,
    counters: Array,
    moved: Array,
    moved_leaves: Array,
    square: int,
) -> int:
    """A square's new number; copies it where it has none."""
    if square == 0:
        return 0
    if square > 0:
        new = int(moved[square])
        if new == 0:
            new = int(counters[NODES])
            if (new + 1) * FIELDS > len(new_nodes):
                counters[NODES] = len(new_nodes)  # more than there may be
                return 0
            counters[NODES] = new + 1
            moved[square] = new
            for field in range(FIELDS):
                new_nodes[new * FIELDS + field] = nodes[square * FIELDS + field]
        return new
    new = int(moved_leaves[-square])
    if new == 0:
        new = int(counters[LEAVES])
        if (new + 1) * LEAF_WORDS > len(new_leaves):
            counters[LEAVES] = len(new_leaves)
            return 0
        counters[LEAVES] = new + 1
        moved_leaves[-square] = new
        for word in range(LEAF_WORDS):
            new_leaves[new * LEAF_WORDS + word] = leaves[-square * LEAF_WORDS + word]
    return -new


def where_to(moved: Array, moved_leaves: Array, middle: int) -> int:
    """The new number of a middle; UNKNOWN where it was not copied."""
    if middle in (0, UNKNOWN):
        return middle
    new = int(moved[middle]) if middle > 0 else -int(moved_leaves[-middle])
    return new if new != 0 else UNKNOWN


def enter_nodes(nodes: Array, table: Array, count: int) -> None:
    """Enters nodes, all different, into an empty table."""
    mask = len(table) - 1
    for node in range(1, count):
        at = node * FIELDS
        nw, ne, sw, se = int(nodes[at + NW]), int(nodes[at + NE]), int(nodes[at + SW]), int(nodes[at + SE])
        place = place_of(nw, ne, sw, se, mask)
        while table[place] != 0:
            place = (place + 1) & mask
        table[place] = node


def enter_leaves(leaves: Array, table: Array, count: int) -> None:
    """Enters leaves, all different, into an empty table."""
    mask = len(table) - 1
    for leaf in range(1, count):
        at = leaf * LEAF_WORDS
        place = place_of(leaves[at], leaves[at + 1], leaves[at + 2], leaves[at + 3], mask)
        while table[place] != 0:
            place = (place + 1) & mask
        table[place] = leaf
