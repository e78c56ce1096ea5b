"""Moves the board along while something is dragged over the edge of its widget."""

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from gui.board.viewport import Point, Viewport
from life.plane.box import Box

_MILLISECONDS = 30
_SHARE = 0.25  # of the way that the pointer is beyond the edge, at each step
_FASTEST = 40.0  # device-independent pixels a step


class EdgePan(QObject):
    """Pans for as long as the pointer is outside and there is more of the board on that side.

    Signals:
        panned: the board is to move by (dy, dx) device-independent pixels.
    """

    panned = Signal(float, float)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._step = 0.0, 0.0
        self._timer = QTimer(self)
        self._timer.setInterval(_MILLISECONDS)
        self._timer.timeout.connect(self._pan)

    def follow(self, point: Point, viewport: Viewport, frame: Box) -> None:
        """The pointer that drags is at (y, x); the board, or the plane, ends where `frame` does."""
        self._step = step_towards(point, viewport, frame)
        if self._step == (0.0, 0.0):
            self._timer.stop()
        elif not self._timer.isActive():
            self._timer.start()

    def stop(self) -> None:
        """Nothing is dragged any more."""
        self._timer.stop()

    @Slot()
    def _pan(self) -> None:
        self.panned.emit(*self._step)


def step_towards(point: Point, viewport: Viewport, frame: Box) -> tuple[float, float]:
    """By how much the board is to move, (dy, dx), so that what lies beyond the edge near `point` comes into sight."""
    ratio = viewport.ratio
    y, x = point[0] * ratio, point[1] * ratio
    return (
        _step(y, viewport.height, viewport.edge_y(frame.top), viewport.edge_y(frame.bottom), ratio),
        _step(x, viewport.width, viewport.edge_x(frame.left), viewport.edge_x(frame.right), ratio),
    )


def _step(at: float, room: float, first: float, last: float, ratio: float) -> float:
    """By how much, in device-independent pixels; the arguments are device pixels."""
    if at < 0 and first < 0:
        return min(-at / ratio * _SHARE + 1, _FASTEST, -first / ratio)
    if at > room and last > room:
        return -min((at - room) / ratio * _SHARE + 1, _FASTEST, (last - room) / ratio)
    return 0.0
