"""What an undo brings back."""

from collections.abc import Mapping
from dataclasses import dataclass

from life.experiment import Fault
from life.moment import Moment

Faults = Mapping[tuple[int, int], Fault]


@dataclass(frozen=True, slots=True)
class Snapshot:
    """All that an edit or a run can change.

    Attributes:
        moment: what is shown.
        beginning: the pattern as it was when its first generation was left last: what a reset goes back to.
        faults: the planted ones, by cell (y, x).
    """

    moment: Moment
    beginning: Moment
    faults: Faults
