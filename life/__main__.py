"""The command line: the same engine as the window's, no screen, no Qt.

Exit codes: 0 done, 1 a failure reached the caller, 2 bad input (one line on stderr), 130 interrupted.
"""

import argparse
import re
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

from life.errors import LifeError
from life.experiment import Experiment, Fault, WireKind

_DONE, _FAILED, _BAD_INPUT, _INTERRUPTED = 0, 1, 2, 130


class _Parser(argparse.ArgumentParser):
    """Says what is wrong in one line, as everything else here does."""

    def error(self, message: str) -> NoReturn:
        self.exit(_BAD_INPUT, f"{self.prog}: {message}\n")


def main(argv: Sequence[str] | None = None) -> int:
    """Runs one command; `argv` is what follows the program's name."""
    argv = sys.argv[1:] if argv is None else argv
    arguments = _parser(argv[:1]).parse_args(argv)
    try:
        return int(arguments.command(arguments))
    except LifeError as error:
        print(error, file=sys.stderr)
        return _BAD_INPUT
    except KeyboardInterrupt:
        return _INTERRUPTED


def _parser(chosen: Sequence[str]) -> argparse.ArgumentParser:
    """All commands, with the options of the chosen one: each imports what it needs, and the service needs little."""
    parser = _Parser(prog="python -m life", description="Conway's Game of Life, fanned out, without a screen.")
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")
    for name, what, add_options in (
        ("run", "run generations of a pattern file", _add_run),
        ("serve", "run the rule service alone", _add_serve),
    ):
        command = commands.add_parser(name, help=what)
        if name in chosen:
            add_options(command)
    return parser


def _add_run(parser: argparse.ArgumentParser) -> None:
    from life.fanout import STRATEGIES

    parser.set_defaults(command=_run)
    parser.add_argument("pattern", type=Path, help="a pattern file (RLE)")
    parser.add_argument("--size", type=_size, metavar="WxH", help="a board of W columns and H rows")
    parser.add_argument("--generations", type=_natural, default=1, metavar="N", help="how many (default 1)")
    parser.add_argument(
        "--as", dest="form", choices=("columns", "rle", "json"), default="columns", help="what to print"
    )
    parser.add_argument(
        "--strategy", choices=[s.key for s in STRATEGIES], default="serial", metavar="KEY",
        help="how a generation is fanned out: " + ", ".join(s.key for s in STRATEGIES),
    )  # fmt: skip
    parser.add_argument("--workers", type=int, metavar="N", help="number of workers, where the strategy has any")
    parser.add_argument(
        "--wire", choices=[wire.value for wire in WireKind],
        help="what a cell waits for (default none, or wait where a latency or jitter is given)",
    )  # fmt: skip
    parser.add_argument("--latency", type=float, metavar="MS", help="milliseconds that a cell waits (default 100)")
    parser.add_argument("--jitter", type=float, metavar="MS", help="up to so much more or less (default 0)")
    parser.add_argument("--seed", type=int, default=0, metavar="N", help="of jitter and random faults")
    parser.add_argument("--time-limit", type=float, default=2000.0, metavar="MS", help="when a cell gives up waiting")
    parser.add_argument(
        "--fail", type=_planted_fault, action="append", default=[], metavar="Y,X[:KIND]",
        help="plant a fault in a cell: " + ", ".join(fault.value for fault in Fault) + " (default error)",
    )  # fmt: skip
    parser.add_argument(
        "--fail-rate", type=_fault_rate, default=(0.0, Fault.ERROR), metavar="SHARE[:KIND]",
        help="let that share of all cells fail besides, 0 to 1",
    )  # fmt: skip
    parser.add_argument("--service", type=_address, metavar="HOST:PORT", help="a rule service that runs already")


def _add_serve(parser: argparse.ArgumentParser) -> None:
    parser.set_defaults(command=_serve)
    parser.add_argument(
        "--port", type=int, default=0, metavar="N", help="on the loopback address (default: a free one)"
    )
    parser.add_argument("--parent-pipe", action="store_true", help="end when standard input does")


def _run(arguments: argparse.Namespace) -> int:
    from life.run import Run, placed_from

    placed = placed_from(arguments.pattern, arguments.size)
    for warning in placed.warnings:
        print(f"{arguments.pattern}: warning: {warning}", file=sys.stderr)
    run = Run(placed, _experiment(arguments), keeps_boards=arguments.form == "columns")
    run.advance(arguments.generations)
    forms = {"columns": run.as_columns, "rle": run.as_rle, "json": run.as_json}
    print(forms[arguments.form]().rstrip("\n"))
    if run.error:
        print(f"generation {run.generation + 1} failed: {run.error}", file=sys.stderr)
        return _FAILED
    return _DONE


def _serve(arguments: argparse.Namespace) -> int:
    from life.wire.service import main_serve

    return main_serve(arguments.port, arguments.parent_pipe)


def _experiment(arguments: argparse.Namespace) -> Experiment:
    implied = WireKind.NONE if arguments.latency is arguments.jitter is None else WireKind.WAIT
    rate, kind = arguments.fail_rate
    return Experiment(
        strategy=arguments.strategy,
        workers=arguments.workers,
        wire=WireKind(arguments.wire) if arguments.wire else implied,
        latency=100.0 / 1000 if arguments.latency is None else arguments.latency / 1000,
        jitter=(arguments.jitter or 0.0) / 1000,
        seed=arguments.seed,
        time_limit=arguments.time_limit / 1000,
        faults=dict(arguments.fail),
        fault_rate=rate,
        fault_kind=kind,
        address=arguments.service,
    )


def _size(text: str) -> tuple[int, int]:
    """Turns "WxH" into (height, width)."""
    match = re.fullmatch(r"0*([1-9]\d{0,6})[x×X]0*([1-9]\d{0,6})", text)
    if not match:
        raise argparse.ArgumentTypeError(f"{text!r} is no size; write columns x rows, as in 64x48")
    return int(match[2]), int(match[1])


def _natural(text: str) -> int:
    if not text.isdecimal():
        raise argparse.ArgumentTypeError(f"{text!r} is no number of generations; write 0 or more")
    return int(text)


def _planted_fault(text: str) -> tuple[tuple[int, int], Fault]:
    """Turns "Y,X[:KIND]" into a cell and its fault."""
    match = re.fullmatch(r"(\d+),(\d+)(?::(.+))?", text)
    if not match:
        raise argparse.ArgumentTypeError(f"{text!r} names no cell; write row,column or row,column:kind, as in 3,4:hang")
    return (int(match[1]), int(match[2])), _fault(match[3] or Fault.ERROR.value)


def _fault_rate(text: str) -> tuple[float, Fault]:
    """Turns "SHARE[:KIND]" into a share and a fault."""
    share, _, kind = text.partition(":")
    try:
        return float(share), _fault(kind or Fault.ERROR.value)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no share of cells; write a number from 0 to 1") from None


_OTHER_NAMES = {"oserror": Fault.ERROR, "timeout": Fault.HANG, "systemexit": Fault.EXIT}


def _fault(name: str) -> Fault:
    name = name.strip().lower()
    if name in _OTHER_NAMES:
        return _OTHER_NAMES[name]
    if name not in (fault.value for fault in Fault):
        known = ", ".join(fault.value for fault in Fault)
        raise argparse.ArgumentTypeError(f'there is no fault called "{name}"; choose one of {known}')
    return Fault(name)


def _address(text: str) -> tuple[str, int]:
    host, _, port = text.rpartition(":")
    if not host or not port.isdecimal() or not 0 < int(port) < 65536:
        raise argparse.ArgumentTypeError(f"{text!r} is no address; write host:port")
    return host, int(port)


if __name__ == "__main__":
    sys.exit(main())
