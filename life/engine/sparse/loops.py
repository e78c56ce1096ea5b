"""The loop that runs a universe of tiles, as numba compiles it; see `life.engine.loops` for what that asks of it.

A tile is computed where something in it or next to it differs from two generations ago: where nothing does, the next
generation is the previous one, which is still in the buffer that would be written. That is noted by rows. Every tile
has a word in which a bit stands for a row that is to be computed, and is in a list as long as one is; so the work
follows what changes, and neither what stands still or blinks nor the empty room between costs anything.

Neighbours that do not exist are made between two generations, where a cell next to them has changed; that is soon
enough, because without B0 nothing comes alive where nothing has changed.
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from life.engine.loops import east, full_add, next_cells, west
from life.engine.sparse.layout import (
    BUFFER,
    EAST,
    FIRST_ROW,
    LACKING,
    LINKED,
    LISTED,
    MADE,
    NORTH,
    NORTH_EAST,
    NORTH_WEST,
    NOW,
    POSITION,
    SERVED,
    SIDES,
    SLOT,
    SOUTH,
    SOUTH_EAST,
    SOUTH_WEST,
    SPARE,
    STEPS_X,
    STEPS_Y,
    TILE,
    USED,
    WEST,
)

Words = NDArray[np.uint64]
Slots = NDArray[np.int32]
Places = NDArray[np.int64]
Flags = NDArray[np.uint8]
Triple = tuple[np.uint64, np.uint64, np.uint64]
Advance = Callable[
    [Words, Slots, Places, Flags, Words, Slots, Flags, Slots, Slots, Slots, Places, int, int], tuple[int, bool]
]
CopyTiles = Callable[[Words, Places, int, Words, Places], None]

_NONE = np.uint64(0)
_ALL = ~_NONE
_ONE = np.uint64(1)
_LAST = np.uint64(63)
_TOP_BIT = _ONE << _LAST
_EIGHT_BITS = np.uint64(255)
_LANES = 8  # rows that are computed at a time
_A_GENERATION, _A_TILE = 4, 2  # the work besides that on rows, in rows computed eight at a time
_HASH_Y, _HASH_X = 0x9E3779B1, 0x85EBCA6B  # odd, and apart in all bits


def first_bit(mask: np.uint64) -> int:
    """The number of the lowest bit that is 1; there is one."""
    bits = int(mask)
    return (bits & -bits).bit_length() - 1


def live_in(row: np.uint64) -> int:
    """How many of its cells are alive; in compiled code a single instruction."""
    return int(row).bit_count()


def eight_rows(
    births: int, survivals: int, cells: Words, at: int, west_at: int, east_at: int, to: int
) -> tuple[np.uint64, np.uint64, np.uint64]:
    """The next generation of eight rows of a tile.

    In compiled code this is `life.engine.sparse.lanes.eight_lanes`, which does all of them at once.

    Args:
        births: counts as bits.
        survivals: the same.
        cells: where all of them are.
        at: the first of the rows.
        west_at: the row of the western neighbour beside it.
        east_at: that of the eastern one.
        to: where the next generation goes, and that of two generations ago is.

    Returns:
        In which rows something differs from what was there, in bits 0 to 7; in which of them the first cell does; and
        the last one.
    """
    changed = in_first = in_last = _NONE
    for i in range(_LANES):
        above, here, below = [beside(cells, at + row, west_at + row, east_at + row) for row in (i - 1, i, i + 1)]
        after = next_row(births, survivals, above, here, below)
        differs = after ^ cells[to + i]
        cells[to + i] = after
        changed |= (_ONE if differs else _NONE) << np.uint64(i)
        in_first |= (differs & _ONE) << np.uint64(i)
        in_last |= (differs >> _LAST) << np.uint64(i)
    return changed, in_first, in_last


def beside(cells: Words, at: int, west_at: int, east_at: int) -> Triple:
    """A row and those of the neighbours beside it, from west to east."""
    return cells[west_at], cells[at], cells[east_at]


def next_row(births: int, survivals: int, above: Triple, here: Triple, below: Triple) -> np.uint64:
    """What becomes of the middle one of nine rows of a word each; the words may be many at once."""
    west_word, word, east_word = above
    a0, a1 = full_add(west(west_word, word), east(word, east_word), word)
    west_word, word, east_word = below
    b0, b1 = full_add(west(west_word, word), east(word, east_word), word)
    west_word, word, east_word = here
    left, right = west(west_word, word), east(word, east_word)
    n0, carry = full_add(a0, b0, left ^ right)
    twos, fours = full_add(a1, b1, left & right)
    more = twos & carry
    return next_cells(births, survivals, word, n0, twos ^ carry, fours ^ more, fours & more)


def start_of(slot: int, buffer: int) -> int:
    """Where the first row of a tile is."""
    return slot * SLOT + buffer * BUFFER + FIRST_ROW


def around(rows: np.uint64) -> np.uint64:
    """Rows and those next to them."""
    return rows | rows << _ONE | rows >> _ONE


def note(todo: Words, lists: Slots, state: Places, slot: int, buffer: int, rows: np.uint64) -> None:
    """Has rows of a tile computed when the generation in `buffer` is now."""
    before = todo[2 * slot + buffer]
    if before == _NONE:
        lists[buffer * (len(lists) // 2) + state[LISTED + buffer]] = slot
        state[LISTED + buffer] += 1
    todo[2 * slot + buffer] = before | rows


def place_in(table: Slots, places: Places, y: int, x: int) -> int:
    """Where in the hash table the slot of tile (y, x) is, or is to be put."""
    number = y * _HASH_Y + x * _HASH_X
    place = (number ^ number >> 15) & (len(table) - 1)
    while table[place] != 0 and (places[2 * table[place]] != y or places[2 * table[place] + 1] != x):
        place = (place + 1) & (len(table) - 1)
    return place


def opposite(side: int) -> int:
    """The direction back."""
    return side ^ 1 if side < NORTH_WEST else NORTH_WEST + SOUTH_EAST - side


def link(cells: Words, near: Slots, places: Places, table: Slots, slot: int) -> None:
    """Has a tile and its neighbours know each other; the tile is in the table."""
    y, x = int(places[2 * slot]), int(places[2 * slot + 1])
    for side in range(SIDES):
        other = table[place_in(table, places, y + STEPS_Y[side], x + STEPS_X[side])]
        near[SIDES * slot + side] = other
        if other != 0:
            near[SIDES * other + opposite(side)] = slot
    for buffer in range(2):
        here = start_of(slot, buffer)
        above, below = near[SIDES * slot + NORTH], near[SIDES * slot + SOUTH]
        cells[here - 1] = cells[start_of(above, buffer) + TILE - 1]
        cells[here + TILE] = cells[start_of(below, buffer)]
        if above != 0:
            cells[start_of(above, buffer) + TILE] = cells[here]
        if below != 0:
            cells[start_of(below, buffer) - 1] = cells[here + TILE - 1]


def link_new(cells: Words, near: Slots, places: Places, in_use: Flags, table: Slots, state: Places) -> None:
    """Puts the tiles that are not linked yet into the hash table, and has them and their neighbours know each other."""
    if state[LINKED] == 1:
        table[:] = 0
    for slot in range(state[LINKED], state[USED]):
        if in_use[slot]:
            table[place_in(table, places, int(places[2 * slot]), int(places[2 * slot + 1]))] = slot
    for slot in range(state[LINKED], state[USED]):
        if in_use[slot]:
            link(cells, near, places, table, slot)
    state[LINKED] = state[USED]


def new_slot(in_use: Flags, spare: Slots, state: Places) -> int:
    """A slot for a tile, empty in both buffers; 0 where there is none left."""
    if state[SPARE] > 0:
        state[SPARE] -= 1
        slot = int(spare[state[SPARE]])
    elif state[USED] < len(in_use):
        slot = int(state[USED])
        state[USED] = state[LINKED] = slot + 1
    else:
        return 0
    in_use[slot] = 1
    state[MADE] += 1
    return slot


def rows_beside(side: int) -> np.uint64:
    """The rows of a neighbour in which something may come alive after a cell next to it has changed."""
    if side in (WEST, EAST):
        return _ALL
    return _TOP_BIT if side in (NORTH, NORTH_WEST, NORTH_EAST) else _ONE


def make_neighbours(
    cells: Words, near: Slots, places: Places, in_use: Flags, todo: Words, lists: Slots, lacks: Flags, lacking: Slots,
    spare: Slots, table: Slots, state: Places, buffer: int,
) -> bool:  # fmt: skip
    """Makes the tiles that are lacking, to be computed from `buffer`; False where there is no room for all."""
    while state[SERVED] < state[LACKING]:
        slot = int(lacking[state[SERVED]])
        for side in range(SIDES):
            if lacks[slot] >> side & 1 == 0:
                continue
            other = int(near[SIDES * slot + side])
            if other == 0:
                other = new_slot(in_use, spare, state)
                if other == 0:
                    return False
                y, x = int(places[2 * slot]) + STEPS_Y[side], int(places[2 * slot + 1]) + STEPS_X[side]
                places[2 * other], places[2 * other + 1] = y, x
                table[place_in(table, places, y, x)] = other
                link(cells, near, places, table, other)
            note(todo, lists, state, other, buffer, rows_beside(side))
        lacks[slot] = 0
        state[SERVED] += 1
    state[SERVED] = state[LACKING] = 0
    return True


def note_beside(
    near: Slots, todo: Words, lists: Slots, state: Places, slot: int, buffer: int, side: int, rows: np.uint64
) -> int:
    """Has rows of a neighbour computed; returns the direction as a bit where there is no such neighbour."""
    other = int(near[SIDES * slot + side])
    if other == 0:
        return 1 << side
    note(todo, lists, state, other, buffer, rows)
    return 0


def note_around(
    cells: Words, near: Slots, todo: Words, lists: Slots, state: Places, slot: int, buffer: int,
    changed: np.uint64, in_first: np.uint64, in_last: np.uint64,
) -> int:  # fmt: skip
    """Has everything computed that sees what has changed in a tile; returns where a neighbour is lacking, as bits."""
    note(todo, lists, state, slot, buffer, around(changed))
    lacks = 0
    here = start_of(slot, buffer)
    if changed & _ONE != _NONE:
        other = int(near[SIDES * slot + NORTH])
        if other != 0:
            cells[start_of(other, buffer) + TILE] = cells[here]
        lacks |= note_beside(near, todo, lists, state, slot, buffer, NORTH, _TOP_BIT)
    if changed >> _LAST != _NONE:
        other = int(near[SIDES * slot + SOUTH])
        if other != 0:
            cells[start_of(other, buffer) - 1] = cells[here + TILE - 1]
        lacks |= note_beside(near, todo, lists, state, slot, buffer, SOUTH, _ONE)
    if in_first != _NONE:
        lacks |= note_beside(near, todo, lists, state, slot, buffer, WEST, around(in_first))
        if in_first & _ONE != _NONE:
            lacks |= note_beside(near, todo, lists, state, slot, buffer, NORTH_WEST, _TOP_BIT)
        if in_first >> _LAST != _NONE:
            lacks |= note_beside(near, todo, lists, state, slot, buffer, SOUTH_WEST, _ONE)
    if in_last != _NONE:
        lacks |= note_beside(near, todo, lists, state, slot, buffer, EAST, around(in_last))
        if in_last & _ONE != _NONE:
            lacks |= note_beside(near, todo, lists, state, slot, buffer, NORTH_EAST, _TOP_BIT)
        if in_last >> _LAST != _NONE:
            lacks |= note_beside(near, todo, lists, state, slot, buffer, SOUTH_EAST, _ONE)
    return lacks


def advance_by(births: int, survivals: int) -> Advance:
    """The loop for one rule, which must not have B0."""

    def advance(
        cells: Words,
        near: Slots,
        places: Places,
        in_use: Flags,
        todo: Words,
        lists: Slots,
        lacks: Flags,
        lacking: Slots,
        spare: Slots,
        table: Slots,
        state: Places,
        generations: int,
        most: int,
    ) -> tuple[int, bool]:
        """Takes a universe further; see `life.engine.sparse.universe.Universe` for its arrays.

        It ends after `generations`, after the work of computing eight rows about `most` times, or when there is no
        room for more tiles; in the two last cases perhaps in the middle of a generation, with which it then goes on
        when it is called again.

        Returns:
            How many generations were completed, and whether it wants room.
        """
        if state[LINKED] < state[USED]:
            link_new(cells, near, places, in_use, table, state)
        done = work = 0
        while done < generations and work < most:
            now = int(state[NOW])
            then = 1 - now
            if state[LISTED] + state[LISTED + 1] + state[LACKING] == 0:  # all that is left stands still or blinks
                if (generations - done) & 1:
                    state[NOW] = then
                return generations, False
            first = now * (len(lists) // 2)
            position, end = int(state[POSITION]), int(state[LISTED + now])
            while position < end and work < most:
                slot = int(lists[first + position])
                position += 1
                rows, todo[2 * slot + now] = todo[2 * slot + now], _NONE
                here, target = start_of(slot, now), start_of(slot, then)
                west_here = start_of(int(near[SIDES * slot + WEST]), now)
                east_here = start_of(int(near[SIDES * slot + EAST]), now)
                changed = in_first = in_last = _NONE
                work += _A_TILE
                while rows != _NONE:
                    row = min(first_bit(rows), TILE - _LANES)
                    some, some_first, some_last = eight_rows(
                        births, survivals, cells, here + row, west_here + row, east_here + row, target + row
                    )
                    by = np.uint64(row)
                    changed |= some << by
                    in_first |= some_first << by
                    in_last |= some_last << by
                    rows &= ~(_EIGHT_BITS << by)
                    work += 1
                if changed != _NONE:
                    lack = note_around(cells, near, todo, lists, state, slot, then, changed, in_first, in_last)
                    if lack != 0:
                        lacking[state[LACKING]] = slot
                        lacks[slot] = lack
                        state[LACKING] += 1
            state[POSITION] = position
            if position < end:
                break
            if not make_neighbours(cells, near, places, in_use, todo, lists, lacks, lacking, spare, table, state, then):
                return done, True
            state[POSITION] = state[LISTED + now] = 0
            state[NOW] = then
            work += _A_GENERATION
            done += 1
        return done, False

    return advance


def copy_by(_births: int, _survivals: int) -> CopyTiles:
    """The loop that takes tiles out of a universe, the same for all rules."""

    def copy_tiles(cells: Words, slots: Places, buffer: int, words: Words, counts: Places) -> None:
        """Puts the rows of those in `slots` one after another into `words`, and how many cells live into `counts`."""
        for tile in range(len(slots)):
            source = cells[start_of(slots[tile], buffer) : start_of(slots[tile], buffer) + TILE]
            target = words[tile * TILE : tile * TILE + TILE]
            live = 0
            for row in range(TILE):
                target[row] = source[row]
                live += live_in(source[row])
            counts[tile] = live

    return copy_tiles


PARTS = (  # what the loop calls, for the compiler; what computes rows is code of its own
    start_of, around, note, place_in, opposite, link, link_new, new_slot, rows_beside, make_neighbours, note_beside,
    note_around,
)  # fmt: skip
