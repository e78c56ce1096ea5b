"""A small board in a replay: its cells with their states, how many threads are alive, and the time."""

import numpy as np
from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QLabel, QSizePolicy, QVBoxLayout, QWidget

from gui import words
from gui.board.marks import failed_stamp
from gui.board.overlay import MARKED_FROM, paint_mark, tint_of
from gui.cards import dim
from gui.look.theme import Theme, theme_of
from gui.race.tracks import States, Track
from life.board import Cells
from life.fanout import strategy_class
from life.trace.states import CellState

_LEAST = QSize(150, 110)
_MARKED = (CellState.RUNNING, CellState.WAITING_FOR_IO, CellState.WAITING_FOR_LOCK)
_FAILED_MARK = 11.0  # device-independent pixels, however small the cell


class BoardCanvas(QWidget):
    """The cells, as large as they go; one image for all of them, and a mark in each where it can be read."""

    def __init__(self, track: Track, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._track = track
        self.instant = 0
        self._stamps: dict[CellState, QPixmap] = {}
        self._made_for: tuple[float, float, Theme] | None = None
        self.setMinimumSize(_LEAST)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paints the instant."""
        theme, states = theme_of(self.palette()), self._track.states(self.instant)
        painter = QPainter(self)
        place = self._place()
        painter.drawImage(place, image_of(self._track.cells(states), states, theme))
        painter.setPen(QColor(theme.edge))
        painter.drawRect(place.adjusted(-1, -1, 0, 0))
        self._paint_marks(painter, place, states, theme)
        painter.end()

    def _place(self) -> QRect:
        """Where the board lies: in whole device pixels a cell where there is room for that."""
        height, width = self._track.before.shape
        ratio = self.devicePixelRatioF()
        pitch = min((self.width() - 2) / width, (self.height() - 2) / height)
        if pitch * ratio >= 1:
            pitch = int(pitch * ratio) / ratio
        w, h = round(pitch * width), round(pitch * height)
        return QRect((self.width() - w) // 2, (self.height() - h) // 2, w, h)

    def _paint_marks(self, painter: QPainter, place: QRect, states: States, theme: Theme) -> None:
        pitch = place.width() / states.shape[1]
        self._make_stamps(pitch, theme)
        marked = _MARKED if pitch >= MARKED_FROM else ()
        for state in (*marked, CellState.FAILED):
            stamp = self._stamps[state]
            side = stamp.width() / stamp.devicePixelRatio()
            for y, x in zip(*(found.tolist() for found in np.nonzero(states == state)), strict=True):
                left, top = place.left() + (x + 0.5) * pitch - side / 2, place.top() + (y + 0.5) * pitch - side / 2
                painter.drawPixmap(round(left), round(top), stamp)

    def _make_stamps(self, pitch: float, theme: Theme) -> None:
        ratio = self.devicePixelRatioF()
        if self._made_for == (pitch, ratio, theme):
            return
        self._made_for = pitch, ratio, theme
        for state in _MARKED:
            self._stamps[state] = _stamp(state, pitch, ratio, theme)
        stamp = failed_stamp(max(pitch, _FAILED_MARK), ratio, theme)
        stamp.setDevicePixelRatio(ratio)
        self._stamps[CellState.FAILED] = stamp


class ReplayBoard(QWidget):
    """The board of one strategy under its name, and a line of figures below it."""

    def __init__(self, track: Track, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.track = track
        title = strategy_class(track.strategy).title
        self.setObjectName(f"replay-{track.strategy}")
        self.setAccessibleName(f"Replay of {title}")
        self.title = QLabel(title)
        font = self.title.font()
        font.setBold(True)
        self.title.setFont(font)
        self.canvas = BoardCanvas(track)
        self.figures = dim(QLabel())
        self.figures.setMinimumWidth(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        for label in (self.title, self.figures):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        layout.addWidget(self.title)
        layout.addWidget(self.canvas, 1)
        layout.addWidget(self.figures)
        self.show_instant(0)

    @property
    def is_finished(self) -> bool:
        """Whether its generation has ended by the instant that is shown."""
        return self.canvas.instant >= self.track.length

    def show_instant(self, instant: int) -> None:
        """Shows the board as it was so many nanoseconds after its start."""
        was_finished = self.is_finished
        self.canvas.instant = instant
        if not (was_finished and self.is_finished):
            self.canvas.update()
        self._show_figures(instant)

    def _show_figures(self, instant: int) -> None:
        track = self.track
        if instant >= track.length:
            text = f"finished in {words.duration(track.length / 1e9)}"
        else:
            threads = words.count(track.threads(instant), "thread")
            text = f"{threads} alive, {_clock_text(instant / 1e9)}"
        if text != self.figures.text():
            self.figures.setText(text)
            self.setAccessibleDescription(text)


def image_of(cells: Cells, states: States, theme: Theme) -> QImage:
    """One pixel a cell: live or dead, under the tint of its state. Both of shape (height, width)."""
    colours = np.array(
        [[_over(ground, tint_of(state, theme)).rgb() for state in CellState] for ground in (theme.board, theme.cell)],
        np.uint32,
    )
    pixels = np.ascontiguousarray(colours[cells, states])
    height, width = pixels.shape
    return QImage(pixels.data, width, height, width * 4, QImage.Format.Format_RGB32).copy()


def _over(ground: str, tint: QColor) -> QColor:
    below, share = QColor(ground), tint.alphaF()
    parts = ((tint.red(), below.red()), (tint.green(), below.green()), (tint.blue(), below.blue()))
    return QColor(*(round(share * over + (1 - share) * under) for over, under in parts))


def _stamp(state: CellState, side: float, ratio: float, theme: Theme) -> QPixmap:
    stamp = QPixmap(max(round(side * ratio), 1), max(round(side * ratio), 1))
    stamp.setDevicePixelRatio(ratio)
    stamp.fill(Qt.GlobalColor.transparent)
    painter = QPainter(stamp)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    paint_mark(painter, state, side, theme)
    painter.end()
    return stamp


def _clock_text(seconds: float) -> str:
    """A time that goes on, always with as many digits."""
    return f"{seconds:.3f} s"
