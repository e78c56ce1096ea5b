"""All tiles of a plane as the compiled loop wants them, kept from one call to the next."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from life.engine.sparse.borders import keys_with_borders
from life.engine.sparse.in_numpy import check_tiles
from life.engine.sparse.layout import (
    BUFFER,
    FIGURES,
    FIRST_ROW,
    LACKING,
    LINKED,
    LISTED,
    MADE,
    NORTH,
    NOW,
    POSITION,
    SIDES,
    SLOT,
    SOUTH,
    SPARE,
    TILE,
    USED,
)
from life.engine.sparse.loops import Advance, CopyTiles, Flags, Places, Slots, Words
from life.errors import LifeError
from life.plane.plane import TiledPlane
from life.plane.tile_plane import TilePlane
from life.plane.tiles import Keys, counts_of, find, order_of

_ALL = ~np.uint64(0)
_SMALLEST = 1 << 10  # slots
_MOST = 1 << 22  # slots: six gigabytes
_TOO_ROOMY = 8  # how many times more slots than tiles are given back
_EMPTY_ANYWAY = 4  # tiles for one that has live cells: those beside it come and go
_MADE_ANYWAY = 256  # tiles that may come into being before one looks which are empty by now

SlotNumbers = NDArray[np.int64]


class Universe:
    """Tiles in slots; see `life.engine.sparse.layout`. It may be changed by `advance` alone, and by one thread.

    Attributes:
        cells: the words of all slots.
        near: the slots of each slot's eight neighbours, 0 for those that do not exist.
        places: the row and the column of each tile.
        in_use: 1 where a slot holds a tile.
        todo: the rows to compute from buffer 0 of each slot, and those from buffer 1.
        lists: the slots in which some are, first for buffer 0, in the other half for buffer 1.
        lacks: in which directions a neighbour is wanted.
        lacking: the slots for which that is so.
        spare: slots that are free again.
        table: slots, hashed by the tile's place.
        state: numbers; see the layout.
    """

    def __init__(self, plane: TiledPlane) -> None:
        """Has the cells of a plane; all of it is to be computed.

        Raises:
            LifeError: the plane has too many tiles.
        """
        keys = keys_with_borders(plane.keys, plane.words)
        self._allocate(2 * len(keys))
        self._made_before = 0  # when the tiles were last looked through
        self._in_order: tuple[int, Keys, SlotNumbers] | None = None
        slots = self._take_slots(keys)
        self._rows[slots[: len(plane.keys)], 0] = plane.words
        self._note(slots)

    @property
    def nbytes(self) -> int:
        """How much memory it takes."""
        return sum(array.nbytes for array in self._arrays)

    @property
    def tiles(self) -> int:
        """How many there are, empty ones included."""
        return int(self.state[USED] - 1 - self.state[SPARE])

    @property
    def is_at_rest(self) -> bool:
        """Whether all that is left stands still or blinks, so that every second generation is the same."""
        return not self.state[[LISTED, LISTED + 1, LACKING]].any()

    def advance(self, loop: Advance, generations: int, most: int) -> int:
        """Takes it further by the loop of a rule, no longer than the work of computing eight rows `most` times takes.

        Returns:
            How many generations were completed. It may be in the middle of one, and goes on from there.

        Raises:
            LifeError: there are too many tiles.
        """
        done, wants_room = loop(*self._arrays, generations, most)
        if wants_room:
            self._make_room(2 * len(self.in_use))
        elif self.state[MADE] - self._made_before > _MADE_ANYWAY + self.tiles // 2:
            self.tidy()
        return done

    def tidy(self) -> None:
        """Gives back the slots of empty tiles, and memory where little of it is used; between generations."""
        if self.state[POSITION] or self.state[LACKING]:
            return
        self._made_before = int(self.state[MADE])
        slots = np.flatnonzero(self.in_use)
        resting = slots[~self.todo.reshape(-1, 2)[slots].any(axis=1)]
        idle = resting[~self.cells.reshape(-1, SLOT)[resting].any(axis=1)]
        if not len(idle):
            return
        self._in_order = None
        self.in_use[idle] = 0
        self.near[:] = 0
        spare = int(self.state[SPARE])
        self.spare[spare : spare + len(idle)] = idle
        self.state[SPARE] += len(idle)
        self.state[LINKED] = 1
        if len(self.in_use) > _SMALLEST and self.tiles * _TOO_ROOMY < len(self.in_use):
            self._move_together()

    def plane(self, copy: CopyTiles | None = None) -> TilePlane:
        """The generation that is now, as a copy, by a compiled loop where there is one; between generations.

        Raises:
            LifeError: the pattern has left the plane.
        """
        keys, slots = self._sorted()
        words, counts = self._copied(slots, int(self.state[NOW]), copy)
        kept = np.flatnonzero(counts)
        if len(kept) < len(keys):
            keys, words, counts = np.asfortranarray(keys[kept]), words[kept], counts[kept]
        if len(slots) > _EMPTY_ANYWAY * (len(kept) + 1) + _MADE_ANYWAY:
            self.tidy()
        check_tiles(keys)
        return TilePlane(keys, words, counts)

    def _copied(self, slots: SlotNumbers, buffer: int, copy: CopyTiles | None) -> tuple[Words, NDArray[np.int64]]:
        """The rows of tiles, and how many cells are alive in each."""
        if copy is None:
            words = self._rows[slots, buffer]
            return words, counts_of(words)
        words, counts = np.empty((len(slots), TILE), np.uint64), np.empty(len(slots), np.int64)
        copy(self.cells, slots, buffer, words.reshape(-1), counts)
        return words, counts

    def lay_over(self, keys: Keys, words: Words) -> None:
        """Puts tiles, which are sorted, in the place of those that are there; between generations."""
        now = int(self.state[NOW])
        there, slots_there = self._sorted()
        places = find(there, keys)
        before = np.zeros_like(words)
        before[places >= 0] = self._rows[slots_there[places[places >= 0]], now]
        touched = keys_with_borders(keys, words ^ before)
        places = find(there, touched)
        if self.state[USED] + len(touched) > len(self.in_use):
            self._make_room(int(self.state[USED]) + len(touched))
        slots = np.zeros(len(touched), np.int64)
        slots[places >= 0] = slots_there[places[places >= 0]]
        slots[places < 0] = self._take_slots(np.asfortranarray(touched[places < 0]))
        self._write(slots[: len(keys)], now, words)
        self._note(slots)

    def _write(self, slots: SlotNumbers, buffer: int, words: Words) -> None:
        """Sets the rows of tiles, and what their neighbours that are linked with them keep of these."""
        self._rows[slots, buffer] = words
        cells, near = self.cells.reshape(-1, 2, BUFFER), self.near.reshape(-1, SIDES)
        for side, kept_at, row in ((NORTH, FIRST_ROW + TILE, 0), (SOUTH, FIRST_ROW - 1, TILE - 1)):
            others = near[slots, side]
            cells[others[others > 0], buffer, kept_at] = words[others > 0, row]

    @property
    def _arrays(
        self,
    ) -> tuple[Words, Slots, Places, Flags, Words, Slots, Flags, Slots, Slots, Slots, Places]:
        return (
            self.cells, self.near, self.places, self.in_use, self.todo, self.lists, self.lacks, self.lacking,
            self.spare, self.table, self.state,
        )  # fmt: skip

    @property
    def _kept(self) -> list[NDArray[Any]]:
        """Those arrays that stay as they are where there is more room."""
        return [self.cells, self.places, self.in_use, self.todo, self.lacks, self.lacking, self.spare, self.state]

    @property
    def _rows(self) -> Words:
        """The rows of the tiles, by slot and buffer."""
        return self.cells.reshape(-1, 2, BUFFER)[:, :, FIRST_ROW : FIRST_ROW + TILE]

    def _take_slots(self, keys: Keys) -> SlotNumbers:
        """Slots that were never used, for empty tiles."""
        used = int(self.state[USED])
        slots = np.arange(used, used + len(keys))
        self.state[USED] += len(keys)
        self.state[MADE] += len(keys)
        self.in_use[slots] = 1
        self.places.reshape(-1, 2)[slots] = keys
        return slots

    def _note(self, slots: SlotNumbers) -> None:
        """Has tiles computed whole, and twice: what was before is not what the cells that are now follow from."""
        for buffer in range(2):
            todo, listed = self.todo[buffer::2], int(self.state[LISTED + buffer])  # a view of every other word
            new = slots[todo[slots] == 0]
            todo[slots] = _ALL
            self.lists.reshape(2, -1)[buffer, listed : listed + len(new)] = new
            self.state[LISTED + buffer] += len(new)

    def _sorted(self) -> tuple[Keys, SlotNumbers]:
        """The keys of all tiles, sorted, and their slots; sorted anew where tiles have come or gone."""
        if self._in_order is None or self._in_order[0] != self.state[MADE]:
            slots = np.flatnonzero(self.in_use)
            keys = np.asfortranarray(self.places.reshape(-1, 2)[slots])
            order = order_of(keys)
            self._in_order = int(self.state[MADE]), np.asfortranarray(keys[order]), slots[order]
        return self._in_order[1:]

    def _make_room(self, slots: int) -> None:
        """Has room for about so many tiles, and copies what there is.

        Raises:
            LifeError: that is too many.
        """
        lists = self.lists.reshape(2, -1)
        old = self._kept
        self._allocate(slots)
        for before, after in zip(old, self._kept, strict=True):
            after[: len(before)] = before
        self.lists.reshape(2, -1)[:, : lists.shape[1]] = lists
        self.state[LINKED] = 1

    def _move_together(self) -> None:
        """Has the tiles in fewer slots, one after another; between generations."""
        state, lists = self.state, self.lists.reshape(2, -1)
        cells, places, todo = (array.reshape(len(self.in_use), -1) for array in (self.cells, self.places, self.todo))
        slots = np.flatnonzero(self.in_use)
        numbers = np.zeros(len(self.in_use), np.int32)
        numbers[slots] = np.arange(1, len(slots) + 1)
        self._allocate(2 * len(slots))
        end = len(slots) + 1
        for before, after in ((cells, self.cells), (places, self.places), (todo, self.todo)):
            after.reshape(len(self.in_use), -1)[1:end] = before[slots]
        for buffer in range(2):
            listed = int(state[LISTED + buffer])
            self.lists.reshape(2, -1)[buffer, :listed] = numbers[lists[buffer, :listed]]
        self.in_use[1:end] = 1
        self.state[:] = state
        self.state[[USED, SPARE, LINKED]] = end, 0, 1

    def _allocate(self, slots: int) -> None:
        """Empty arrays for that many slots, or up to twice as many.

        Raises:
            LifeError: that is too many.
        """
        size = max(1 << slots.bit_length(), _SMALLEST)
        if size > _MOST:
            raise LifeError(
                f"the pattern covers more than {_MOST // 2:,} tiles of 64 × 64 cells, which would not fit into memory; "
                "let HashLife run it, or give the board edges"
            )
        try:
            self._set_arrays(size)
        except MemoryError:
            raise LifeError(
                f"the pattern needs {size:,} tiles of 64 × 64 cells, for which there is not enough memory; "
                "let HashLife run it, or give the board edges"
            ) from None

    def _set_arrays(self, size: int) -> None:
        self.cells: Words = np.zeros(size * SLOT, np.uint64)
        self.near: Slots = np.zeros(size * SIDES, np.int32)
        self.places: Places = np.zeros(size * 2, np.int64)
        self.in_use: Flags = np.zeros(size, np.uint8)
        self.todo: Words = np.zeros(size * 2, np.uint64)
        self.lists: Slots = np.zeros(size * 2, np.int32)
        self.lacks: Flags = np.zeros(size, np.uint8)
        self.lacking: Slots = np.zeros(size, np.int32)
        self.spare: Slots = np.zeros(size, np.int32)
        self.table: Slots = np.zeros(size * 2, np.int32)
        self.state: Places = np.zeros(FIGURES, np.int64)
        self.state[[USED, LINKED]] = 1
