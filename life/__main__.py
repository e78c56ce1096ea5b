"""The command line: the same engine as the window's, no screen, no Qt.

Exit codes: 0 done, 1 a failure reached the caller, 2 bad input (one line on stderr), 130 interrupted.
"""

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

from life import options
from life.ending import end
from life.errors import LifeError

RACE_RUN = "race-run"  # one run of a race, in a child process; not for people
_MOST_COLUMNS = 1_000  # generations side by side, where more are made in no time
_DONE, _FAILED, _BAD_INPUT, _INTERRUPTED = 0, 1, 2, 130


class _Parser(argparse.ArgumentParser):
    """Says what is wrong in one line, as everything else here does."""

    def error(self, message: str) -> NoReturn:
        self.exit(_BAD_INPUT, f"{self.prog}: {message}\n")


def main(argv: Sequence[str] | None = None) -> int:
    """Runs one command; `argv` is what follows the program's name."""
    argv = sys.argv[1:] if argv is None else argv
    if argv[:1] == [RACE_RUN]:
        from life.race.child import run_job

        return run_job(argv[1])
    arguments = _parser(argv[:1]).parse_args(argv)
    try:
        code = int(arguments.command(arguments))
        sys.stdout.flush()
        return code
    except LifeError as error:
        print(error, file=sys.stderr)
        return _BAD_INPUT
    except KeyboardInterrupt:
        return _INTERRUPTED
    except BrokenPipeError:  # whoever read the output has had enough of it, as `head` does
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return _DONE


def _parser(chosen: Sequence[str]) -> argparse.ArgumentParser:
    """All commands, with the options of the chosen one: each imports what it needs, and the service needs little."""
    parser = _Parser(prog="python -m life", description="Conway's Game of Life, fanned out, without a screen.")
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")
    for name, what, add_options in (
        ("run", "run generations of a pattern file", _add_run),
        ("race", "run the same work in several strategies, each in a process of its own, and compare", _add_race),
        ("bench", "measure how fast this machine computes whole boards", _add_bench),
        ("convert", "write a pattern file in another format", _add_convert),
        ("serve", "run the rule service alone", _add_serve),
    ):
        command = commands.add_parser(name, help=what)
        if name in chosen:
            add_options(command)
    return parser


def _add_run(parser: argparse.ArgumentParser) -> None:
    from life.fanout import STRATEGIES

    parser.set_defaults(command=_run)
    parser.add_argument("pattern", type=Path, help="a pattern file")
    parser.add_argument(
        "--size", type=options.size, metavar="WxH",
        help="a board of W columns and H rows; without it, and where the file names none, the endless plane",
    )  # fmt: skip
    parser.add_argument("--generations", type=options.natural, default=1, metavar="N", help="how many (default 1)")
    parser.add_argument(
        "--as", dest="form", choices=("columns", "rle", "json"),
        help=f"what to print (default columns; of over {_MOST_COLUMNS:,} generations made many at a time, rle)",
    )  # fmt: skip
    parser.add_argument(
        "--strategy", choices=[s.key for s in STRATEGIES], default="serial", metavar="KEY",
        help="how a generation is fanned out: " + ", ".join(s.key for s in STRATEGIES),
    )  # fmt: skip
    options.add_engine(parser)
    options.add_experiment(parser)
    parser.add_argument(
        "--trace", type=Path, metavar="FILE",
        help="write what happened in the last generation that was run, failed or not, as Chrome Trace Event JSON, "
        "which ui.perfetto.dev and profiler.firefox.com open; compressed where FILE ends in .gz",
    )  # fmt: skip


def _add_race(parser: argparse.ArgumentParser) -> None:
    from life.race import command

    command.add_options(parser)


def _add_bench(parser: argparse.ArgumentParser) -> None:
    from life.bench import command

    command.add_options(parser)


def _add_convert(parser: argparse.ArgumentParser) -> None:
    from life.convert import written_keys
    from life.patterns.formats import FORMATS

    suffixes = sorted({suffix for form in FORMATS for suffix in form.suffixes})
    parser.set_defaults(command=_convert)
    parser.add_argument(
        "source", metavar="IN", help=f"a pattern file ({', '.join(suffixes)}, each also with .gz), or - for stdin"
    )
    parser.add_argument("target", metavar="OUT", help="the file to write, whose suffix says how, or - for stdout")
    parser.add_argument(
        "--as", dest="form", choices=written_keys(), help="how to write it, whatever its suffix (stdout: rle)"
    )


def _add_serve(parser: argparse.ArgumentParser) -> None:
    parser.set_defaults(command=_serve)
    parser.add_argument("--port", type=int, default=0, metavar="N", help="where to listen (default: a free one)")
    parser.add_argument(
        "--listen", default="127.0.0.1", metavar="ADDRESS", help="of this machine (default: its loopback address)"
    )
    parser.add_argument(
        "--allow-remote", action="store_true",
        help="let --listen name an address that other machines reach; clients then need the token in LIFELOOM_TOKEN, "
        "which is made up and printed where that is not set",
    )  # fmt: skip
    parser.add_argument("--parent-pipe", action="store_true", help="end when standard input does")


def _run(arguments: argparse.Namespace) -> int:
    from life.reach import forewarning_of
    from life.run import Run, placed_from

    experiment = options.experiment_of(arguments)
    placed = placed_from(arguments.pattern, arguments.size)
    for warning in placed.warnings:
        print(f"{arguments.pattern}: warning: {warning}", file=sys.stderr)
    form = arguments.form or _form_for(experiment.strategy, arguments.generations)
    run = Run(
        placed,
        experiment,
        keeps_boards=form == "columns",
        trace_file=arguments.trace,
    )
    warning = forewarning_of(experiment, placed.board) if arguments.generations else ""
    if warning:
        print(f"warning: {warning}", file=sys.stderr)
    run.advance(arguments.generations)
    forms = {"columns": run.as_columns, "rle": run.as_rle, "json": run.as_json}
    print(forms[form]().rstrip("\n"))
    run.save_trace()
    if run.error:
        print(f"generation {run.generation + 1} failed: {run.error}", file=sys.stderr)
        return _FAILED
    return _DONE


def _form_for(strategy: str, generations: int) -> str:
    from life.fanout import strategy_class

    is_quick = strategy_class(strategy).is_whole
    return "rle" if is_quick and generations > _MOST_COLUMNS else "columns"


def _convert(arguments: argparse.Namespace) -> int:
    from life.convert import convert

    for warning in convert(arguments.source, arguments.target, arguments.form):
        print(f"{arguments.target}: warning: {warning}", file=sys.stderr)
    return _DONE


def _serve(arguments: argparse.Namespace) -> int:
    from life.wire.service import main_serve

    return main_serve(arguments.port, arguments.parent_pipe, arguments.listen, allows_remote=arguments.allow_remote)


if __name__ == "__main__":
    end(main())
