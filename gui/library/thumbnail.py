"""Patterns painted small: whole pixels a cell, so that a blinker is three squares and not a smear."""

from collections import OrderedDict

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPixmap

from gui.look.theme import Theme
from life.errors import LifeError
from life.patterns.files import read_pattern
from life.patterns.library import Entry
from life.patterns.pattern import Pattern
from life.plane.plane import Plane

Shades = NDArray[np.uint8]

_LARGEST_CELL = 7  # device-independent pixels; a block is not to fill the picture
_SMALLEST_WITH_GAPS = 4  # device pixels a cell from which on cells are told apart by a gap
_MARGIN = 4
_RADIUS = 5.0
_DOT = 2  # device pixels a side for what is left of a cell, where there are so few that more can be given
_CROWDED = 16  # pixels a live cell, below which they cannot
_FAINTEST = 0.45  # of a pixel that stands for many cells, one of which is alive
_MOST_KEPT = 600


class Thumbnails:
    """Pictures of entries, each made when it is first shown."""

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[Entry, int, float, bool], QPixmap | None] = OrderedDict()

    def of(self, entry: Entry, side: int, ratio: float, theme: Theme) -> QPixmap | None:
        """A square of `side` device-independent pixels; None where the file was not, or cannot be read."""
        key = (entry, side, ratio, theme.is_dark)
        if key not in self._kept:
            self._kept[key] = _made(entry, side, ratio, theme)
            if len(self._kept) > _MOST_KEPT:
                self._kept.popitem(last=False)
        return self._kept[key]

    def forget(self) -> None:
        """Makes all of them anew: files have changed."""
        self._kept.clear()


def _made(entry: Entry, side: int, ratio: float, theme: Theme) -> QPixmap | None:
    if entry.problem:
        return None
    try:
        pattern = read_pattern(entry.path)
    except LifeError:
        return None
    return QPixmap.fromImage(thumbnail(pattern, side, ratio, theme))


def thumbnail(pattern: Pattern, side: int, ratio: float, theme: Theme) -> QImage:
    """The cells of a pattern on a small board of `side` device-independent pixels, `ratio` device pixels each."""
    pixels = round(side * ratio)
    image = QImage(pixels, pixels, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QColor(theme.line))
    painter.setBrush(QColor(theme.board))
    ground = QRectF(0.5, 0.5, pixels - 1, pixels - 1)
    painter.drawRoundedRect(ground, _RADIUS * ratio, _RADIUS * ratio)
    shades = shades_of(pattern, pixels - 2 * round(_MARGIN * ratio), max(int(_LARGEST_CELL * ratio), 1))
    height, width = shades.shape
    if height and width:
        painter.drawImage((pixels - width) // 2, (pixels - height) // 2, _image_of(shades, QColor(theme.cell)))
    painter.end()
    image.setDevicePixelRatio(ratio)
    return image


def shades_of(pattern: Pattern, room: int, largest_cell: int) -> Shades:
    """How alive each pixel of a picture is that is at most `room` pixels high and wide.

    Returns:
        uint8 of shape (height, width), 0 where nothing is alive to 255; without rows where nothing is alive at all.
    """
    if not pattern.population:
        return np.zeros((0, 0), np.uint8)
    dot = _DOT if pattern.population * _CROWDED < room * room else 1
    if pattern.plane is not None and max(pattern.extents) > room:
        shades = _shades_of_plane(pattern.plane, max(pattern.extents), room // dot)
        return np.kron(shades, np.ones((dot, dot), np.uint8))
    pattern = pattern.listed()
    ys, xs = pattern.ys - pattern.ys.min(), pattern.xs - pattern.xs.min()
    height, width = int(ys.max()) + 1, int(xs.max()) + 1
    scale = min(room // max(height, width), largest_cell)
    if scale >= 1:
        cells = np.zeros((height, width), np.uint8)
        cells[ys, xs] = 255
        return _enlarged(cells, scale)
    rows, columns = (max(extent * (room // dot) // max(height, width), 1) for extent in (height, width))
    shades = _reduced(ys * rows // height, xs * columns // width, rows, columns, cells=height * width)
    return np.kron(shades, np.ones((dot, dot), np.uint8))


def _shades_of_plane(plane: Plane, side: int, room: int) -> Shades:
    """A pixel for every block of 2^k × 2^k cells of what lives, whose box has `side` rows or columns."""
    box = plane.box
    assert box
    log2 = (-(-side // room) - 1).bit_length()
    top, left = box.top >> log2, box.left >> log2
    height, width = ((box.bottom - 1) >> log2) - top + 1, ((box.right - 1) >> log2) - left + 1
    return _shaded(plane.densities(top << log2, left << log2, height, width, log2))


def _enlarged(cells: Shades, scale: int) -> Shades:
    cell = np.ones((scale, scale), np.uint8)
    if scale >= _SMALLEST_WITH_GAPS:
        cell[-1, :] = cell[:, -1] = 0
    return np.kron(cells, cell)


def _reduced(ys: NDArray[np.int64], xs: NDArray[np.int64], height: int, width: int, *, cells: int) -> Shades:
    """Every pixel stands for a block of cells; a square root makes sparse patterns, which most are, visible."""
    counts = np.bincount(ys * width + xs, minlength=height * width).reshape(height, width)
    return _shaded(np.minimum(counts / max(cells / (height * width), 1), 1))


def _shaded(shares: NDArray[np.floating]) -> Shades:
    shades = 255 * (_FAINTEST + (1 - _FAINTEST) * np.sqrt(shares))
    return np.where(shares > 0, shades, 0).astype(np.uint8)


def _image_of(shades: Shades, colour: QColor) -> QImage:
    height, width = shades.shape
    shades = np.ascontiguousarray(shades)
    indexed = QImage(shades.data, width, height, width, QImage.Format.Format_Indexed8)
    rgb = colour.rgb() & 0xFFFFFF
    indexed.setColorTable([alpha << 24 | rgb for alpha in range(256)])
    return indexed.convertToFormat(QImage.Format.Format_ARGB32)
