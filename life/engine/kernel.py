"""What a kernel is: whoever takes a whole board some generations further, all cells at once."""

from typing import Protocol

from life.engine.field import Field
from life.rule import Rule
from life.stop import StopSignal
from life.topology import Topology


class Kernel(Protocol):
    """One way of computing whole boards; all of them give the same cells, bit for bit.

    A kernel keeps work arrays between calls, so that one thread at a time may call it.

    Attributes:
        key: its name on the command line and in measurements.
        title: its name for people.
    """

    key: str
    title: str

    def advance(
        self, field: Field, rule: Rule, topology: Topology, generations: int, stop: StopSignal | None = None
    ) -> None:
        """Makes what is `generations` further, which may be 0, the field's generation that is now.

        Raises:
            Stopped: `stop` was set; it is looked at every few milliseconds, and what is in the field is then of no use.
        """
        ...
