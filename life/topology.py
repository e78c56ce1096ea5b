"""What lies beyond the edge of a board: its other side, or dead cells for ever."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Topology:
    """Which of the two directions wrap round. A direction that does not has dead cells beyond its edge."""

    wraps_y: bool = True
    wraps_x: bool = True


TORUS = Topology(wraps_y=True, wraps_x=True)
BOUNDED = Topology(wraps_y=False, wraps_x=False)
