"""What people call an object, whichever of its phases is seen and however it is turned."""

from collections.abc import Iterable

import numpy as np

from life.knowing.object import LONGEST_SIDE, MOST_CELLS, Key, Nature, nature_of
from life.knowing.plane import Cluster
from life.patterns.pattern import Pattern
from life.rule import Rule

_Identity = tuple[Key, int, Rule | None]


class Names:
    """Names of objects, learnt one pattern at a time; the first that is learnt for an object counts.

    What comes back, here or elsewhere, is known by all of its phases and by whichever rule. Anything else is known by
    the cells that it begins with, and only by its own rule.
    """

    def __init__(self, patterns: Iterable[Pattern] = ()) -> None:
        """Learns all of `patterns`; each takes some milliseconds, so that it may be better to learn them in turn."""
        self._names: dict[_Identity, str] = {}  # of periodic objects also without their rule
        for pattern in patterns:
            self.learn(pattern)

    def learn(self, pattern: Pattern) -> None:
        """Takes note of a pattern's name, if it has one and is no larger than what can be recognised."""
        cluster = _cluster_of(pattern)
        if pattern.name and cluster is not None:
            rule = pattern.notation.rule
            nature = nature_of(cluster, rule)
            self._names.setdefault((nature.key, nature.period, rule), pattern.name)
            if nature.is_periodic:
                self._names.setdefault((nature.key, nature.period, None), pattern.name)

    def name_of(self, nature: Nature, rule: Rule) -> str:
        """What an object of that nature is called where it lives by `rule`, or ""."""
        by_rule = self._names.get((nature.key, nature.period, rule), "")
        return by_rule or (self._names.get((nature.key, nature.period, None), "") if nature.is_periodic else "")


def _cluster_of(pattern: Pattern) -> Cluster | None:
    height, width = pattern.extents
    if not 0 < pattern.population <= MOST_CELLS or max(height, width) > LONGEST_SIDE:
        return None
    pattern = pattern.listed()
    cells = np.zeros((height, width), np.uint8)
    cells[pattern.ys, pattern.xs] = 1
    return Cluster.cut_out(cells)
