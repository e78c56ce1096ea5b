"""What the engine's choices are worth, and how it compares with Golly, all in one run.

    python -m tests.benchmarks.bench_engine [SIDE] [--bgolly PATH]

The kernels by size and density are `python -m life bench`. Here, on one soup: the loop with the rule as constants in
it against the same loop with the rule as arguments, one rule after another; and Golly's QuickLife on the same boards,
on a torus and unbounded, where `bgolly`, built from its public sources, is given.
"""

import argparse
import subprocess
import tempfile
from pathlib import Path
from time import perf_counter

from life.bench.speeds import SETTLES_AFTER, Contest, soup
from life.engine.compiler import Compiler, compiled_loop
from life.engine.field import Field
from life.engine.loops import advance_by, compute_words
from life.notation import parse_rule

RULES = ("B3/S23", "B36/S23", "B3678/S34678", "B2/S", "B35678/S5678", "B1357/S1357")


def sweep_with_constants(births, survivals):
    """A generation without its edges; the rule is in the code."""
    import numba

    @numba.njit(nogil=True)
    def sweep(words, source, target, height, stride):
        compute_words(births, survivals, words, source, target, stride, height * stride - 1)

    return sweep


def sweep_with_arguments():
    """The same for all rules, which come with each call."""
    import numba

    @numba.njit(nogil=True)
    def sweep(words, source, target, height, stride, births, survivals):
        compute_words(births, survivals, words, source, target, stride, height * stride - 1)

    return sweep


def shortest(act, repeats=15):
    """Seconds of the fastest of several calls."""
    act()
    times = []
    for _ in range(repeats):
        began = perf_counter()
        act()
        times.append(perf_counter() - began)
    return min(times)


def compare_rules(side):
    """Gcell/s with the rule as constants and as arguments."""
    compiled_loop(advance_by, parse_rule("B3/S23").rule)  # sets numba up
    field = Field(side, side)
    place = field.room, field.now_at + field.first, field.then_at + field.first, side, field.stride
    general = sweep_with_arguments()
    print(f"{'rule':14}  constants  arguments  Gcell/s")
    for text in RULES:
        rule = parse_rule(text).rule
        bits = [sum(1 << count for count in counts) for counts in (rule.births, rule.survivals)]
        field.load(soup(side, 0.37))
        special = sweep_with_constants(*bits)
        one, other = shortest(lambda s=special: s(*place)), shortest(lambda b=bits: general(*place, *b))
        print(f"{text:14}  {side**2 / one / 1e9:9.1f}  {side**2 / other / 1e9:9.1f}", flush=True)


def compare_with_golly(side, bgolly):
    """Gcell/s of ours and of QuickLife, and milliseconds a generation once the soup has settled."""
    contest = Contest(Compiler())
    for speed in (*contest.soups(side, 0.37), *contest.quiet_boards(side)):
        print(f"{speed.scene:16}  {speed.kernel:10}  {speed.gcells:9.1f} Gcell/s  {1000 / speed.per_second:8.4f} ms")
    if bgolly is None:
        return
    scenes = (("soup", soup(side, 0.37), 50), (f"soup at {SETTLES_AFTER:,}", contest.settled(side), 20_000))
    for scene, board, generations in scenes:
        for name, bounds in (("torus", f":T{side},{side}"), ("unbounded", "")):
            with tempfile.TemporaryDirectory() as folder:
                file = Path(folder) / "board.rle"
                file.write_text(rle_of(board, bounds), encoding="ascii")
                seconds = (run_golly(bgolly, file, generations) - run_golly(bgolly, file, 0)) / generations
            print(f"{scene:16}  QuickLife, {name}: {side**2 / seconds / 1e9:.1f} Gcell/s  {seconds * 1000:.4f} ms")


def run_golly(bgolly, file, generations):
    """Seconds of a run, reading the file included."""
    began = perf_counter()
    command = [bgolly, "-q", "-q", "-a", "QuickLife", "-m", str(generations), "-i", str(generations), file]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return perf_counter() - began


def rle_of(board, bounds):
    """A board as a pattern file, a run a cell."""
    rows = ("".join("o" if cell else "b" for cell in row) for row in board.cells())
    return f"x = {board.width}, y = {board.height}, rule = B3/S23{bounds}\n" + "$\n".join(rows) + "!\n"


def main():
    """Prints both comparisons."""
    parser = argparse.ArgumentParser()
    parser.add_argument("side", nargs="?", type=int, default=4096)
    parser.add_argument("--bgolly", type=Path)
    arguments = parser.parse_args()
    compare_rules(arguments.side)
    compare_with_golly(arguments.side, arguments.bgolly)


if __name__ == "__main__":
    main()
