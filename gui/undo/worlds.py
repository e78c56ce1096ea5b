"""The difference between two boards, or two planes, in the time and memory of what differs.

Two that are edits of one another know which words or tiles differ, and only these are kept, compressed: a stroke takes
some hundred bytes, however large the board is. Any others have to be compared; where they are large, a thread does it
while the window goes on, and until then both of them are kept as they are.
"""

import zlib
from dataclasses import dataclass
from threading import Thread
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from life.board import Bits, Board, stride_of
from life.errors import LifeError
from life.flips import Flips, flips_between
from life.plane.patched import PatchedPlane
from life.plane.plane import MOST_TILES, Plane, TiledPlane
from life.plane.tile_plane import TilePlane
from life.plane.tiles import Keys, Words, cells_of_tiles, find
from life.world import World

LARGE = 2 << 20  # bytes of two worlds that are not compared while somebody waits

_QUICK, _STORED = 1, 0  # levels of zlib
_SAMPLE = 1 << 14  # bytes
_WORTH_WHILE = 0.9
_MOST_TILES_OF_A_TREE = 1 << 13
_MANY_TILES = 256  # from which on tiles are put into a plane together, and not as cells


class WorldDifference(Protocol):
    """How to get from one world to another, and back."""

    @property
    def nbytes(self) -> int:
        """How much memory it takes, about."""

    def undone(self, after: World) -> World:
        """The world before."""

    def redone(self, before: World) -> World:
        """The world after."""


@dataclass(frozen=True, slots=True)
class Nothing:
    """Of two worlds that are the same."""

    nbytes = 0

    def undone(self, after: World) -> World:
        return after

    def redone(self, before: World) -> World:
        return before


@dataclass(frozen=True, slots=True)
class WordsFlipped:
    """Of two boards of the same size: the words that differ, and what differs in them."""

    packed: bytes

    @classmethod
    def of(cls, flips: Flips) -> "WordsFlipped":
        """That says the same as `flips`."""
        return cls(_compressed(np.concatenate((np.diff(flips.places, prepend=0), flips.masks.view(np.int64)))))

    @property
    def nbytes(self) -> int:
        return len(self.packed)

    def undone(self, after: World) -> World:
        return self.redone(after)

    def redone(self, before: World) -> World:
        assert isinstance(before, Board)
        steps, masks = np.frombuffer(zlib.decompress(self.packed), np.int64).reshape(2, -1)
        return before.with_flips(Flips(np.cumsum(steps), masks.view(np.uint64)))


@dataclass(frozen=True, slots=True)
class RowsFlipped:
    """Of two boards of the same size that differ in many words: whole rows from `top` on."""

    top: int
    packed: bytes

    @property
    def nbytes(self) -> int:
        return len(self.packed)

    def undone(self, after: World) -> World:
        return self.redone(after)

    def redone(self, before: World) -> World:
        assert isinstance(before, Board)
        bits = before.bits.copy()
        flips = np.frombuffer(zlib.decompress(self.packed), np.uint8).reshape(-1, bits.shape[1])
        bits[self.top : self.top + len(flips)] ^= flips
        return Board(before.height, before.width, bits)


@dataclass(frozen=True, slots=True)
class TilesFlipped:
    """Of two planes: `count` tiles of 64 × 64 cells that differ, and what differs in them."""

    count: int
    packed: bytes

    @classmethod
    def of(cls, keys: Keys, masks: Words) -> "TilesFlipped":
        """That flips `masks` in the tiles `keys`."""
        some = masks.any(axis=1)
        parts = (np.ascontiguousarray(keys[some]).ravel(), masks[some].view(np.int64).ravel())
        return cls(int(some.sum()), _compressed(np.concatenate(parts)))

    @property
    def nbytes(self) -> int:
        return len(self.packed)

    def undone(self, after: World) -> World:
        return self.redone(after)

    def redone(self, before: World) -> World:
        assert isinstance(before, Plane)
        numbers = np.frombuffer(zlib.decompress(self.packed), np.int64)
        keys = np.asfortranarray(numbers[: 2 * self.count].reshape(-1, 2))
        masks = numbers[2 * self.count :].reshape(-1, 64).view(np.uint64)
        return _flipped(before, keys, masks) if self.count < _MANY_TILES else _merged(before, keys, masks)


def _flipped(plane: Plane, keys: Keys, masks: Words) -> Plane:
    now = plane.words_at(keys)
    plane = plane.with_cells(*cells_of_tiles(keys, masks & now), False)
    return plane.with_cells(*cells_of_tiles(keys, masks & ~now), True)


def _merged(plane: Plane, keys: Keys, masks: Words) -> Plane:
    words, tiles = plane.words_at(keys) ^ masks, plane.tiles()
    kept = find(_in_order(keys), tiles.keys) < 0
    return TilePlane.of_tiles(np.concatenate((tiles.keys[kept], keys)), np.concatenate((tiles.words[kept], words)))


def _in_order(keys: Keys) -> Keys:
    return np.asfortranarray(keys[np.lexsort((keys[:, 1], keys[:, 0]))])


class Packed(Protocol):
    """One world, kept."""

    @property
    def nbytes(self) -> int:
        """How much memory it takes, about."""

    def world(self) -> World:
        """The same world again."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A world as it is."""

    kept: World

    @property
    def nbytes(self) -> int:
        return self.kept.nbytes

    def world(self) -> World:
        return self.kept


@dataclass(frozen=True, slots=True)
class PackedBoard:
    """A board, compressed whole."""

    height: int
    width: int
    packed: bytes

    @property
    def nbytes(self) -> int:
        return len(self.packed)

    def world(self) -> World:
        bits = np.frombuffer(zlib.decompress(self.packed), np.uint8)
        return Board(self.height, self.width, bits.reshape(self.height, stride_of(self.width)))


@dataclass(frozen=True, slots=True)
class PackedPlane:
    """A plane as what is to be flipped on an empty one."""

    tiles: TilesFlipped

    @property
    def nbytes(self) -> int:
        return self.tiles.nbytes

    def world(self) -> World:
        return self.tiles.redone(TilePlane())


@dataclass(frozen=True, slots=True)
class Both:
    """Of any two worlds: both of them."""

    before: Packed
    after: Packed

    @property
    def nbytes(self) -> int:
        return self.before.nbytes + self.after.nbytes

    def undone(self, after: World) -> World:
        return self.before.world()

    def redone(self, before: World) -> World:
        return self.after.world()


class Later:
    """A difference that a thread works out; until it has, both worlds are kept.

    Attributes:
        thread: the one that does.
    """

    def __init__(self, before: World, after: World) -> None:
        self._found: WorldDifference = Both(Kept(before), Kept(after))
        self.thread = Thread(target=self._work_out, args=(before, after), name="undo", daemon=True)
        self.thread.start()

    @property
    def nbytes(self) -> int:
        return self._found.nbytes

    def undone(self, after: World) -> World:
        return self._found.undone(after)

    def redone(self, before: World) -> World:
        return self._found.redone(before)

    def _work_out(self, before: World, after: World) -> None:
        try:
            found = compared(before, after)
        except MemoryError:
            return  # both are kept
        if found.nbytes < self._found.nbytes:
            self._found = found


def between_worlds(before: World, after: World) -> WorldDifference:
    """How they differ, in no more time than somebody wants to wait."""
    if before is after:
        return Nothing()
    if isinstance(before, Board) and isinstance(after, Board) and before.frame == after.frame:
        flips = after.flips_since(before)
        if flips is not None:
            return WordsFlipped.of(flips) if len(flips) else Nothing()
    elif isinstance(before, Plane) and isinstance(after, Plane) and _base(before) is _base(after):
        return _tiles_between(before, after, np.concatenate((_patch(before), _patch(after))))
    return Later(before, after) if before.nbytes + after.nbytes > LARGE else compared(before, after)


def compared(before: World, after: World) -> WorldDifference:
    """How they differ, in the time that it takes to look at both of them."""
    if isinstance(before, Board) and isinstance(after, Board) and before.frame == after.frame:
        return _boards_compared(before, after)
    if isinstance(before, Plane) and isinstance(after, Plane):
        try:
            one, two = _as_tiles(before), _as_tiles(after)
        except LifeError:  # as tiles they would take more memory than as they are
            return Both(Kept(before), Kept(after))
        return _tiles_between(one, two, np.concatenate((one.keys, two.keys)))
    return Both(packed(before), packed(after))


def packed(world: World) -> Packed:
    """One world by itself, in little memory."""
    if isinstance(world, Board):
        return PackedBoard(world.height, world.width, _compressed(world.bits))
    try:
        tiles = _as_tiles(world)
    except LifeError:
        return Kept(world)
    return PackedPlane(TilesFlipped.of(tiles.keys, tiles.words))


def _boards_compared(before: Board, after: Board) -> WorldDifference:
    flips = flips_between(before.bits.view(np.uint64), after.bits.view(np.uint64))
    if not len(flips):
        return Nothing()
    if flips.nbytes < before.nbytes // 2:
        return WordsFlipped.of(flips)
    words = before.bits.shape[1] // 8
    top, bottom = int(flips.places[0]) // words, int(flips.places[-1]) // words + 1
    return RowsFlipped(top, _compressed(before.bits[top:bottom] ^ after.bits[top:bottom]))


def _tiles_between(before: Plane, after: Plane, keys: Keys) -> WorldDifference:
    """`keys` are those of all tiles in which they may differ, perhaps twice."""
    keys = np.asfortranarray(np.unique(keys, axis=0))
    masks = before.words_at(keys) ^ after.words_at(keys)
    return TilesFlipped.of(keys, masks) if masks.any() else Nothing()


def _as_tiles(plane: Plane) -> TiledPlane:
    """Of a tree, which may stand for far more tiles than it has nodes, only where these are few."""
    return plane.tiles(MOST_TILES if isinstance(_base(plane), TilePlane) else _MOST_TILES_OF_A_TREE)


def _base(plane: Plane) -> Plane:
    return plane.base if isinstance(plane, PatchedPlane) else plane


def _patch(plane: Plane) -> Keys:
    return plane.keys if isinstance(plane, PatchedPlane) else np.zeros((0, 2), np.int64)


def _compressed(data: Bits | NDArray[np.int64]) -> bytes:
    """For `zlib.decompress`; a soup, which takes long to compress and gets no smaller by it, is taken as it is."""
    letters = np.ascontiguousarray(data).data.cast("B")
    middle = max(len(letters) - _SAMPLE, 0) // 2
    sample = letters[middle : middle + _SAMPLE]
    is_soup = len(zlib.compress(sample, _QUICK)) > _WORTH_WHILE * len(sample) > 0
    return zlib.compress(letters, _STORED if is_soup else _QUICK)
