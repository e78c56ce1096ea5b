"""Where the squares of trees are kept, each once, in arrays that grow until they reach a limit."""

from collections.abc import Iterator
from threading import Lock
from typing import Any, Protocol
from weakref import ReferenceType, ref

import numpy as np
from numpy.typing import NDArray

from life.hashlife import interning
from life.hashlife.layout import (
    COUNTERS,
    FIELDS,
    FULL,
    LEAF_WORDS,
    LEAVES,
    NODES,
    PART,
    PART_LOG2,
    SPARE,
    UNKNOWN,
)  # fmt: skip
from life.hashlife.machine import Machine, Machinery, shared_machinery
from life.rule import Rule

_NODE_BYTES, _LEAF_BYTES = 4 * FIELDS + 8 + 8, 8 * LEAF_WORDS + 8  # with their places in the tables, and the counts
_FIRST_NODES, _FIRST_LEAVES = 1 << 14, 1 << 12
_LARGEST_SHARE = 0.8  # of the limit for nodes, and for leaves
_WORTH_GROWING = 1.1
_ALL_MAY_FILL, _WANTED_MAY_FILL = 0.5, 0.75  # how full a collection may leave a store, with and without middles

Numbers = NDArray[np.int32]


class Standing(Protocol):
    """What stands on a square of a store: `at` are the two."""

    at: "tuple[Store, int]"


class Store:
    """The squares of one engine's trees, or of one file.

    One thread at a time may make squares. Any thread may read those that there are, at any time: what makes up a
    square never changes, and arrays that have become too small are replaced and left to whoever still reads them.

    Attributes:
        limit: bytes that it may take, about.
        machinery: what compiles the functions that work on it.
        rule: the rule by which middles are remembered; None where there are none.
        nodes, table, leaves, rows, leaf_table, counters: see `life.hashlife.layout`.
    """

    def __init__(self, limit: int, machinery: Machinery | None = None) -> None:
        self.limit = limit
        self.rule: Rule | None = None
        self.machinery = machinery or shared_machinery()
        self.counters = np.zeros(COUNTERS, np.int64)
        self.counters[NODES] = self.counters[LEAVES] = 1
        share = max(limit, 1) / (_FIRST_NODES * _NODE_BYTES + _FIRST_LEAVES * _LEAF_BYTES) / 2
        self._set_nodes(max(int(_FIRST_NODES * min(share, 1)), 4 * SPARE))
        self._set_leaves(max(int(_FIRST_LEAVES * min(share, 1)), 4 * SPARE))
        self._counts: NDArray[np.float64] = np.zeros(0)
        self._counting = Lock()
        self._planes: list[ReferenceType[Standing]] = []

    @property
    def machine(self) -> Machine:
        """What works on it, where there is much to do: to ask for it begins the compilation."""
        return self.machinery.machine

    @property
    def at_hand(self) -> Machine:
        """What works on it as long as nobody has wanted much."""
        return self.machinery.at_hand

    @property
    def nbytes(self) -> int:
        """How much memory it takes."""
        return len(self.nodes) // FIELDS * _NODE_BYTES + len(self.leaves) // LEAF_WORDS * _LEAF_BYTES

    @property
    def arrays(self) -> tuple[Any, ...]:
        """What the functions that make squares work on."""
        return self.nodes, self.table, self.leaves, self.rows, self.leaf_table, self.counters

    def node_of(self, nw: int, ne: int, sw: int, se: int) -> int:
        """The square of four squares; there must be room."""
        return interning.node_of(self.nodes.data, self.table.data, self.counters.data, nw, ne, sw, se)

    def quarters(self, node: int) -> tuple[int, int, int, int]:
        """The four squares of a node."""
        nw, ne, sw, se = self.nodes[node * FIELDS : node * FIELDS + 4].tolist()
        return nw, ne, sw, se

    def has_room(self, squares: int = 0) -> bool:
        """Whether there is room for a few dozen squares, and so many nodes more."""
        return self._lacks_nodes() + squares <= 0 and self._lacks_leaves() <= 0

    def grow(self, squares: int = 0) -> bool:
        """Makes more room where there is too little; False where the limit does not allow it."""
        left = self.limit - self.nbytes
        if self._lacks_nodes() + squares > 0:
            old = len(self.nodes) // FIELDS
            new = min(2 * old, old + left // _NODE_BYTES, int(_LARGEST_SHARE * self.limit / _NODE_BYTES))
            if new < _WORTH_GROWING * old:
                return False
            self._set_nodes(new)
            left = self.limit - self.nbytes
        if self._lacks_leaves() > 0:
            old = len(self.leaves) // LEAF_WORDS
            new = min(2 * old, old + left // _LEAF_BYTES, int(_LARGEST_SHARE * self.limit / _LEAF_BYTES))
            if new < _WORTH_GROWING * old:
                return False
            self._set_leaves(new)
        return True

    def fits(self, limit: int) -> bool:
        """Gives back what is of no use, and goes on with another limit; False where it takes more already."""
        self._set_nodes(min(len(self.nodes) // FIELDS, 2 * int(self.counters[NODES]) + 4 * SPARE))
        self._set_leaves(min(len(self.leaves) // LEAF_WORDS, 2 * int(self.counters[LEAVES]) + 4 * SPARE))
        self.limit = limit
        return self.nbytes <= limit

    def _lacks_nodes(self) -> int:
        return int(self.counters[NODES]) + SPARE + 1 - len(self.nodes) // FIELDS

    def _lacks_leaves(self) -> int:
        return int(self.counters[LEAVES]) + SPARE + 1 - len(self.leaves) // LEAF_WORDS

    def _set_nodes(self, room: int) -> None:
        count = int(self.counters[NODES])
        nodes = np.empty(room * FIELDS, np.int32)
        nodes[:FIELDS] = 0
        if count > 1:
            nodes[: count * FIELDS] = self.nodes[: count * FIELDS]
        self.table = np.zeros(_places_for(room), np.int32)
        self.at_hand.enter_nodes(nodes, self.table, count)
        self.nodes: Numbers = nodes

    def _set_leaves(self, room: int) -> None:
        count = int(self.counters[LEAVES])
        leaves: NDArray[np.int64] = np.empty(room * LEAF_WORDS, np.int64)
        leaves[:LEAF_WORDS] = 0
        if count > 1:
            leaves[: count * LEAF_WORDS] = self.leaves[: count * LEAF_WORDS]
        self.leaf_table = np.zeros(_places_for(room), np.int32)
        self.at_hand.enter_leaves(leaves, self.leaf_table, count)
        self.leaves: NDArray[np.int64] = leaves
        self.rows = leaves.view(np.uint16)

    def remember_for(self, rule: Rule) -> None:
        """Forgets all middles where they are not those of `rule`."""
        if self.rule != rule:
            fields = self.nodes.reshape(-1, FIELDS)[1 : self.counters[NODES]]
            fields[:, (FULL, PART)] = UNKNOWN
            fields[:, PART_LOG2] = -1
            self.rule = rule

    def counts_of(self, root: int) -> NDArray[np.float64]:
        """How many cells are alive in each node: those of `root` are there, whatever else may be."""
        with self._counting:
            nodes, rows = self.nodes, self.rows
            if len(self._counts) < len(nodes) // FIELDS:
                counts = np.zeros(len(nodes) // FIELDS)
                counts[: len(self._counts)] = self._counts
                self._counts = counts
            if root and not self._counts[root]:
                self.machine.count(nodes, rows, self._counts, np.empty(1 << 10, np.int64), root)
            return self._counts

    def note(self, plane: Standing) -> None:
        """Remembers that this plane stands on squares of this store, for as long as it is there."""
        self._planes = [known for known in self._planes if known() is not None]
        self._planes.append(ref(plane))

    def planes(self) -> Iterator[Standing]:
        """All planes that stand on it."""
        for known in self._planes:
            if (plane := known()) is not None:
                yield plane

    def collected(self, roots: Numbers, wider: int = 1) -> "Store | None":
        """A new store with all that `roots` are made of, whose numbers become those in it.

        It is as large as this one, or `wider` times that. Middles are remembered as far as there is room for them.
        None, and the roots stay, where there is no room.
        """
        for keeps_all, share in ((1, _ALL_MAY_FILL), (0, _WANTED_MAY_FILL)):
            new = Store(self.limit, self.machinery)
            new.rule = self.rule
            if new._take(self, roots, keeps_all, share, wider):
                return new
        return None

    def _take(self, old: "Store", roots: Numbers, keeps_all: int, share: float, wider: int) -> bool:
        old_nodes = old.nodes  # first of the two: no node of an older array has a leaf of a newer one
        old_leaves = old.leaves
        nodes, leaves = len(old_nodes) // FIELDS, len(old_leaves) // LEAF_WORDS
        self._set_nodes(nodes * wider)
        self._set_leaves(leaves * wider)
        moved, moved_leaves = np.zeros(nodes, np.int32), np.zeros(leaves, np.int32)
        new_roots = roots.copy()
        arrays = self.nodes, self.table, self.leaves, self.leaf_table, self.counters, moved, moved_leaves, new_roots
        most = int(share * wider * nodes), int(share * wider * leaves)
        if not self.at_hand.collect(old_nodes, old_leaves, *arrays, keeps_all, *most):
            return False
        roots[:] = new_roots
        return True


def _places_for(room: int) -> int:
    """How long a table is: a power of two, and a third longer than what it may come to hold, at least."""
    return 1 << (room * 3 // 2).bit_length()
