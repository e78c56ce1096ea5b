"""How fast the endless plane goes by tiles: python -m tests.benchmarks.bench_plane [--seconds N] [--bgolly PATH]

A Gosper gun after 10,000 generations, with 330 gliders in flight; soups; a fleet of gliders far apart; a soup that has
settled; and what a turn costs besides: to hand out a plane, and to go on from an edited one. Each is measured several
times and the shortest counts. The ratios are to NumPy on the same plane, and to Golly's QuickLife where `bgolly`, built
from its public sources, is given.
"""

import argparse
import subprocess
import tempfile
from pathlib import Path
from time import perf_counter

import numpy as np

from life.bench.speeds import gun, soup
from life.engine.sparse.engine import SparseEngine
from life.engine.sparse.in_numpy import next_plane
from life.plane.patched import PatchedPlane
from life.plane.tile_plane import TilePlane
from life.rule import CONWAY

GUN_AT = 10_000
SETTLED_AT = 10_000
MOST_GENERATIONS = 2000  # measured at a time: a small soup does not last for more
GLIDER = (np.array([0, 1, 2, 2, 2]), np.array([1, 2, 0, 1, 2]))


def scenes(engine):
    """What is measured: its name, the plane, and how many cells count as computed in a generation."""
    yield f"Gosper gun at {GUN_AT:,}", engine.step(TilePlane.from_board(gun(64)), CONWAY, GUN_AT), None
    for side in (256, 1024, 4096):
        yield f"soup {side}²", TilePlane.from_board(soup(side, 0.37)), side * side
    ys, xs = (np.add.outer(np.arange(1000) * 1000, cells).ravel() for cells in GLIDER)
    yield "1,000 gliders, far apart", TilePlane.from_cells(ys, xs[np.argsort(ys, kind="stable")] - 500_000), None
    settled = engine.step(TilePlane.from_board(soup(1024, 0.37)), CONWAY, SETTLED_AT)
    yield f"soup 1024² at {SETTLED_AT:,}", settled, None


def seconds_a_generation(engine, plane, seconds):
    """The shortest of three measurements, each begun from the plane; and how many generations were measured."""
    engine.step(plane, CONWAY, 2)
    count, best = 4, float("inf")
    for _ in range(3):
        start = engine.step(plane, CONWAY, 2)
        began = perf_counter()
        engine.step(start, CONWAY, count)
        best = min(best, (perf_counter() - began) / count)
        measured, count = count, max(4, min(int(seconds / best), MOST_GENERATIONS))
    return best, measured


def seconds_in_numpy(plane, seconds):
    """The same without compiled code."""
    best, end = float("inf"), perf_counter() + seconds
    while perf_counter() < end or best == float("inf"):
        began = perf_counter()
        next_plane(plane, CONWAY)
        best = min(best, perf_counter() - began)
    return best


def seconds_in_golly(bgolly, plane, generations):
    """QuickLife's, reading the file not included."""
    ys, xs = plane.live_cells()
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "plane.lif"
        file.write_text("#Life 1.06\n" + "".join(f"{x} {y}\n" for y, x in zip(ys, xs, strict=True)), encoding="ascii")
        times = {0: [], generations: []}
        for count in (0, generations, 0, generations):
            began = perf_counter()
            command = [bgolly, "-q", "-q", "-a", "QuickLife", "-m", str(count), "-i", str(count), file]
            subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
            times[count].append(perf_counter() - began)
    return (min(times[generations]) - min(times[0])) / generations


def compare(engine, seconds, bgolly):
    """Prints a row for each scene."""
    print(f"{'':26}  {'µs/gen':>9}  {'gen/s':>9}  {'Gcell/s':>7}  {'tiles':>7}  {'MB':>5}  × NumPy  × QuickLife")
    for name, plane, cells in scenes(engine):
        ours, count = seconds_a_generation(engine, plane, seconds)
        memory = engine.nbytes / 1e6
        times = seconds_in_numpy(plane, seconds) / ours
        speed = f"{cells / ours / 1e9:7.1f}" if cells else " " * 7
        golly = f"{seconds_in_golly(bgolly, plane, count) / ours:8.1f}" if bgolly else ""
        print(
            f"{name:26}  {ours * 1e6:9.2f}  {1 / ours:9,.0f}  {speed}  {len(plane.keys):7,}  {memory:5.1f}  "
            f"{times:7.0f}  {golly}",
            flush=True,
        )


def turns(engine):
    """Prints what a turn of one generation costs, with a plane handed out, and after an edit."""
    for name, plane, _ in scenes(engine):
        after = engine.step(plane, CONWAY, 2)
        plain, edited = [], []
        for count in range(6):
            began = perf_counter()
            after = engine.step(after, CONWAY, 1)
            plain.append(perf_counter() - began)
            over = PatchedPlane(after, after.keys[:1], after.words[:1] ^ np.uint64(count))
            began = perf_counter()
            after = engine.step(over, CONWAY, 1)
            edited.append(perf_counter() - began)
        print(f"{name:26}  a turn {min(plain) * 1e3:8.3f} ms   after an edit {min(edited) * 1e3:8.3f} ms", flush=True)


def main():
    """Prints both tables."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--seconds", type=float, default=0.2)
    parser.add_argument("--bgolly", type=Path)
    arguments = parser.parse_args()
    engine = SparseEngine()
    began = perf_counter()
    if not engine.wait(CONWAY):
        raise SystemExit(engine.trouble)
    print(f"machine code there after {perf_counter() - began:.1f} s")
    compare(engine, arguments.seconds, arguments.bgolly)
    turns(engine)


if __name__ == "__main__":
    main()
