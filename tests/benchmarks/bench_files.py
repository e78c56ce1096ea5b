"""How long pattern files take: 220,000 live cells in every format, and corners that are 200,000 apart.

    python -m tests.benchmarks.bench_files

Ratios travel from machine to machine, times do not; they are to the reading of RLE.
"""

import gzip
import tracemalloc
from collections.abc import Callable
from time import perf_counter
from typing import TypeVar

import numpy as np

from life.patterns.coordinates import in_order
from life.patterns.files import data_of, pattern_of
from life.patterns.formats import FORMATS, LIFE106
from life.patterns.pattern import Pattern
from life.patterns.placing import place

CELLS = 220_000
SIDE = 1_500  # rows and columns of the soup
FAR = 200_000
REPEATS = 5

T = TypeVar("T")


def main() -> None:
    soup = _soup(SIDE)
    print(f"{soup.population:,} live cells on {SIDE:,} × {SIDE:,}, best of {REPEATS}")
    print("format          bytes      written        read     × RLE    × RLE, .gz")
    unit = 0.0
    for form in FORMATS:
        if form.write:
            data = data_of(soup, form, "soup")
            packed = gzip.compress(data)
            writing, _ = _best(lambda form=form: data_of(soup, form, "soup"))
            reading, _ = _best(lambda data=data: pattern_of(data, "soup"))
            unpacking, _ = _best(lambda packed=packed: pattern_of(packed, "soup"))
            unit = unit or reading
            print(
                f"{form.title:<10}  {len(data):>9,}  {writing * 1e3:>8.1f} ms  {reading * 1e3:>7.1f} ms  "
                f"{reading / unit:>6.1f}  {unpacking / unit:>11.1f}"
            )
    seconds, placed = _best(lambda: place(soup))
    print(f"placed with {placed.board.population:,} live cells in {seconds * 1e3:.1f} ms")
    _print_far()


def _print_far() -> None:
    text = data_of(_soup(FAR), LIFE106, "far")
    seconds, placed = _best(lambda: place(pattern_of(text, "far")))
    tracemalloc.start()
    place(pattern_of(text, "far"))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    print(f"{CELLS:,} cells with corners {FAR:,} apart: {seconds * 1e3:.1f} ms, {peak / 2**20:.0f} MiB at most")
    print(*placed.warnings, sep="\n")


def _soup(side: int) -> Pattern:
    chance = np.random.default_rng(1)
    count = int(-np.log1p(-min(CELLS / side**2, 0.5)) * side**2)  # so many throws hit CELLS different cells
    ys, xs = in_order(chance.integers(0, side, count), chance.integers(0, side, count))
    return Pattern(ys, xs, side, side)


def _best(what: Callable[[], T]) -> tuple[float, T]:
    times = []
    for _ in range(REPEATS):
        begun = perf_counter()
        result = what()
        times.append(perf_counter() - begun)
    return min(times), result


if __name__ == "__main__":
    main()
