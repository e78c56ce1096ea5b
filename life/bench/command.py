"""`python -m life bench`: how fast this machine computes boards, by size, density and kernel."""

import argparse
import json
import sys
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TypeVar

from life.bench.bands import ALONE, BandSpeed, band_speeds
from life.bench.frames import FrameSpeed, frame_speeds
from life.bench.plane import PlaneSpeed, plane_speeds
from life.bench.speeds import BASE, Contest, Speed
from life.engine.compiler import Compiler
from life.race.report import as_text, machine
from life.saving import replace_file, why_not

_Number = TypeVar("_Number", int, float)

_DONE, _NOT_SAVED = 0, 1
_LARGEST = 65_536
_LARGEST_TO_SETTLE = 4096  # on bigger boards it takes minutes until nothing moves
_BAND_TITLES = ("board", "kernel", "workers", "generations at a time", "Gcell/s", f"times {ALONE}")
_FRAME_TITLES = ("board", "cells a pixel", "ms a frame")
_PLANE_TITLES = ("pattern", "engine", "generations", "ms", "generations/s", "cells then", "MiB", "ms a frame")
_TITLES = ("board", "on it", "kernel", "generations/s", "Gcell/s", f"times {BASE}")


def add_options(parser: argparse.ArgumentParser) -> None:
    """Adds what is measured, and where it goes."""
    parser.set_defaults(command=run)
    parser.add_argument(
        "--sizes",
        type=_sizes,
        default=(256, 1024, 4096),
        metavar="N,…",
        help="rows and columns (default 256,1024,4096)",
    )
    parser.add_argument(
        "--densities", type=_densities, default=(0.37, 0.02), metavar="P,…", help="live shares (default 0.37,0.02)"
    )
    parser.add_argument(
        "--seconds", type=_seconds, default=0.2, metavar="S", help="for one measurement, of which there are three (0.2)"
    )
    parser.add_argument(
        "--bands",
        type=_sizes_or_none,
        default=(4096, 16384),
        metavar="N,…",
        help="rows and columns of the boards that are cut into bands (default 4096,16384; 0: none)",
    )
    parser.add_argument("--soups-only", action="store_true", help="measure only soups")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the machine's facts and every speed")


def run(arguments: argparse.Namespace) -> int:
    """Measures, and prints a line for each speed as soon as it is known."""
    compiler = Compiler()
    contest = Contest(compiler, arguments.seconds)
    if compiler.trouble:
        print(compiler.trouble, file=sys.stderr)
    speeds: list[Speed] = []
    for size in arguments.sizes:
        for density in arguments.densities:
            speeds += _told(contest.soups(size, density))
    if not arguments.soups_only:
        speeds += _told(contest.quiet_boards(min(max(arguments.sizes), _LARGEST_TO_SETTLE)))
    print()
    print(as_text(table(speeds)))
    in_bands: list[BandSpeed] = []
    for size in () if arguments.soups_only else arguments.bands:
        in_bands += _told_of_bands(band_speeds(size, compiler))
    if in_bands:
        print()
        print(as_text(table_of_bands(in_bands)))
    on_plane: list[PlaneSpeed] = []
    if not (arguments.soups_only or compiler.trouble):
        on_plane += plane_speeds()
        print()
        print(as_text(table_of_planes(on_plane)))
    frames: list[FrameSpeed] = []
    if not arguments.soups_only:
        frames += frame_speeds()
        print()
        print(as_text(table_of_frames(frames)))
    if arguments.json:
        try:
            replace_file(arguments.json, as_json(speeds, in_bands, on_plane, frames).encode())
        except (OSError, ValueError) as error:
            print(f"{arguments.json}: {why_not('saved', error)}", file=sys.stderr)
            return _NOT_SAVED
    return _DONE


def table(speeds: Sequence[Speed]) -> list[tuple[str, ...]]:
    """Lines of words: a title, and a line for each speed, compared with bytes on the same board where there are any."""
    base = {_board(speed): speed for speed in speeds if speed.kernel == BASE}
    return [_TITLES, *(_line(speed, base.get(_board(speed))) for speed in speeds)]


def table_of_bands(speeds: Sequence[BandSpeed]) -> list[tuple[str, ...]]:
    """Lines of words: a title, and a line for each speed, compared with one thread's by the same kernel."""
    base = {(speed.side, speed.kernel): speed.gcells for speed in speeds if speed.workers == ALONE}
    lines = [
        (
            f"{s.side:,}²", s.kernel, s.workers, f"{s.generations}", f"{s.gcells:,.1f}",
            f"{s.gcells / base[s.side, s.kernel]:.2f}",
        )
        for s in speeds
    ]  # fmt: skip
    return [_BAND_TITLES, *lines]


def table_of_planes(speeds: Sequence[PlaneSpeed]) -> list[tuple[str, ...]]:
    """Lines of words: a title, and a line for each speed."""
    lines = [
        (
            s.pattern, s.engine, f"{s.generations:,}", f"{1000 * s.seconds:,.2f}", f"{s.generations / s.seconds:,.0f}",
            f"{s.population:,}", f"{s.nbytes / (1 << 20):,.1f}", f"{1000 * s.frame_seconds:,.2f}",
        )
        for s in speeds
    ]  # fmt: skip
    return [_PLANE_TITLES, *lines]


def table_of_frames(speeds: Sequence[FrameSpeed]) -> list[tuple[str, ...]]:
    """Lines of words: a title, and a line for each board and zoom."""
    lines = [(f"{s.side:,}²", f"{1 << s.log2} × {1 << s.log2}", f"{1000 * s.seconds:,.2f}") for s in speeds]
    return [_FRAME_TITLES, *lines]


def as_json(
    speeds: Sequence[Speed],
    in_bands: Sequence[BandSpeed] = (),
    on_plane: Sequence[PlaneSpeed] = (),
    frames: Sequence[FrameSpeed] = (),
) -> str:
    """The machine's facts and every speed."""
    bands = [
        {
            "kernel": s.kernel, "workers": s.workers, "side": s.side, "generations": s.generations,
            "seconds": s.seconds, "gcells_per_second": s.gcells,
        }
        for s in in_bands
    ]  # fmt: skip
    kept = [
        {
            "kernel": s.kernel, "scene": s.scene, "side": s.side, "density": s.density, "generations": s.generations,
            "seconds": s.seconds, "generations_per_second": s.per_second, "gcells_per_second": s.gcells,
        }
        for s in speeds
    ]  # fmt: skip
    all_of_it = {
        "machine": machine(),
        "speeds": kept,
        "bands": bands,
        "planes": [asdict(s) for s in on_plane],
        "frames": [asdict(s) for s in frames],
    }
    return json.dumps(all_of_it, indent=2) + "\n"


def _told(speeds: Iterable[Speed]) -> Iterable[Speed]:
    """Says on stderr what is done, because it takes a while."""
    for speed in speeds:
        what, on = _board(speed)
        print(f"{what}, {on}, {speed.kernel}: {speed.gcells:.3g} Gcell/s", file=sys.stderr)
        yield speed


def _told_of_bands(speeds: Iterable[BandSpeed]) -> Iterable[BandSpeed]:
    for speed in speeds:
        print(f"{speed.side:,}², {speed.kernel}, {speed.workers}: {speed.gcells:.3g} Gcell/s", file=sys.stderr)
        yield speed


def _board(speed: Speed) -> tuple[str, str]:
    scene = speed.scene if speed.density is None else f"{speed.scene}, {speed.density:.0%}"
    return f"{speed.side:,}²", scene


def _line(speed: Speed, base: Speed | None) -> tuple[str, ...]:
    ratio = f"{speed.per_second / base.per_second:.1f}" if base else ""
    return (*_board(speed), speed.kernel, f"{speed.per_second:,.0f}", f"{speed.gcells:,.1f}", ratio)


def _sizes(text: str) -> tuple[int, ...]:
    sizes = _numbers(text, int)
    if not all(1 <= size <= _LARGEST for size in sizes):
        raise argparse.ArgumentTypeError(f'"{text}": a board has 1 to {_LARGEST:,} rows')
    return sizes


def _sizes_or_none(text: str) -> tuple[int, ...]:
    return () if text == "0" else _sizes(text)


def _densities(text: str) -> tuple[float, ...]:
    densities = _numbers(text, float)
    if not all(0 <= density <= 1 for density in densities):
        raise argparse.ArgumentTypeError(f'"{text}": a density is a share, 0 to 1')
    return densities


def _seconds(text: str) -> float:
    (seconds, *rest) = _numbers(text, float)
    if rest or not 0 < seconds <= 60:
        raise argparse.ArgumentTypeError(f'"{text}": a measurement takes more than 0 and at most 60 seconds')
    return seconds


def _numbers(text: str, kind: type[_Number]) -> tuple[_Number, ...]:
    try:
        return tuple(kind(part) for part in text.split(","))
    except ValueError:
        raise argparse.ArgumentTypeError(f'"{text}" is not a list of numbers such as 2,5') from None
