"""What a cell waits for, one small file each, all listed here; and what goes wrong there on purpose."""

from life.experiment import Experiment
from life.keyed import of_key
from life.rule import Rule
from life.wire.base import Wire
from life.wire.nothing import NoWait
from life.wire.remote import ServiceWire
from life.wire.timed import TimedWait

WIRES: tuple[type[Wire], ...] = (
    NoWait,
    TimedWait,
    ServiceWire,
)


def wire_class(key: str) -> type[Wire]:
    """The wire of that key.

    Raises:
        SettingError: there is none.
    """
    return of_key(key, WIRES, "wire")


def open_wire(experiment: Experiment, rule: Rule) -> Wire:
    """The wire that an experiment asks for, to be entered with `with`.

    It depends on the experiment's wire, time limit and address and on the rule, and on nothing else of them.
    On entering it raises `ServiceError` where the rule service cannot be started or reached.

    Raises:
        SettingError: there is no such wire.
    """
    return wire_class(experiment.wire)(rule, experiment.time_limit, experiment.address)
