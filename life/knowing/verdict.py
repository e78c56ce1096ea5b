"""What is known of a run, and how one says it."""

from dataclasses import dataclass
from enum import Enum


class Kind(Enum):
    """What becomes of a board, once that is known."""

    EMPTY = "empty"
    STILL = "still"
    CYCLE = "cyclic"
    MOVING = "moving"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a run has come to.

    Attributes:
        since: number of the generation with which it begins: the first that is empty, or the first of the cycle.
        period: after how many generations the board is the same, or the same in another place.
        moves: rows and columns by which it has moved then.
        returns: after how many generations a moving board is back in its place; None where dead edges are in its way.
        is_late: whether only some generations were seen, so that it may have come to this before `since`.
        began_so: whether nothing older than `since` was seen, so that it may have been like this for longer.
    """

    kind: Kind
    since: int
    period: int = 1
    moves: tuple[int, int] = (0, 0)
    returns: int | None = None
    began_so: bool = False
    is_late: bool = False

    @property
    def is_lasting(self) -> bool:
        """Whether nothing else can come any more."""
        return self.kind is not Kind.MOVING or self.returns is not None

    def __str__(self) -> str:
        """One sentence without its full stop: "Period 30 since generation 412"."""
        at, since = ("by", "by") if self.is_late else ("at", "since")
        match self.kind:
            case Kind.EMPTY:
                return "Empty" if self.began_so else f"Died out {at} generation {self.since:,}"
            case Kind.STILL:
                return f"Still life {since} generation {self.since:,}"
            case Kind.CYCLE:
                return f"Period {self.period:,} {since} generation {self.since:,}"
        down, right = self.moves
        back = f", back in place every {self.returns:,}" if self.returns else ""
        return f"Spaceship {since} generation {self.since:,}, moves ({down}, {right}) every {self.period:,}{back}"
