"""What a cell waits for: nothing, a timed wait, or the rule service over TCP; and what goes wrong there on purpose."""

from life.experiment import Experiment, WireKind
from life.rule import Rule
from life.wire.base import Wire
from life.wire.local import LocalWire
from life.wire.remote import ServiceWire


def open_wire(experiment: Experiment, rule: Rule) -> Wire:
    """The wire that an experiment asks for, to be entered with `with`.

    It depends on the experiment's wire, time limit and address and on the rule, and on nothing else of them.
    On entering it raises `ServiceError` where the rule service cannot be started or reached.
    """
    if experiment.wire is WireKind.SERVICE:
        return ServiceWire(rule, experiment.time_limit, experiment.address)
    return LocalWire(rule, experiment.time_limit, timed=experiment.wire is WireKind.WAIT)
