"""What every cell is about, painted over the board: a colour a state, and a mark where cells are large enough.

The states come as one array and go to the screen as one image; nothing loops over cells. While cells are small, the
image has a pixel a cell and the painter enlarges it; from the size on at which a mark can be read, the image is put
together from one tile a state.
"""

from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, QPointF, QRect, Qt, Signal
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QPen

from gui.board.layers import cell_rect, hairline
from gui.board.marks import Indices, failed_stamp, paint_places, places_of
from gui.board.viewport import Viewport
from gui.look.theme import Theme
from life.plane.box import Box
from life.trace.states import CellState
from life.world import World

States = NDArray[np.uint8]
Pixels = NDArray[np.uint32]
Cell = tuple[int, int]

MARKED_FROM = 14.0  # device-independent pixels a cell, for a mark that can be read
CALM_FROM = 20.0  # for the marks of the two states that most cells are in, and in which nothing happens
SMALLEST_SELECTED = 11.0  # of the frame around the selected cell, however small the cell
_OPACITY = 0.8  # so that live and dead cells still differ


class StateLook(NamedTuple):
    """How a state is told: in a word, and in a colour, which is "" where the cell is left as it is."""

    word: str
    colour: str


def look_of(state: CellState, theme: Theme) -> StateLook:
    """How `state` is told in `theme`."""
    match state:
        case CellState.WAITING_TO_START:
            return StateLook("waiting to start", theme.waiting)
        case CellState.RUNNING:
            return StateLook("running", theme.running)
        case CellState.WAITING_FOR_IO:
            return StateLook("waiting for I/O", theme.io_wait)
        case CellState.WAITING_FOR_LOCK:
            return StateLook("waiting for the lock", theme.lock_wait)
        case CellState.DONE:
            return StateLook("done", "")
        case _:
            return StateLook("failed", theme.failed)


class StateLayer(QObject):
    """The states that are shown over the board, and the cells that are pointed out on it.

    Attributes:
        past: the world to be shown in the place of the present one; None while the present is shown.

    Signals:
        changed: it is to be painted anew.
    """

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.past: World | None = None
        self._corner: Cell = (0, 0)
        self._states: States | None = None
        self._failed: tuple[Indices, Indices] = np.zeros(0, np.int64), np.zeros(0, np.int64)
        self._selected: Cell | None = None
        self._pointed: Cell | None = None
        self._image: QImage | None = None
        self._made_for: tuple[Box, float, float, Theme] | None = None

    @property
    def states(self) -> States | None:
        """What is shown, of shape (height, width); None where nothing is."""
        return self._states

    @property
    def area(self) -> Box:
        """The cells whose states are shown."""
        top, left = self._corner
        height, width = self._states.shape if self._states is not None else (0, 0)
        return Box(top, left, top + height, left + width)

    def show_states(
        self, states: States, past: World | None = None, *, has_failures: bool = True, top: int = 0, left: int = 0
    ) -> None:
        """Shows `states` (values of `CellState`), over the world `past` where they belong to an earlier generation.

        Nothing may write into `states` any more. Where it is known that no cell has failed, none is looked for. Their
        first cell lies at (top, left) of the world.
        """
        self._states, self.past, self._image, self._made_for = states, past, None, None
        self._corner = top, left
        ys, xs = np.nonzero(states == CellState.FAILED) if has_failures else ((), ())
        self._failed = np.asarray(ys, np.int64) + top, np.asarray(xs, np.int64) + left
        self.changed.emit()

    def hide_states(self) -> None:
        """Shows the present board alone."""
        if self._states is not None:
            self._states, self.past, self._image, self._made_for = None, None, None, None
            self.changed.emit()

    def select(self, cell: Cell | None) -> None:
        """Frames cell (y, x) until another one is selected."""
        self._selected = cell
        self.changed.emit()

    def point_at(self, cell: Cell | None) -> None:
        """Frames cell (y, x) for as long as the pointer is at it elsewhere."""
        if cell != self._pointed:
            self._pointed = cell
            self.changed.emit()

    def paint_states(self, painter: QPainter, viewport: Viewport, span: Box, theme: Theme) -> None:
        """Paints the states of the visible cells; the painter's unit is one device pixel."""
        if self._states is None or (seen := span.within(self.area)).is_empty:
            return
        made_for = seen, viewport.pitch, viewport.ratio, theme
        if self._made_for != made_for:
            self._made_for = made_for
            top, left = self._corner
            part = self._states[seen.top - top : seen.bottom - top, seen.left - left : seen.right - left]
            self._image = _image_of(part, viewport, theme)
        if self._image is not None:
            painter.drawImage(_target(viewport, seen), self._image)

    def paint_failures(self, painter: QPainter, viewport: Viewport, span: Box, theme: Theme) -> None:
        """Marks the failed cells at any scale, as the board marks them in the present."""
        if self._states is None:
            return
        places = places_of(*self._failed, viewport, span)
        if places:
            paint_places(painter, places, failed_stamp(places[0].size / viewport.ratio, viewport.ratio, theme))

    def paint_cells(self, painter: QPainter, viewport: Viewport, theme: Theme) -> None:
        """Frames the cells that are selected and pointed at."""
        for cell in {self._selected, self._pointed} - {None}:
            if cell is not None:
                _paint_frame(painter, viewport, cell, theme)


def _target(viewport: Viewport, span: Box) -> QRect:
    top, left = round(viewport.edge_y(span.top)), round(viewport.edge_x(span.left))
    bottom, right = round(viewport.edge_y(span.bottom)), round(viewport.edge_x(span.right))
    return QRect(left, top, max(right - left, 1), max(bottom - top, 1))


def _image_of(states: States, viewport: Viewport, theme: Theme) -> QImage:
    if viewport.scale < MARKED_FROM:
        return _indexed(states, theme)
    pixels = _tiled(states, _tiles(int(viewport.pitch), viewport.ratio, theme))
    height, width = pixels.shape
    return QImage(pixels.data, width, height, width * 4, QImage.Format.Format_ARGB32_Premultiplied).copy()


def _tiled(states: States, tiles: Pixels) -> Pixels:
    """The tile of every state, side by side: from (h, w) and (states, side, side) to (h · side, w · side).

    In as few array operations as there can be: next to busy threads, each may have to wait for the interpreter's lock.
    """
    (height, width), side = states.shape, tiles.shape[1]
    return tiles[states].transpose(0, 2, 1, 3).reshape(height * side, width * side)


def _indexed(states: States, theme: Theme) -> QImage:
    """One pixel a cell, whose value is the state itself: nothing is computed while other threads are busy."""
    height, width = states.shape
    stride = states.strides[0]
    start = np.lib.stride_tricks.as_strided(states, (max((height - 1) * stride + width, 1),), (1,), writeable=False)
    image = QImage(start.data, width, height, stride, QImage.Format.Format_Indexed8)
    image.setColorTable([tint_of(state, theme).rgba() for state in CellState])
    return image


@lru_cache(maxsize=4)  # they are the same at every frame until somebody zooms
def _tiles(side: int, ratio: float, theme: Theme) -> Pixels:
    """One tile of `side` device pixels a state; marked, where a mark can be read in it."""
    tiles = np.empty((len(CellState), side, side), np.uint32)
    for state in CellState:
        tile = QImage(side, side, QImage.Format.Format_ARGB32_Premultiplied)
        tile.fill(tint_of(state, theme))
        if side / ratio >= _marked_from(state):
            painter = QPainter(tile)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            paint_mark(painter, state, side, theme)
            painter.end()
        tiles[state] = np.frombuffer(tile.constBits(), np.uint32).reshape(side, side)
    return tiles


def _marked_from(state: CellState) -> float:
    """From which size of a cell on its tile carries the mark."""
    match state:
        case CellState.FAILED:
            return float("inf")  # it has a mark of its own at any scale
        case CellState.WAITING_TO_START | CellState.DONE:
            return CALM_FROM
        case _:
            return MARKED_FROM


def tint_of(state: CellState, theme: Theme) -> QColor:
    """The translucent colour that a state lays over its cell."""
    look = look_of(state, theme)
    if not look.colour:
        return QColor(Qt.GlobalColor.transparent)
    tint = QColor(look.colour)
    tint.setAlphaF(_OPACITY)
    return tint


def paint_mark(painter: QPainter, state: CellState, side: float, theme: Theme) -> None:
    """The mark of a state in the middle of a square of `side`: dark with a light rim, so that it stands on any tint.

    It is small, so that a live cell can still be told from a dead one beside it.
    """
    painter.save()
    painter.translate(side / 2, side / 2)
    unit = side * (0.17 if state is CellState.DONE else 0.22)  # most cells end up done; that must not shout
    path, is_filled = _mark_path(state, unit)
    width = max(unit / 3.6, 1.3)
    rim, ink = ("#ffffff", theme.mark_rim)
    painter.strokePath(path, _pen(rim, width + 2))
    painter.strokePath(path, _pen(ink, width))
    if is_filled:
        painter.fillPath(path, QColor(ink))
    painter.restore()


def _mark_path(state: CellState, unit: float) -> tuple[QPainterPath, bool]:
    """The lines of a mark between -unit and +unit, and whether they are filled."""
    path = QPainterPath()
    match state:
        case CellState.RUNNING:
            _add_lines(path, unit, (-0.6, -0.9), (0.9, 0), (-0.6, 0.9), (-0.6, -0.9))
        case CellState.WAITING_FOR_IO:
            _add_lines(path, unit, (-0.7, -1), (0.7, -1), (-0.7, 1), (0.7, 1), (-0.7, -1))
        case CellState.WAITING_FOR_LOCK:
            path.addRect(-0.8 * unit, -0.1 * unit, 1.6 * unit, 1.1 * unit)
            path.moveTo(-0.5 * unit, -0.1 * unit)
            path.arcTo(-0.5 * unit, -1.1 * unit, unit, 1.4 * unit, 180, -180)
        case CellState.DONE:
            _add_lines(path, unit, (-0.9, 0.1), (-0.2, 0.8), (1, -0.7))
        case CellState.FAILED:
            _add_lines(path, unit, (-0.8, -0.8), (0.8, 0.8))
            _add_lines(path, unit, (-0.8, 0.8), (0.8, -0.8))
        case _:
            path.addEllipse(QPointF(0, 0), unit * 0.3, unit * 0.3)
    return path, state is CellState.RUNNING


def _add_lines(path: QPainterPath, unit: float, *points: tuple[float, float]) -> None:
    path.moveTo(points[0][0] * unit, points[0][1] * unit)
    for x, y in points[1:]:
        path.lineTo(x * unit, y * unit)


def _pen(colour: str, width: float) -> QPen:
    return QPen(QColor(colour), width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)


def _paint_frame(painter: QPainter, viewport: Viewport, cell: Cell, theme: Theme) -> None:
    """A thick frame around a cell with a light and a dark rim, never too small to be found."""
    rect, thin = cell_rect(viewport, *cell), hairline(viewport)
    grow = max(SMALLEST_SELECTED * viewport.ratio - rect.width(), 0) / 2 + thin
    rect.adjust(-grow, -grow, grow, grow)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for colour, width in ((theme.board, 6 * thin), (theme.accent, 3 * thin)):
        painter.setPen(QPen(QColor(colour), width))
        painter.drawRoundedRect(rect, 2 * thin, 2 * thin)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
