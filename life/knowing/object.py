"""What an object is: a still life, an oscillator, a spaceship, or something that does not last."""

from dataclasses import dataclass
from enum import Enum
from math import gcd

from life.knowing.plane import Cluster, canonical_key
from life.rule import Rule

MOST_GENERATIONS = 64
MOST_CELLS = 500  # alive at once; more, or larger ones, would take longer than one waits for
LONGEST_SIDE = 100

Key = tuple[int, bytes]


class Fate(Enum):
    """What becomes of an object that is left alone."""

    STILL = "still life"
    OSCILLATOR = "oscillator"
    SPACESHIP = "spaceship"
    DIES = "dies out"
    SETTLES = "settles"
    UNKNOWN = "what becomes of it was not recognised"


@dataclass(frozen=True, slots=True)
class Nature:
    """What an object does on a plane of its own.

    Attributes:
        fate: what becomes of it.
        period: after how many generations it is the same again; 0 where it is not.
        moves: rows and columns by which it has moved then.
        lasts: generations until it is gone, or repeats itself for the first time.
        key: the same for all phases of one object, however they are turned.
        reach: rows and columns that it touches in one period: top, left, bottom, right, the last two excluded.
    """

    fate: Fate
    period: int = 0
    moves: tuple[int, int] = (0, 0)
    lasts: int = 0
    key: Key = (0, b"")
    reach: tuple[int, int, int, int] = (0, 0, 0, 0)

    @property
    def is_periodic(self) -> bool:
        """Whether it comes back, here or elsewhere."""
        return self.fate in (Fate.STILL, Fate.OSCILLATOR, Fate.SPACESHIP)

    def __str__(self) -> str:
        """In words: "spaceship, period 4, moves (1, 1), c/4 diagonal"."""
        match self.fate:
            case Fate.OSCILLATOR:
                return f"oscillator, period {self.period}"
            case Fate.SPACESHIP:
                down, right = self.moves
                speed = speed_in_words(self.period, self.moves)
                return f"spaceship, period {self.period}, moves ({down}, {right}), {speed}"
            case Fate.DIES:
                return f"dies out after {_generations(self.lasts)}, left alone"
            case Fate.SETTLES:
                return f"settles after {_generations(self.lasts)}, left alone"
            case _:
                return str(self.fate.value)


def nature_of(cluster: Cluster, rule: Rule, most_generations: int = MOST_GENERATIONS) -> Nature:
    """Lets a cluster live alone until it repeats itself, dies, grows too large, or `most_generations` are over."""
    if 0 in rule.births:
        return Nature(Fate.UNKNOWN, key=canonical_key(cluster.cells))
    phases, seen = [cluster], {cluster.key: 0}
    while len(phases) <= most_generations:
        newest = phases[-1].after(rule)
        if not newest.cells.size:
            return Nature(Fate.DIES, lasts=len(phases), key=canonical_key(cluster.cells))
        if newest.population > MOST_CELLS or max(newest.cells.shape) > LONGEST_SIDE:
            break
        first = seen.get(newest.key)
        if first is not None:
            return _periodic(phases, newest, first)
        seen[newest.key] = len(phases)
        phases.append(newest)
    return Nature(Fate.UNKNOWN, key=canonical_key(cluster.cells))


def _periodic(phases: list[Cluster], newest: Cluster, first: int) -> Nature:
    """What repeats itself: `newest` is the phase number `first` once more."""
    if first:
        return Nature(Fate.SETTLES, lasts=first, key=canonical_key(phases[0].cells))
    moves = newest.top - phases[0].top, newest.left - phases[0].left
    period = len(phases)
    in_place = Fate.STILL if period == 1 else Fate.OSCILLATOR
    fate = in_place if moves == (0, 0) else Fate.SPACESHIP
    return Nature(fate, period, moves, key=min(canonical_key(one.cells) for one in phases), reach=_reach(phases))


def _reach(phases: list[Cluster]) -> tuple[int, int, int, int]:
    return (
        min(one.top for one in phases),
        min(one.left for one in phases),
        max(one.top + one.cells.shape[0] for one in phases),
        max(one.left + one.cells.shape[1] for one in phases),
    )


def speed_in_words(period: int, moves: tuple[int, int]) -> str:
    """As people write it: "c/4 diagonal", "c/2 orthogonal", "(2, 1)c/6 oblique"; c is one cell a generation."""
    down, right = sorted(map(abs, moves), reverse=True)
    common = gcd(down, right, period)
    down, right, period = down // common, right // common, period // common
    if right and down != right:
        return f"({down}, {right})c/{period} oblique"
    cells = f"{down}c" if down > 1 else "c"
    return f"{cells}/{period} diagonal" if right else f"{cells}/{period} orthogonal"


def _generations(count: int) -> str:
    return f"{count} generation{'' if count == 1 else 's'}"
