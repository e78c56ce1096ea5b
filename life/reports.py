"""What the listener is told of a generation, put together from how it ended."""

from life.caller import Outcome
from life.experiment import Experiment
from life.facts import FailureReport, Result
from life.moment import Moment
from life.trace.columns import Trace


def result_of(now: Moment, experiment: Experiment, outcome: Outcome, trace: Trace, pace: float | None) -> Result:
    """The generation, or the visit of many, that has led to `now`."""
    return Result(
        epoch=trace.epoch,
        generation=now.generation,
        board=now.board,
        strategy=experiment.strategy,
        seconds=outcome.seconds,
        ideal_seconds=outcome.ideal_seconds,
        peak_threads=outcome.peak_threads,
        failures=outcome.failures,
        trace=trace,
        generations=trace.generations,
        pace=pace,
        engine=outcome.engine,
        note=outcome.note,
    )


def report_of(experiment: Experiment, outcome: Outcome, trace: Trace, *, held: bool) -> FailureReport:
    """What its cells raised; `held` is whether the simulation waits because of it."""
    return FailureReport(
        epoch=trace.epoch,
        generation=trace.generation,
        strategy=experiment.strategy,
        failures=outcome.failures,
        caller_got=outcome.caller_got,
        advanced=outcome.board is not None,
        held=held,
    )
