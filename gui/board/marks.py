"""The two marks that a cell can carry: a fault was planted in it, or it raised something.

They differ in shape, not only in colour, and both are light with a dark rim, so that they stand on live and dead cells,
in light and dark, and on a projector without colours.
"""

from collections.abc import Mapping, Sequence
from math import ceil, log2
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPixmap

from gui.board.viewport import Viewport
from gui.look.theme import Theme
from life.experiment import Fault
from life.plane.box import Box

Indices = NDArray[np.int64]

SMALLEST_MARKED_CELL = 6.0  # device-independent pixels; below, one mark stands for several cells
MOST_MARKS = 4000  # at once; above, marks are merged, so that painting them stays quick
_LARGEST_BLOCK = 62  # log2
SMALLEST_MARK = 11.0
LARGEST_MARK = 64.0
BADGE_FROM = 18.0  # from this size of a cell the fault sits in a corner, beside the mark of a failure
SMALLEST_GLYPH = 13.0  # of a badge in which its sign can be read
LARGEST_BADGE = 26.0


class Place(NamedTuple):
    """A square for one mark, in device pixels, and which (or one of which) it marks."""

    y: float
    x: float
    size: float
    which: int


class MarkLayer:
    """Which cells are marked, and the stamps to mark them with, made anew when the scale or the theme changes."""

    def __init__(self) -> None:
        self._faults: dict[Fault, tuple[Indices, Indices]] = {}
        self._failed = _indices([]), _indices([])
        self._stamps: dict[Fault | None, QPixmap] = {}
        self._made_for: tuple[float, float, Theme] | None = None

    def set_faults(self, faults: Mapping[tuple[int, int], Fault]) -> None:
        """Marks the cells (y, x) in which a fault is planted."""
        cells = {kind: [cell for cell, planted in faults.items() if planted is kind] for kind in Fault}
        self._faults = {
            kind: (_indices([y for y, _ in at]), _indices([x for _, x in at])) for kind, at in cells.items() if at
        }

    def set_failed(self, ys: Indices, xs: Indices) -> None:
        """Marks the cells (ys[i], xs[i]) as failed."""
        self._failed = _indices(ys), _indices(xs)

    def paint(
        self, painter: QPainter, viewport: Viewport, span: Box, theme: Theme, *, with_failed: bool = True
    ) -> None:
        """Paints the visible marks, those of failures first."""
        failed = [(None, self._failed)] if with_failed else []
        for kind, cells in (*failed, *self._faults.items()):
            places = places_of(*cells, viewport, span)
            if places:
                paint_places(painter, places, self._stamp(kind, viewport, places[0].size / viewport.ratio, theme))

    def _stamp(self, kind: Fault | None, viewport: Viewport, cell: float, theme: Theme) -> QPixmap:
        wanted = cell, viewport.ratio, theme
        if self._made_for != wanted:
            self._made_for = wanted
            self._stamps.clear()
        if kind not in self._stamps:
            made = failed_stamp(*wanted) if kind is None else fault_stamp(cell, viewport.ratio, kind, theme)
            self._stamps[kind] = made
        return self._stamps[kind]


def _indices(values: Sequence[int] | Indices) -> Indices:
    return np.asarray(values, dtype=np.int64)


def places_of(ys: Indices, xs: Indices, viewport: Viewport, span: Box) -> list[Place]:
    """Where the marks of cells (ys[i], xs[i]) go: one a cell, or one a block of cells where cells are tiny or many."""
    if not len(ys) or span.is_empty:
        return []
    seen = np.flatnonzero((ys >= span.top) & (ys < span.bottom) & (xs >= span.left) & (xs < span.right))
    k = _log2_of_blocks(viewport.scale)
    while True:
        rows, columns = ys[seen] >> k, xs[seen] >> k
        keys = (rows - (span.top >> k) << 32) + columns - (span.left >> k)
        firsts = np.unique(keys, return_index=True)[1]
        if len(firsts) <= MOST_MARKS or k == _LARGEST_BLOCK:
            break
        k += 1
    size = viewport.pitch * (1 << k)
    cells = (rows[firsts] << k).tolist(), (columns[firsts] << k).tolist(), seen[firsts].tolist()
    return [Place(viewport.edge_y(y), viewport.edge_x(x), size, index) for y, x, index in zip(*cells, strict=True)]


def _log2_of_blocks(scale: float) -> int:
    """Of the blocks of 2^k × 2^k cells that have a mark each, where a cell has so many device-independent pixels."""
    if scale >= SMALLEST_MARKED_CELL:
        return 0
    return min(ceil(log2(SMALLEST_MARK / scale)), _LARGEST_BLOCK)


def paint_places(painter: QPainter, places: Sequence[Place], stamp: QPixmap) -> None:
    """The same mark in the middle of every place; the painter's unit is one device pixel."""
    for place in places:
        shift = (place.size - stamp.width()) / 2
        painter.drawPixmap(round(place.x + shift), round(place.y + shift), stamp)


def failed_stamp(cell: float, ratio: float, theme: Theme) -> QPixmap:
    """The mark of a cell of `cell` device-independent pixels that raised something: a cross in a frame."""
    stamp, painter, side = _blank(cell, ratio)
    width = min(max(side / 9, 1.6), 3.2)
    path = QPainterPath()
    reach = side * (0.24 if side >= BADGE_FROM else 0.32)
    _add_cross(path, side / 2, reach)
    if side >= BADGE_FROM:
        inset = width / 2 + 1.5
        path.addRoundedRect(QRectF(inset, inset, side - 2 * inset, side - 2 * inset), 3, 3)
    painter.strokePath(path, _pen(theme.mark_rim, width + 2))
    painter.strokePath(path, _pen(theme.failed, width))
    painter.end()
    return stamp


def fault_stamp(cell: float, ratio: float, fault: Fault, theme: Theme) -> QPixmap:
    """The mark of a fault planted in a cell of `cell` device-independent pixels: a diamond, with the kind in it."""
    stamp, painter, side = _blank(cell, ratio)
    extent = min(max(side * 0.56, SMALLEST_GLYPH), LARGEST_BADGE) if side >= BADGE_FROM else side
    centre = QPointF(side - extent / 2 - 0.5, extent / 2 + 0.5) if side >= BADGE_FROM else QPointF(side / 2, side / 2)
    painter.translate(centre)
    half = extent / 2 - 1
    diamond = QPainterPath(QPointF(0, -half))
    for x, y in ((half, 0), (0, half), (-half, 0)):
        diamond.lineTo(x, y)
    diamond.closeSubpath()
    painter.fillPath(diamond, QColor(theme.fault))
    painter.strokePath(diamond, _pen(theme.mark_rim, 1.4))
    if extent >= SMALLEST_GLYPH:
        painter.strokePath(_glyph(fault, half * 0.42), _pen(theme.mark_rim, max(half / 5.5, 1.4)))
    painter.end()
    return stamp


def _blank(cell: float, ratio: float) -> tuple[QPixmap, QPainter, float]:
    """An empty stamp, a painter of it whose unit is a device-independent pixel, and its side in that unit."""
    side = min(max(cell, SMALLEST_MARK), LARGEST_MARK)
    pixels = round(side * ratio)
    stamp = QPixmap(pixels, pixels)
    stamp.fill(Qt.GlobalColor.transparent)
    painter = QPainter(stamp)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.scale(ratio, ratio)
    return stamp, painter, pixels / ratio


def _pen(colour: str, width: float) -> QPen:
    return QPen(QColor(colour), width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)


def _add_cross(path: QPainterPath, centre: float, reach: float) -> None:
    for sign in (1, -1):
        path.moveTo(centre - reach, centre - sign * reach)
        path.lineTo(centre + reach, centre + sign * reach)


def _glyph(fault: Fault, unit: float) -> QPainterPath:
    """What goes wrong, as a sign between -unit and +unit: ! error, : waiting, a gap, ? nonsense, an arrow out."""
    path = QPainterPath()
    for points in _GLYPHS[fault]:
        path.moveTo(points[0][0] * unit, points[0][1] * unit)
        for x, y in points[1:] or points:
            path.lineTo(x * unit + 0.01, y * unit)
    return path


_GLYPHS: dict[Fault, tuple[tuple[tuple[float, float], ...], ...]] = {
    Fault.ERROR: (((0, -1), (0, 0.2)), ((0, 1),)),
    Fault.HANG: (((-0.9, 0),), ((0, 0),), ((0.9, 0),)),
    Fault.CUT: (((-1, 0), (-0.4, 0)), ((0.4, 0), (1, 0)), ((-0.3, 0.8), (0.3, -0.8))),
    Fault.NONSENSE: (((-0.6, -0.6), (-0.3, -0.95), (0.3, -0.95), (0.6, -0.6), (0.5, -0.2), (0, 0.2)), ((0, 1),)),
    Fault.EXIT: (((-1, 0), (0.9, 0)), ((0.3, -0.6), (0.9, 0), (0.3, 0.6))),
}
