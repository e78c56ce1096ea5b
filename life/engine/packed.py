"""Whole boards in NumPy, 64 cells in every operation: the kernel that is always there, and the others' second opinion.

Neighbours are counted as a circuit would: bits of the same weight go through full and half adders, each a few logical
operations on whole words, until every cell has its count as four bits in four words (carry-save adders: H. S. Warren,
"Hacker's Delight", section 5-1). What the rule makes of the count is a formula of those bits.
"""

from collections.abc import Callable

import numpy as np

from life.engine.field import Field
from life.engine.formula import CELL, Formula, formula_of
from life.engine.loops import Words
from life.rule import Rule
from life.stop import StopSignal
from life.topology import Topology

_BAND = 8192  # words that are computed at a time: the dozen arrays of them stay in the processor's cache
_STAGGER, _PAGE = 40, 512  # words by which the addresses of work arrays differ, modulo those of a page; see `staggered`
_FEWEST_ROWS = 4  # the sums of one row above and one below are computed again for every band
_ONE = np.uint64(1)
_TOP_BIT = np.uint64(63)
_OPERATIONS: dict[str, Callable[[Words, Words, Words], Words]] = {
    "and": np.bitwise_and,
    "or": np.bitwise_or,
    "xor": np.bitwise_xor,
}


class PackedKernel:
    """Some two dozen array operations a generation, on bands of rows that fit the cache."""

    key = "packed"
    title = "NumPy on packed words"

    def __init__(self) -> None:
        self._band = _Band(0, 0)

    def advance(
        self, field: Field, rule: Rule, topology: Topology, generations: int, stop: StopSignal | None = None
    ) -> None:
        """Takes the field `generations` further; see `life.engine.kernel.Kernel`."""
        formula = formula_of(rule)
        field.activity = None
        rows = min(max(_BAND // field.stride, _FEWEST_ROWS), field.height)
        if self._band.stride != field.stride or self._band.rows != rows:
            self._band = _Band(rows, field.stride)
        for _ in range(generations):
            field.wrap(topology)
            for top in range(0, field.height, rows):
                if stop is not None:
                    stop.check()
                self._band.compute(field, top, min(rows, field.height - top), formula)
            field.swap()


class _Band:
    """Work arrays for some rows, and the steps from cells to counts to cells in them."""

    def __init__(self, rows: int, stride: int) -> None:
        self.rows = rows
        self.stride = stride
        self._sums = _work_arrays(6, (rows + 2) * stride)
        self._counts = _work_arrays(6, rows * stride)
        self._pool = _work_arrays(0, rows * stride)

    def compute(self, field: Field, top: int, rows: int, formula: Formula) -> None:
        """The next generation of `rows` rows from row `top` on; the spare words between them become anything."""
        first = field.first + top * self.stride
        count = rows * self.stride - 1
        self._add_along_rows(field.now, first - self.stride, count + 2 * self.stride)
        bits = self._add_rows(count)
        bits[CELL] = field.now[first : first + count]
        if len(self._pool) < formula.cost:
            self._pool = _work_arrays(formula.cost, self.rows * self.stride)
        _Evaluation(bits, self._pool[:, :count]).write(formula, field.then[first : first + count])

    def _add_along_rows(self, cells: Words, first: int, count: int) -> None:
        """Of each cell's row: its two neighbours' sum, and that with itself, in two bits each."""
        west, east, two_0, two_1, three_0, three_1 = self._sums[:, :count]
        middle = cells[first : first + count]
        np.left_shift(middle, _ONE, out=west)
        np.right_shift(cells[first - 1 : first + count - 1], _TOP_BIT, out=two_0)
        west |= two_0
        np.right_shift(middle, _ONE, out=east)
        np.left_shift(cells[first + 1 : first + count + 1], _TOP_BIT, out=two_0)
        east |= two_0
        np.bitwise_xor(west, east, out=two_0)
        np.bitwise_and(west, east, out=two_1)
        np.bitwise_xor(two_0, middle, out=three_0)
        np.bitwise_and(two_0, middle, out=three_1)
        three_1 |= two_1

    def _add_rows(self, count: int) -> list[Words]:
        """The number of neighbours in four bits, and a fifth array, whose place the cells take."""
        _, _, two_0, two_1, three_0, three_1 = self._sums
        above, here, below = (slice(row * self.stride, row * self.stride + count) for row in range(3))
        n0, carry, n1, n2, n3, spare = self._counts[:, :count]
        _add(three_0[above], three_0[below], two_0[here], n0, carry, spare)
        _add(three_1[above], three_1[below], two_1[here], n1, n2, spare)
        np.bitwise_and(n1, carry, out=spare)
        n1 ^= carry
        np.bitwise_and(n2, spare, out=n3)
        n2 ^= spare
        return [n0, n1, n2, n3, spare]


def _work_arrays(how_many: int, size: int) -> Words:
    """Arrays of at least `size` words, as rows of one whose addresses are staggered."""
    return np.empty((how_many, size + (_STAGGER - size) % _PAGE), np.uint64)


def _add(a: Words, b: Words, c: Words, low: Words, high: Words, spare: Words) -> None:
    """A full adder: a + b + c in two bits."""
    np.bitwise_xor(a, b, out=spare)
    np.bitwise_and(a, b, out=high)
    np.bitwise_xor(spare, c, out=low)
    spare &= c
    high |= spare


class _Evaluation:
    """One walk through a formula; what occurs twice in it is computed once."""

    def __init__(self, variables: list[Words], pool: Words) -> None:
        self._variables = variables
        self._rooms = iter(pool)
        self._known: dict[int, Words] = {}

    def write(self, formula: Formula, target: Words) -> None:
        """Puts the formula's value into `target`."""
        if formula.kind is None:
            target[:] = self._leaf(formula)
        else:
            self._operate(formula, target)

    def _leaf(self, formula: Formula) -> Words | np.uint64:
        if isinstance(formula.leaf, bool):
            return ~np.uint64(0) if formula.leaf else np.uint64(0)
        return self._variables[formula.leaf]

    def _value(self, formula: Formula) -> Words:
        if formula.kind is None:
            return self._variables[formula.leaf]
        if id(formula) not in self._known:
            self._known[id(formula)] = self._operate(formula, next(self._rooms))
        return self._known[id(formula)]

    def _operate(self, formula: Formula, target: Words) -> Words:
        assert formula.kind is not None
        assert formula.left is not None
        left = self._value(formula.left)
        if formula.right is None:
            return np.bitwise_not(left, out=target)
        return _OPERATIONS[formula.kind](left, self._value(formula.right), target)
