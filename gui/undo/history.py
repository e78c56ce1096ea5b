"""The steps that can be undone, told apart by what the user would call one: a stroke, a run, an edit.

It is told after the fact that something is another than before, and finds out itself how: so no step can miss what
came about in passing.

There is no limit to how many steps are kept, but to the memory that they take: where a run on a huge board changes all
of it with every step, the oldest ones are forgotten.
"""

from enum import Enum, auto

from PySide6.QtCore import QObject, Signal

from gui.undo.difference import Difference, between
from gui.undo.snapshot import Snapshot

MOST_BYTES = 1 << 30


class Series(Enum):
    """Changes that come in many small parts, and are one step as long as nothing else happens in between."""

    STROKE = auto()
    RUN = auto()
    STEPS_BACK = auto()


class Step:
    """One step: the difference that it made, which is worked out when the step is whole.

    Attributes:
        what: what it is called.
        hands: which edit by hand was the last one before it and after it.
    """

    def __init__(self, what: str, before: Snapshot, after: Snapshot, hands: tuple[int, int]) -> None:
        self.what = what
        self.hands = hands
        self._ends: tuple[Snapshot, Snapshot] | None = (before, after)
        self._difference: Difference | None = None

    @property
    def nbytes(self) -> int:
        """How much memory it takes, about, once it is whole."""
        return self._difference.nbytes if self._difference else 0

    def extend(self, after: Snapshot) -> None:
        """It went on; it must not be whole yet."""
        assert self._ends
        self._ends = (self._ends[0], after)

    def close(self) -> Difference:
        """It is whole; from now on only the difference is kept."""
        if self._ends:
            self._difference, self._ends = between(*self._ends), None
        assert self._difference
        return self._difference


class UndoHistory(QObject):
    """The steps that led here and those that were undone.

    It refers to nobody who would refer to it: who has a history can then go without the garbage collector, which might
    run in another thread.

    Signals:
        changed: `undo_text`, `redo_text` or `is_edited` is another.
        restored: with the `Snapshot` that is to be brought about again.

    Attributes:
        present: what was there when something was noted last.
    """

    changed = Signal()
    restored = Signal(object)

    def __init__(self, now: Snapshot, parent: QObject | None = None, most_bytes: int = MOST_BYTES) -> None:
        """`now` is what is there before the first step; the steps may take `most_bytes`, the last one may take more."""
        super().__init__(parent)
        self._most_bytes = most_bytes
        self._done: list[Step] = []
        self._undone: list[Step] = []
        self._text = ""  # of the last step while it goes on; not its name, which changes with every frame of a run
        self._open: tuple[Step, Series] | None = None
        self._edits = 0  # as many as there were by hand, undone ones too; numbers each of them
        self._hand = 0  # number of the last one that led here
        self._saved_hand = 0
        self._told: tuple[object, ...] = self._summary()
        self.present = now

    @property
    def undo_text(self) -> str:
        """What an undo would undo; "" where there is nothing."""
        if not self._done:
            return ""
        return self._text if self._open else self._done[-1].what

    @property
    def redo_text(self) -> str:
        """What a redo would do again; "" where there is nothing."""
        return self._undone[-1].what if self._undone else ""

    @property
    def is_edited(self) -> bool:
        """Whether an edit by hand lies between what was saved and what is there."""
        return self._hand != self._saved_hand

    def note(self, now: Snapshot, what: str, series: Series | None = None, *, by_hand: bool = True) -> None:
        """Something may be another than when this was called last, and is a step of its own, or part of a series.

        Args:
            now: what is there now.
            what: what the step is called.
            series: which series it is part of.
            by_hand: whether somebody would want to have it saved.
        """
        if now == self.present:
            return
        if self._open and self._open[1] is series:
            self._open[0].what = what
            self._extend(now)
        elif self._open and (self._open[1], series) == (Series.STROKE, Series.RUN):
            self._extend(now)  # generations that are made while the pen is down belong to the stroke
        else:
            self._push(what, now, series, by_hand)
        self._tell()

    def close(self, series: Series | None = None) -> None:
        """Whatever is noted next is a step of its own; with `series`, if the last step is of that series."""
        if self._open and series in (None, self._open[1]):
            self._whole(self._open[0])
            self._open = None
            self._tell()

    def undo(self) -> None:
        """Undoes the last step."""
        self.close()
        if self._done:
            step = self._done.pop()
            self._undone.append(step)
            self._go_to(step.close().undone(self.present), step.hands[0])
        self._tell()

    def redo(self) -> None:
        """Does again what was undone last."""
        self.close()
        if self._undone:
            step = self._undone.pop()
            self._done.append(step)
            self._go_to(step.close().redone(self.present), step.hands[1])
        self._tell()

    def clear(self, now: Snapshot) -> None:
        """Forgets all steps; what is there `now` counts as saved."""
        self._open = None
        self._done.clear()
        self._undone.clear()
        self._hand = self._saved_hand = 0
        self.present = now
        self._tell()

    def mark_saved(self) -> None:
        """What is there now is saved."""
        self.close(Series.STROKE)
        self._saved_hand = self._hand
        self._tell()

    def _go_to(self, snapshot: Snapshot, hand: int) -> None:
        self.present, self._hand = snapshot, hand
        self.restored.emit(snapshot)

    def _extend(self, now: Snapshot) -> None:
        assert self._open
        step, series = self._open
        step.extend(now)
        if series is not Series.RUN:  # where the text would change with every frame
            self._text = step.what
        self.present = now

    def _push(self, what: str, now: Snapshot, series: Series | None, by_hand: bool) -> None:
        self.close()
        hand_before = self._hand
        if by_hand:
            self._edits += 1
            self._hand = self._edits
        step = Step(what, self.present, now, (hand_before, self._hand))
        self.present = now
        self._undone.clear()
        self._done.append(step)
        if series is None:
            self._whole(step)
            return
        self._open = (step, series)
        self._text = "Run" if series is Series.RUN else what

    def _whole(self, step: Step) -> None:
        step.close()
        taken = 0
        for at in range(len(self._done) - 1, -1, -1):
            taken += self._done[at].nbytes
            if taken > self._most_bytes and at < len(self._done) - 1:
                del self._done[: at + 1]
                return

    def _tell(self) -> None:
        summary = self._summary()
        if summary != self._told:
            self._told = summary
            self.changed.emit()

    def _summary(self) -> tuple[object, ...]:
        return self.undo_text, self.redo_text, self.is_edited
