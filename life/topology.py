"""What lies beyond the edge of a board: its other side, or dead cells for ever; or that there is no edge."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Topology:
    """Which of the two directions wrap round. A direction that does not has dead cells beyond its edge.

    Attributes:
        is_endless: there is no edge at all: the plane, on which `wraps_y` and `wraps_x` are False.
    """

    wraps_y: bool = True
    wraps_x: bool = True
    is_endless: bool = False


TORUS = Topology(wraps_y=True, wraps_x=True)
BOUNDED = Topology(wraps_y=False, wraps_x=False)
PLANE = Topology(wraps_y=False, wraps_x=False, is_endless=True)
