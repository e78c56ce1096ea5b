"""Makes the picture of what is too large to be counted between two frames, on a thread of its own."""

from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock, Thread
from typing import NamedTuple

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtGui import QColor

from gui.board.image import Picture, box_to_paint, picture_of
from gui.board.viewport import Viewport
from gui.look.theme import Theme
from life.board import Board
from life.density import KEPT_FROM, block_counter
from life.world import World

QUICK = 1 << 23  # bytes of cells that compiled code counts in a millisecond or two
QUICK_OTHERWISE = 1 << 20  # the same without compiled code
MARGIN = 128  # device pixels on each side of a picture that takes longer, for the view to move over

_POLL_MS = 4
_WORK_A_PIXEL = 4


@dataclass(frozen=True, slots=True, eq=False)
class Wanted:
    """What a picture is to show, and how."""

    world: World
    viewport: Viewport
    theme: Theme

    def is_same_as(self, other: "Wanted | None") -> bool:
        """Whether it would be the same picture; worlds are not compared cell by cell."""
        return (
            other is not None
            and self.world is other.world
            and (self.viewport, self.theme) == (other.viewport, other.theme)
        )

    @property
    def is_quick(self) -> bool:
        """Whether it takes no longer than a frame may."""
        return self.work <= (QUICK if isinstance(self.world, Board) and block_counter().is_fast else QUICK_OTHERWISE)

    @property
    def work(self) -> int:
        """How many bytes of cells are to be looked at, or as much as takes as long."""
        world, viewport = self.world, self.viewport
        if isinstance(world, Board) and world.is_counted and viewport.log2 >= KEPT_FROM:
            return 0
        box = box_to_paint(world, viewport)
        work = min(box.height * box.width // 8, world.nbytes)
        if isinstance(world, Board) or not viewport.log2:
            return work
        return max(work, (box.height * box.width >> 2 * viewport.log2) * _WORK_A_PIXEL)  # a tree shares what it has

    def is_within(self, picture: Picture, margin: int = 0) -> bool:
        """Whether a picture of the same world shows all of this one, and of so many pixels around it."""
        box = box_to_paint(self.world, self.viewport, margin)
        return picture.log2 == self.viewport.log2 and box.within(picture.box) == box

    def make(self, margin: int = 0) -> Picture | None:
        """The picture, and so many pixels around; takes the time of its `work`. Any thread may call it."""
        dead, alive = QColor(self.theme.board), QColor(self.theme.cell)
        return picture_of(self.world, self.viewport, dead, alive, margin)


class Made(NamedTuple):
    """A picture, and what it was to show."""

    wanted: Wanted
    picture: Picture | None


class PictureMaker(QObject):
    """Makes one picture after the other, always the one that was wanted last.

    The thread ends when there is nothing more to do. Nothing of Qt's is told from there: as long as a picture is under
    way, a timer looks whether it is there.

    Signals:
        arrived(Made): a picture is there.
    """

    arrived = Signal(object)

    def __init__(self, parent: QObject, start: Callable[[Callable[[], None]], None] | None = None) -> None:
        """`start` has something run on another thread; it begins a new one where None."""
        super().__init__(parent)
        self._start = start or _on_a_thread
        self._lock = Lock()
        self._next: Wanted | None = None
        self._made: Made | None = None
        self._is_working = False
        self._last: Wanted | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(_POLL_MS)
        self._timer.timeout.connect(self.look)

    def ask(self, wanted: Wanted) -> None:
        """Makes this picture, and none of those that were wanted before and have not been begun."""
        if wanted.is_same_as(self._last):
            return
        self._last = wanted
        with self._lock:
            self._next = wanted
            begins, self._is_working = not self._is_working, True
        self._timer.start()
        if begins:
            self._start(self._work)

    def forget(self) -> None:
        """No picture is wanted any more."""
        self._last = None
        with self._lock:
            self._next = self._made = None

    @Slot()
    def look(self) -> None:
        """Hands on what is there."""
        with self._lock:
            made, self._made = self._made, None
            if not self._is_working:
                self._timer.stop()
        if made is not None and self._last is not None:
            self.arrived.emit(made)

    def _work(self) -> None:
        """On a thread of its own."""
        before: World | None = None
        while (wanted := self._take()) is not None:
            picture = None
            try:
                _count_ahead(wanted, is_still=wanted.world is before)
                picture = wanted.make(MARGIN)
            except MemoryError:  # it is left out, and the next one may be smaller
                pass
            finally:
                self._put(Made(wanted, picture))
            before = wanted.world

    def _take(self) -> Wanted | None:
        with self._lock:
            wanted, self._next = self._next, None
            self._is_working = wanted is not None
        return wanted

    def _put(self, made: Made) -> None:
        with self._lock:
            self._made = made


def _on_a_thread(work: Callable[[], None]) -> None:
    Thread(target=work, name="picture").start()


def _count_ahead(wanted: Wanted, is_still: bool) -> None:
    """Counts all of a board where that pays: most of it is seen, or it is looked at for the second time."""
    world = wanted.world
    if isinstance(world, Board) and wanted.viewport.log2 >= KEPT_FROM and (is_still or wanted.work * 2 >= world.nbytes):
        world.count_ahead()
