"""The loops that are compiled: three rows of words in, one row of words out, and nothing kept in between.

Everything here is plain Python that runs as it stands, a million times too slowly. `life.engine.compiler` has numba
turn it into machine code; so it stays within what numba knows, and all of it stays in this file, because numba's cache
on disk looks at one file to see whether it is still valid. `births` and `survivals` are sets of counts as bits. They
are constants to the compiler, which is how a rule becomes the few operations that it needs.

Arrays are as `life.engine.field.Field` describes them.
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

Words = NDArray[np.uint64]
Flags = NDArray[np.uint8]
Advance = Callable[[Words, int, int, int, int, int, bool, bool, int], None]
AdvanceChanges = Callable[[Words, int, int, int, int, int, bool, bool, int, Flags, Flags, int], tuple[int, int]]

TILE_ROWS = 16
TILE_WORDS = 8

_NONE = np.uint64(0)
_ALL = ~_NONE
_ONE = np.uint64(1)
_TOP_BIT = np.uint64(63)
_INSIDE, _NORTH, _SOUTH, _WEST, _EAST = 1, 2, 4, 8, 16  # where a tile has changed
_PASSED_OVER = 256  # tiles that are passed over in the time in which one is computed
_SWEEP = 4096  # words that are computed before what lies beyond their edges is written, still in the nearest cache


def full_add(a: np.uint64, b: np.uint64, c: np.uint64) -> tuple[np.uint64, np.uint64]:
    """The sum of three bits in two, so written that LLVM needs one operation fewer than for the usual (a & b) | …."""
    either = a ^ b
    return either ^ c, a ^ (either & (a ^ c))


def choose(chooser: np.uint64, no: np.uint64, yes: np.uint64) -> np.uint64:
    """The bits of `yes` where the chooser's are 1, else those of `no`."""
    return (no & ~chooser) | (yes & chooser)


def fate(births: int, survivals: int, count: int, cells: np.uint64) -> np.uint64:
    """The next state of cells that all have `count` neighbours."""
    born = _ALL if births >> count & 1 else _NONE
    stays = _ALL if survivals >> count & 1 else _NONE
    return choose(cells, born, stays)


def next_cells(
    births: int, survivals: int, cells: np.uint64, n0: np.uint64, n1: np.uint64, n2: np.uint64, n3: np.uint64
) -> np.uint64:
    """The next state of 64 cells whose counts of neighbours are the bits n3 n2 n1 n0."""
    to_1 = choose(n0, fate(births, survivals, 0, cells), fate(births, survivals, 1, cells))
    to_3 = choose(n0, fate(births, survivals, 2, cells), fate(births, survivals, 3, cells))
    to_5 = choose(n0, fate(births, survivals, 4, cells), fate(births, survivals, 5, cells))
    to_7 = choose(n0, fate(births, survivals, 6, cells), fate(births, survivals, 7, cells))
    to_7 = choose(n2, choose(n1, to_1, to_3), choose(n1, to_5, to_7))
    eight_is_as_none = (births ^ births >> 8) & 1 == 0 and (survivals ^ survivals >> 8) & 1 == 0
    return to_7 if eight_is_as_none else choose(n3, to_7, fate(births, survivals, 8, cells))


def west(left: np.uint64, middle: np.uint64) -> np.uint64:
    """Each cell's western neighbour: column 0 is bit 0."""
    return middle << _ONE | left >> _TOP_BIT


def east(middle: np.uint64, right: np.uint64) -> np.uint64:
    """Each cell's eastern neighbour."""
    return middle >> _ONE | right << _TOP_BIT


def next_word(births: int, survivals: int, above: Words, here: Words, below: Words, i: int) -> np.uint64:
    """What becomes of word i + 1 of a row, from three words of each of three rows."""
    x, y, z = above[i], above[i + 1], above[i + 2]
    a0, a1 = full_add(west(x, y), east(y, z), y)
    x, y, z = below[i], below[i + 1], below[i + 2]
    b0, b1 = full_add(west(x, y), east(y, z), y)
    x, y, z = here[i], here[i + 1], here[i + 2]
    left, right = west(x, y), east(y, z)
    n0, carry = full_add(a0, b0, left ^ right)
    twos, fours = full_add(a1, b1, left & right)
    more = twos & carry
    return next_cells(births, survivals, y, n0, twos ^ carry, fours ^ more, fours & more)


def seal_row(words: Words, start: int, row: int, stride: int, last_bits: int, wraps_x: bool) -> None:
    """Clears a row past its width and writes what its ends look up; see `life.engine.field.Field.wrap`."""
    spare = start + row * stride
    last = spare + stride - 1
    cells = words[last] & _ALL >> np.uint64(64 - last_bits)
    words[last] = cells
    beyond = _NONE
    if wraps_x:
        beyond = cells >> np.uint64(last_bits - 1) << _TOP_BIT
        if last_bits < 64:
            words[last] |= (words[spare + 1] & _ONE) << np.uint64(last_bits)
        elif row > 0:
            beyond |= words[spare - stride + 1] & _ONE
    words[spare] = beyond


def seal_ends(words: Words, start: int, height: int, stride: int, last_bits: int, wraps_y: bool, wraps_x: bool) -> None:
    """Writes the rows above the first and below the last, from rows that are sealed."""
    below = start + (height + 1) * stride
    for x in range(1, stride):
        words[start + x] = words[start + height * stride + x] if wraps_y else _NONE
        words[below + x] = words[start + stride + x] if wraps_y else _NONE
    seal_row(words, start, 0, stride, last_bits, wraps_x)
    seal_row(words, start, 1, stride, last_bits, wraps_x)
    seal_row(words, start, height + 1, stride, last_bits, wraps_x)
    words[below + stride] = words[below + 1] & _ONE if wraps_x and last_bits == 64 else _NONE


def compute_words(births: int, survivals: int, words: Words, source: int, target: int, stride: int, count: int) -> None:
    """The next generation of `count` words that begin at `source`, into those that begin at `target`."""
    above = words[source - stride - 1 : source - stride + count + 1]
    here = words[source - 1 : source + count + 1]
    below = words[source + stride - 1 : source + stride + count + 1]
    after = words[target : target + count]
    for i in range(count):
        after[i] = next_word(births, survivals, above, here, below, i)


def compare_words(
    births: int, survivals: int, words: Words, source: int, target: int, stride: int, count: int, masks: Words
) -> np.uint64:
    """Like `compute_words`, keeps no more than the bits in `masks`, and tells which of them differ from before."""
    above = words[source - stride - 1 : source - stride + count + 1]
    here = words[source - 1 : source + count + 1]
    below = words[source + stride - 1 : source + stride + count + 1]
    after = words[target : target + count]
    differs = _NONE
    for i in range(count):
        cells = next_word(births, survivals, above, here, below, i)
        differs |= (cells ^ after[i]) & masks[i]
        after[i] = cells & masks[i]
    return differs


def part_of(part: int, bands: int, rows: int, height: int, in_pairs: bool) -> tuple[bool, int, int]:
    """One of the parts in which a generation, or a pair of them, is computed.

    In a pair, the second generation follows the first one through the rows, a row behind, while the processor's cache
    still holds them; its first and last row see each other and come at the end.

    Returns:
        Whether it is of the second generation, its first row, and the row after its last one.
    """
    band, is_second = part, False
    if in_pairs:
        band, is_second = part // 2, part % 2 == 1
    if band == bands:
        return True, height if is_second else 1, height + 1 if is_second else 2
    top = band * rows + 1
    end = min(top + rows, height + 1)
    return is_second, max(top - 1, 2) if is_second else top, end - 1 if is_second else end


def advance_by(births: int, survivals: int) -> Advance:
    """The loop for one rule."""

    def advance(
        words: Words,
        source: int,
        target: int,
        height: int,
        stride: int,
        last_bits: int,
        wraps_y: bool,
        wraps_x: bool,
        generations: int,
    ) -> None:
        """Computes generations to and fro between the buffers that start at `source` and at `target`."""
        rows = max(_SWEEP // stride, 1)
        bands = (height + rows - 1) // rows
        for row in range(1, height + 1):
            seal_row(words, source, row, stride, last_bits, wraps_x)
        seal_ends(words, source, height, stride, last_bits, wraps_y, wraps_x)
        done = 0
        while done < generations:
            in_pairs = bands > 1 and done + 2 <= generations
            for part in range(2 * bands + 2 if in_pairs else bands):
                is_second, top, end = part_of(part, bands, rows, height, in_pairs)
                if part == 2 * bands:
                    seal_ends(words, target, height, stride, last_bits, wraps_y, wraps_x)
                now, then = (target, source) if is_second else (source, target)
                first = top * stride + 1
                compute_words(births, survivals, words, now + first, then + first, stride, (end - top) * stride - 1)
                for row in range(top, end + 1):  # the word after a row belongs to the next one
                    seal_row(words, then, row, stride, last_bits, wraps_x)
            if in_pairs:
                done += 2
            else:
                source, target = target, source
                done += 1
            seal_ends(words, source, height, stride, last_bits, wraps_y, wraps_x)

    return advance


def mark_around(tiles: Flags, y: int, x: int, high: int, wide: int, wraps_y: bool, wraps_x: bool, edges: int) -> None:
    """Notes a tile that changed, and those of its neighbours that see one of its edges that did."""
    for dy in range(-1, 2):
        for dx in range(-1, 2):
            seen_y = dy == 0 or edges & (_NORTH if dy < 0 else _SOUTH)
            seen_x = dx == 0 or edges & (_WEST if dx < 0 else _EAST)
            inside_y = wraps_y or 0 <= y + dy < high
            inside_x = wraps_x or 0 <= x + dx < wide
            if seen_y and seen_x and inside_y and inside_x:
                tiles[(y + dy) % high * wide + (x + dx) % wide] = 1


def advance_changes_by(births: int, survivals: int) -> AdvanceChanges:
    """The loop for one rule that computes only those tiles around which something differs from two generations ago.

    Where nothing does, the next generation is the previous one, which is still in the buffer that would be written.
    """

    def advance_changes(
        words: Words,
        source: int,
        target: int,
        height: int,
        stride: int,
        last_bits: int,
        wraps_y: bool,
        wraps_x: bool,
        generations: int,
        wanted: Flags,
        coming: Flags,
        most: int,
    ) -> tuple[int, int]:
        """Computes generations to and fro, like `advance`, from a buffer that follows from the other one.

        `wanted` are the tiles to compute, row after row of them, 1 where something has changed, and afterwards all 0;
        `coming` is all 0 and afterwards the tiles to compute next. The two change places with every generation. It
        stops after the work of `most` tiles, which is looked at between generations; to pass over a few hundred is as
        much work as to compute one.

        Returns:
            How many generations, at least one, and how many tiles were computed.
        """
        wide, high = tiles_across(stride - 1), tiles_down(height)
        masks = np.full(TILE_WORDS, _ALL)
        done = computed = 0
        while done < generations and computed + done * (high * wide // _PASSED_OVER) <= most:
            reached_end = False
            computed_before = computed
            for tile in range(high * wide):
                if wanted[tile] == 0:
                    continue
                wanted[tile] = 0
                computed += 1
                y, x = tile // wide, tile % wide
                top, left = y * TILE_ROWS + 1, x * TILE_WORDS + 1
                end = min(top + TILE_ROWS, height + 1)
                count = min(TILE_WORDS, stride - left)
                east_bit = np.uint64(last_bits - 1) if x == wide - 1 else _TOP_BIT
                masks[count - 1] = _ALL >> (_TOP_BIT - east_bit)
                edges = 0
                for row in range(top, end):
                    first = row * stride + left
                    old_west, old_east = words[target + first], words[target + first + count - 1]
                    differs = compare_words(
                        births, survivals, words, source + first, target + first, stride, count, masks
                    )
                    if differs:
                        edges |= _INSIDE
                        edges |= _NORTH if row == top else 0
                        edges |= _SOUTH if row == end - 1 else 0
                        edges |= _WEST if (old_west ^ words[target + first]) & _ONE else 0
                        edges |= _EAST if (old_east ^ words[target + first + count - 1]) >> east_bit & _ONE else 0
                masks[count - 1] = _ALL
                if x == 0 or x == wide - 1:
                    for row in range(top, end + 1):
                        seal_row(words, target, row, stride, last_bits, wraps_x)
                reached_end = reached_end or y == 0 or y == high - 1
                if edges:
                    mark_around(coming, y, x, high, wide, wraps_y, wraps_x, edges)
            if reached_end:
                seal_ends(words, target, height, stride, last_bits, wraps_y, wraps_x)
            done += 1
            if computed == computed_before:  # nothing will ever change again: the two buffers take turns
                done = generations
            source, target = target, source
            wanted, coming = coming, wanted
        return done, computed

    return advance_changes


def tiles_across(words: int) -> int:
    """How many tiles a row of so many words has."""
    return (words + TILE_WORDS - 1) // TILE_WORDS


def tiles_down(height: int) -> int:
    """How many tiles a column of so many cells has."""
    return (height + TILE_ROWS - 1) // TILE_ROWS


PARTS = (  # what the loops call, for the compiler
    full_add, choose, fate, next_cells, west, east, next_word, compute_words, compare_words, seal_row, seal_ends,
    part_of, mark_around, tiles_across, tiles_down,
)  # fmt: skip
