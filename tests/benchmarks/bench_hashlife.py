"""What HashLife takes for giant steps, and the tree for being drawn, all in one run; and Golly beside it.

    python -m tests.benchmarks.bench_hashlife [--bgolly PATH] [--pattern FILE ...]

Each step is made by a fresh engine, five times, and the shortest counts. Golly, where `bgolly`, built from its public
sources, is given, is measured less the time that it takes to start and to read the file.
"""

import argparse
import subprocess
from pathlib import Path
from time import perf_counter

from life.hashlife.engine import HashLifeEngine
from life.hashlife.machine import shared_machinery
from life.patterns.files import read_pattern
from life.patterns.placing import place
from life.plane.box import Box
from life.rule import CONWAY

PATTERNS = Path(__file__).parents[2] / "assets" / "patterns" / "guns-and-puffers"
FILES = (PATTERNS / "gosper-glider-gun.rle", PATTERNS / "breeder-1.rle")
LOG2_STEPS = (20, 30, 60)
MEMORY = 1 << 30
HEIGHT, WIDTH = 800, 1280


def shortest(act, repeats=5):
    """Seconds of the fastest of several calls, and what the last one gave."""
    times = []
    for _ in range(repeats):
        began = perf_counter()
        given = act()
        times.append(perf_counter() - began)
    return min(times), given


def golly(bgolly, file, log2):
    """Seconds that Golly's HashLife takes for a step."""

    def run(generations):
        command = [bgolly, "-q", "-q", "-a", "HashLife", "-m", str(generations), "-i", str(max(generations, 1)), file]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)

    return shortest(lambda: run(1 << log2))[0] - shortest(lambda: run(0))[0]


def measure_steps(file, bgolly):
    """Prints the times of the steps of one pattern, and of drawing what comes out."""
    start = place(read_pattern(file)).board
    print(f"\n{file.stem}: {start.population:,} cells")
    for log2 in LOG2_STEPS:
        seconds, after = shortest(lambda n=1 << log2: HashLifeEngine(MEMORY).step(start, CONWAY, n))
        beside = f"   bgolly {1000 * golly(bgolly, file, log2):7.2f} ms" if bgolly else ""
        print(f"  2^{log2} generations {1000 * seconds:7.2f} ms{beside}   {after.population:,} cells")
        measure_drawing(after)


def measure_drawing(plane):
    """Prints what a window full of it takes, from all of it down to single cells."""
    began = perf_counter()
    box = plane.box
    print(f"      its box {1000 * (perf_counter() - began):.2f} ms", end="")
    side = max(box.height, box.width).bit_length()
    for log2 in sorted({max(side - 9, 0), max(side - 13, 0)}, reverse=True):
        top, left = (box.top >> log2) << log2, (box.left >> log2) << log2
        seconds, shares = shortest(lambda t=top, x=left, k=log2: plane.densities(t, x, HEIGHT, WIDTH, k))
        print(f", 2^{log2} cells a pixel {1000 * seconds:.2f} ms ({(shares > 0).mean():.0%} of the pixels)", end="")
    crop = Box(box.top, box.left, box.top + HEIGHT, box.left + WIDTH)
    print(f", single cells {1000 * shortest(lambda: plane.crop(crop))[0]:.2f} ms")


def main():
    """Prints everything."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--bgolly", type=Path)
    parser.add_argument("--pattern", type=Path, nargs="*", default=FILES)
    arguments = parser.parse_args()
    began = perf_counter()
    is_compiled = shared_machinery().wait().is_compiled
    print(f"{'compiled or loaded' if is_compiled else 'not compiled'} in {perf_counter() - began:.2f} s")
    for file in arguments.pattern:
        measure_steps(file, arguments.bgolly)


if __name__ == "__main__":
    main()
