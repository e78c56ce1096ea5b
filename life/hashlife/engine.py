"""Planes in, planes out, by HashLife: the more a pattern repeats itself, in space and time, the less there is to do."""

import numpy as np
from numpy.typing import NDArray

from life.errors import LifeError
from life.hashlife.growing import NoRoomError, Root, grown, root_of_tiles, shrunk, with_tiles
from life.hashlife.layout import (
    COMPUTED,
    DEPTH,
    DONE,
    FRAME,
    NO_ROOM,
    NODE,
    RESULT,
    SQUARES,
    START,
    STATE,
    WORK_WORDS,
)  # fmt: skip
from life.hashlife.machine import Machinery
from life.hashlife.store import Store
from life.hashlife.tree import TreePlane
from life.plane.patched import PatchedPlane
from life.plane.plane import Plane
from life.rule import Rule
from life.stop import StopSignal

LARGEST_LOG2 = 400  # of generations at a time, so that counts of cells fit into floating point
LARGEST_LEVEL = 480

_TURNS, _TURNS_OF_PLAIN = 4096, 64  # between two looks at the stop signal: some milliseconds
_LEAST_MEMORY = 1 << 20
_MOST_TIDYINGS = 1000  # in one step; with a gigabyte, that is after many minutes
_ROOM_BEHIND = 16  # numbers that a frame uses behind it

Stack = NDArray[np.int32]


class HashLifeEngine:
    """Takes planes further in steps of 2^n generations, with what it has computed before at hand.

    One thread at a time may use it. The planes that it gives may be read by any thread, while it goes on.

    Attributes:
        made: how many middles of squares the last call has computed.
    """

    def __init__(self, memory_budget: int, machinery: Machinery | None = None) -> None:
        """Uses at most about so many bytes, at least a mebibyte; half of them are for when it tidies up."""
        self._machinery = machinery
        self._limit = max(memory_budget, _LEAST_MEMORY) // 2
        self._store = self._fresh_store()
        self._last: tuple[TreePlane | None, int] = (None, 1)
        self.made = 0

    @property
    def is_compiled(self) -> bool:
        """Whether its code is compiled by now; to ask begins the compilation."""
        return self._store.machine.is_compiled

    @property
    def trouble(self) -> str:
        """Why its code is not compiled and will not be, in one sentence; else ""."""
        return self._store.machinery.trouble

    @property
    def regularity(self) -> float:
        """For how many cells, times generations, a square stood that the last call computed.

        Tiles do about a thousand of them in that time, so below that they would be faster.
        """
        plane, generations = self._last
        return (plane.population if plane else 0) * generations / max(self.made, 1)

    def step(self, plane: Plane, rule: Rule, generations: int, stop: StopSignal | None = None) -> Plane:
        """The plane that is `generations` further, which may be 0.

        Raises:
            LifeError: the rule brings the whole plane to life, or there is too little memory, or it goes too far.
            Stopped: `stop` was set; what was computed is remembered all the same.
        """
        if 0 in rule.births:
            raise LifeError(f"with {rule} on the endless plane every dead cell would come alive; give the board edges")
        if generations.bit_length() > LARGEST_LOG2:
            raise LifeError(f"HashLife takes at most 2^{LARGEST_LOG2} generations at a time; take fewer")
        if generations == 0:
            return plane
        self.made = 0
        tree = self._tree_of(plane)
        self._store.remember_for(rule)
        for log2 in range(generations.bit_length()):
            if generations >> log2 & 1:
                tree = self._advanced(tree, rule, log2, stop)
        self._last = tree, generations
        return tree

    def forget(self) -> None:
        """Gives back the memory that it takes, apart from that of the planes that somebody has."""
        self._store = self._fresh_store()
        self._last = None, 1

    def _fresh_store(self) -> Store:
        return Store(self._limit, self._machinery)

    def _tree_of(self, plane: Plane) -> TreePlane:
        """The same cells as a tree of this engine's store."""
        if isinstance(plane, TreePlane):
            return plane if plane.at[0] is self._store else self._adopted(plane)
        if isinstance(plane, PatchedPlane) and isinstance(plane.base, TreePlane):
            return self._patched(self._tree_of(plane.base), plane)
        tiles = plane.tiles()
        try:
            root = root_of_tiles(self._store, tiles.keys, tiles.words)
        except NoRoomError:
            self._store = self._fresh_store()
            root = root_of_tiles(self._store, tiles.keys, tiles.words)
        return TreePlane(self._store, *root)

    def _adopted(self, plane: TreePlane) -> TreePlane:
        """A copy of a tree that others made, or that lies in a store that this engine has left."""
        old, square = plane.at
        roots = np.array([square], np.int32)
        new = old.collected(roots) or old.collected(roots, wider=2)
        if new is None or not new.fits(self._limit):
            raise NoRoomError(self._limit)
        self._store = new
        return TreePlane(new, int(roots[0]), plane.level)

    def _patched(self, base: TreePlane, plane: PatchedPlane) -> TreePlane:
        try:
            root = with_tiles(self._store, (base.at[1], base.level), plane.keys, plane.words)
        except NoRoomError:
            self._tidy()
            root = with_tiles(self._store, (base.at[1], base.level), plane.keys, plane.words)
        return TreePlane(self._store, *root)

    def _advanced(self, tree: TreePlane, rule: Rule, log2: int, stop: StopSignal | None) -> TreePlane:
        """The tree 2^log2 generations further."""
        level = max(tree.level + 2, log2 + 3)
        if level > LARGEST_LEVEL:
            raise LifeError(f"the pattern has become wider than 2^{LARGEST_LEVEL} cells, which is as far as it goes")
        self._have_room_for(8 * level)
        root = tree.at[1], tree.level
        while root[1] < level:
            root = grown(self._store, root)
        stack = np.zeros((level + 1) * FRAME + _ROOM_BEHIND, np.int32)
        stack[:SQUARES] = *root, START
        self._store.counters[DEPTH] = 1
        self._work(stack, rule, log2, stop)
        middle = int(self._store.counters[RESULT])
        root = self._shrunk((middle, level - 1))  # perhaps in another store
        return TreePlane(self._store, *root)

    def _work(self, stack: Stack, rule: Rule, log2: int, stop: StopSignal | None) -> None:
        """Goes on with what is on the stack until nothing is.

        Raises:
            NoRoomError: there is too little, or so little that what was forgotten is computed again and again.
            Stopped: `stop` was set.
        """
        bits = [sum(1 << count for count in counts) for counts in (rule.births, rule.survivals)]
        work = np.zeros(WORK_WORDS, np.uint64)
        status, times = NO_ROOM, 0
        while status != DONE:
            store, machine = self._store, self._store.machine
            computed = int(store.counters[COMPUTED])
            turns = _TURNS if machine.is_compiled else _TURNS_OF_PLAIN
            status = machine.advance(*store.arrays, stack, work, log2, *bits, turns)
            self.made += int(store.counters[COMPUTED]) - computed
            if stop is not None:
                stop.check()
            if status == NO_ROOM and not store.grow():
                times += 1
                if times > _MOST_TIDYINGS:
                    raise NoRoomError(self._limit)
                self._tidy(stack)

    def _have_room_for(self, squares: int) -> None:
        """Makes room, by tidying up if need be.

        Raises:
            NoRoomError: not even then there is enough.
        """
        is_tidy = False
        while not self._store.has_room(squares):
            if self._store.grow(squares):
                continue
            if is_tidy:
                raise NoRoomError(self._limit)
            self._tidy()
            is_tidy = True

    def _shrunk(self, root: Root) -> Root:
        self._store.counters[RESULT] = 0
        stack = np.zeros(FRAME, np.int32)
        stack[NODE] = root[0]
        if not self._store.has_room(root[1]) and not self._store.grow(root[1]):
            self._store.counters[DEPTH] = 1
            self._tidy(stack)
        return shrunk(self._store, (int(stack[NODE]), root[1]))

    def _tidy(self, stack: Stack | None = None) -> None:
        """Goes on in a new store, with what the planes that there are, and the stack, are made of.

        Where that is too much, the planes stay where they are, and with them the memory that they take.

        Raises:
            NoRoomError: even then there is too much.
        """
        depth = int(self._store.counters[DEPTH]) if stack is not None else 0
        frames = np.zeros((0, FRAME), np.int32) if stack is None else stack[: depth * FRAME].reshape(-1, FRAME)
        frames[frames[:, STATE] == START, SQUARES:] = 0
        wanted = np.concatenate([frames[:, NODE], frames[:, SQUARES:].reshape(-1)])
        planes = list(self._store.planes())
        roots = np.concatenate([wanted, np.array([plane.at[1] for plane in planes], np.int32)])
        new = self._store.collected(roots)
        if new is None and stack is not None:
            planes, roots = [], wanted
            new = self._store.collected(roots)
        if new is None:
            raise NoRoomError(self._limit)
        frames[:, NODE] = roots[:depth]
        frames[:, SQUARES:] = roots[depth : len(wanted)].reshape(depth, FRAME - SQUARES)
        for plane, root in zip(planes, roots[len(wanted) :].tolist(), strict=True):
            plane.at = new, root
            new.note(plane)
        new.counters[DEPTH] = depth
        self._store = new
