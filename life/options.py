"""Options that several commands have in common, and what they may be."""

import argparse
import re

from life.experiment import ENGINES, MEMORY, Experiment, Fault, WireKind
from life.wire import WIRES


def add_experiment(parser: argparse.ArgumentParser) -> None:
    """Adds what a cell waits for, and what goes wrong; `experiment_of` reads it."""
    parser.add_argument("--workers", type=int, metavar="N", help="number of workers, where the strategy has any")
    parser.add_argument(
        "--wire", choices=[wire.key for wire in WIRES],
        help="what a cell waits for (default none, or wait where a latency or jitter is given)",
    )  # fmt: skip
    parser.add_argument("--latency", type=float, metavar="MS", help="milliseconds that a cell waits (default 100)")
    parser.add_argument("--jitter", type=float, metavar="MS", help="up to so much more or less (default 0)")
    parser.add_argument("--seed", type=int, default=0, metavar="N", help="of jitter and random faults")
    parser.add_argument("--time-limit", type=float, default=2000.0, metavar="MS", help="when a cell gives up waiting")
    parser.add_argument(
        "--fail", type=planted_fault, action="append", default=[], metavar="Y,X[:KIND]",
        help="plant a fault in a cell: " + ", ".join(fault.value for fault in Fault) + " (default error)",
    )  # fmt: skip
    parser.add_argument(
        "--fail-rate", type=fault_rate, default=(0.0, Fault.ERROR), metavar="SHARE[:KIND]",
        help="let that share of all cells fail besides, 0 to 1",
    )  # fmt: skip
    parser.add_argument(
        "--cluster", metavar="ADDRESS",
        help="the Dask scheduler for bands-dask, such as tcp://10.0.0.1:8786 (default: a cluster in this process)",
    )  # fmt: skip
    parser.add_argument("--service", type=address, metavar="HOST:PORT", help="a rule service that runs already")


def experiment_of(arguments: argparse.Namespace) -> Experiment:
    """What the options of `add_experiment`, and a strategy, ask for; raises `SettingError`."""
    waits = WireKind.NONE if arguments.latency is arguments.jitter is None else WireKind.WAIT
    implied = WireKind.SERVICE if arguments.service else waits
    rate, kind = arguments.fail_rate
    return Experiment(
        strategy=getattr(arguments, "strategy", "serial"),
        workers=arguments.workers,
        wire=arguments.wire or implied,
        latency=100.0 / 1000 if arguments.latency is None else arguments.latency / 1000,
        jitter=(arguments.jitter or 0.0) / 1000,
        seed=arguments.seed,
        time_limit=arguments.time_limit / 1000,
        faults=dict(arguments.fail),
        fault_rate=rate,
        fault_kind=kind,
        address=arguments.service,
        cluster=arguments.cluster,
        engine=getattr(arguments, "engine", ENGINES[0]),
        memory=getattr(arguments, "memory", MEMORY >> 20) << 20,
    )


def add_engine(parser: argparse.ArgumentParser) -> None:
    """Adds how a plane is taken further by strategies that take it as a whole; `experiment_of` reads it."""
    parser.add_argument(
        "--engine", choices=ENGINES, default=ENGINES[0],
        help="how whole-board takes the endless plane further: tiles for what is irregular, hashlife for what is "
        "regular, automatic (the default) for whichever is quicker",
    )  # fmt: skip
    parser.add_argument(
        "--memory", type=int, default=MEMORY >> 20, metavar="MB", help="that hashlife may take (default 1024)"
    )


def size(text: str) -> tuple[int, int]:
    """Turns "WxH" into (height, width)."""
    match = re.fullmatch(r"0*([1-9]\d{0,6})[x×X]0*([1-9]\d{0,6})", text)
    if not match:
        raise argparse.ArgumentTypeError(f"{text!r} is no size; write columns x rows, as in 64x48")
    return int(match[2]), int(match[1])


def natural(text: str) -> int:
    """Turns a number of generations into one."""
    if not text.isdecimal():
        raise argparse.ArgumentTypeError(f"{text!r} is no number of generations; write 0 or more")
    return int(text)


def planted_fault(text: str) -> tuple[tuple[int, int], Fault]:
    """Turns "Y,X[:KIND]" into a cell and its fault."""
    match = re.fullmatch(r"(-?\d+),(-?\d+)(?::(.+))?", text)
    if not match:
        raise argparse.ArgumentTypeError(f"{text!r} names no cell; write row,column or row,column:kind, as in 3,4:hang")
    return (int(match[1]), int(match[2])), _fault(match[3] or Fault.ERROR.value)


def fault_rate(text: str) -> tuple[float, Fault]:
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


def address(text: str) -> tuple[str, int]:
    """Turns "HOST:PORT" into both."""
    host, _, port = text.rpartition(":")
    if not host or not port.isdecimal() or not 0 < int(port) < 65536:
        raise argparse.ArgumentTypeError(f"{text!r} is no address; write host:port")
    return host, int(port)
