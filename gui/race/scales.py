"""Where the numbers of a race lie on a chart, and what is written beside them. No Qt, no chart: only arithmetic."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor, log10

_LOGARITHMIC_FROM = 20.0  # times the smallest is the largest
_LEAST = 1e-6  # seconds; what a logarithm can still be taken of
_STEPS = (1, 2, 5, 10)
_MOST_TICKS = 7


@dataclass(frozen=True, slots=True)
class Scale:
    """An axis of seconds.

    Attributes:
        is_log: whether equal distances are equal factors.
        low, high: its ends, in positions.
    """

    is_log: bool
    low: float
    high: float

    def at(self, seconds: float) -> float:
        """The position of a number."""
        return log10(max(seconds, _LEAST)) if self.is_log else seconds

    def ticks(self) -> list[tuple[float, str]]:
        """Positions and texts of round numbers."""
        values = _decades(self.low, self.high) if self.is_log else _round_steps(self.low, self.high)
        return [(self.at(value), _text(value)) for value in values]


def scale_for(seconds: Sequence[float], *, is_log: bool | None = None) -> Scale:
    """The scale for some numbers above 0: logarithmic where they are far apart, or where that is asked for."""
    known = [max(value, _LEAST) for value in seconds] or [1.0]
    least, most = min(known), max(known)
    if is_log is None:
        is_log = most / least > _LOGARITHMIC_FROM
    if not is_log:
        return Scale(False, 0.0, most * 1.05)
    low, high = log10(least), log10(most)
    margin = max((high - low) * 0.08, 0.15)
    return Scale(True, low - margin, high + margin)


def _text(seconds: float) -> str:
    """Round numbers in one of two units, so that a factor of ten looks like one."""
    if seconds == 0:
        return "0"
    return f"{round(seconds * 1000, 6):g} ms" if seconds < 0.9999 else f"{round(seconds, 6):,g} s"


def _decades(low: float, high: float) -> list[float]:
    """Powers of ten between two logarithms, with their double and fivefold where there is room."""
    powers = range(floor(low), ceil(high) + 1)
    steps = _STEPS[:3] if high - low <= 2 else _STEPS[:1]
    values = [step * 10.0**power for power in powers for step in steps]
    return [value for value in values if low - 1e-9 <= log10(value) <= high + 1e-9]


def _round_steps(low: float, high: float) -> list[float]:
    unit = 10.0 ** floor(log10(max(high - low, _LEAST)))
    step = next(unit * s / 10 for s in (1, 2, 5, 10, 20, 50, 100) if (high - low) / (unit * s / 10) <= _MOST_TICKS)
    return [step * n for n in range(ceil(low / step), floor(high / step) + 1)]


def spread(positions: Sequence[float], gap: float) -> list[float]:
    """The positions moved apart as little as it takes for `gap` between neighbours; in the order that they came in."""
    order = sorted(range(len(positions)), key=lambda n: positions[n])
    groups: list[list[int]] = []
    for number in order:
        groups.append([number])
        while len(groups) > 1 and _top(groups[-2], positions, gap) + gap > _bottom(groups[-1], positions, gap):
            last = groups.pop()
            groups[-1] += last
    moved = list(positions)
    for group in groups:
        for place, number in enumerate(group):
            moved[number] = _bottom(group, positions, gap) + place * gap
    return moved


def _bottom(group: Sequence[int], positions: Sequence[float], gap: float) -> float:
    middle = sum(positions[number] for number in group) / len(group)
    return middle - gap * (len(group) - 1) / 2


def _top(group: Sequence[int], positions: Sequence[float], gap: float) -> float:
    return _bottom(group, positions, gap) + gap * (len(group) - 1)
