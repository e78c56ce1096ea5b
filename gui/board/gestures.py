"""What a hand means: whole steps out of parts of them, and a key that was tapped rather than held."""

from math import log

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QKeyEvent

from gui.board.viewport import Point

_PINCHED_STEP = 1.25  # so much closer is one step


def pinched_steps(change: float) -> float:
    """Steps of zoom, or parts of one, when two fingers made something larger by the share `change`."""
    return log(max(1 + change, 0.1)) / log(_PINCHED_STEP)


class Steps:
    """Adds up the parts of a step that a touchpad reports."""

    def __init__(self) -> None:
        self._rest = 0.0

    def add(self, part: float) -> int:
        """The whole steps there are now; the rest waits for more in the same direction."""
        if part * self._rest < 0:
            self._rest = 0.0
        self._rest += part
        whole = int(self._rest)
        self._rest -= whole
        return whole


class HeldKey:
    """A key that means one thing when it is tapped and another while it is held for a drag."""

    def __init__(self) -> None:
        self.is_held = False
        self._used = False

    def press(self, is_repeat: bool, in_use: bool) -> None:
        """It went down, or repeats itself; `in_use` where a drag goes on already, so that this will be no tap."""
        if not is_repeat:
            self.is_held, self._used = True, in_use

    def use(self) -> None:
        """A drag began while it was held."""
        self._used = self._used or self.is_held

    def release(self) -> bool:
        """It went up, or nobody will hear when it does. Returns whether that was a tap."""
        tapped = self.is_held and not self._used
        self.is_held = self._used = False
        return tapped


def point_of(position: QPointF) -> Point:
    """A position as the pair (y, x) that everybody else uses."""
    return position.y(), position.x()


def is_space(event: QKeyEvent) -> bool:
    """Whether it is the Space key alone."""
    return event.key() == Qt.Key.Key_Space and not event.modifiers()


def middle_of(size: QSize) -> Point:
    """The point in the middle of a widget."""
    return size.height() / 2, size.width() / 2
