"""The bars of a timeline as one image, however many there are.

Every bar raises a count at the pixel where it begins and lowers it behind the one where it ends; a running sum along
each row then says how many bars, and how many waits, cover each pixel. So a hundred thousand bars cost as much as the
pixels that they fall on, and bars of less than a pixel are seen as a density.
"""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QColor, QImage

from gui.look.theme import Theme
from gui.watch.bars import Bars
from gui.watch.time_view import LaneView, TimeView
from life.trace.columns import Times

# Three counts packed into one number, so that one running sum serves them all.
_BITS = 20
_ANY, _IO, _LOCK = np.int64(1), np.int64(1) << _BITS, np.int64(1) << (2 * _BITS)
_MASK = (1 << _BITS) - 1
_LEVELS, _SHARES = 7, 3  # the most that fits a byte: how full, how much of it waits for I/O, how much for the lock
_FAINTEST = 0.35
_ROWS_AT_ONCE = 16  # few enough that what is computed in between stays in the processor's cache

Indexed = NDArray[np.uint8]


def picture_of(bars: Bars, time: TimeView, lanes: LaneView, theme: Theme) -> QImage:
    """What is seen of `bars`.

    Args:
        bars: what to draw.
        time: which stretch of it is seen; a pixel of it is a pixel of the image.
        lanes: which lanes are seen.
        theme: whose colours.

    Returns:
        An image of `time.width` pixels by as many rows as `rows_of` says: one a lane, or one a pixel where lanes are
        less than a pixel high. It is transparent where there is no bar.
    """
    rows, width = rows_of(lanes), max(int(time.width), 1)
    changes = _changes(bars, time, lanes, rows, width)
    indices = np.empty((rows, width), np.uint8)
    for top in range(0, rows, _ROWS_AT_ONCE):
        part = slice(top, top + _ROWS_AT_ONCE)
        indices[part] = _indices(np.cumsum(changes[part, :width], axis=1), max(1.0, 1 / lanes.pitch))
    image = QImage(indices.data, width, rows, width, QImage.Format.Format_Indexed8)
    image.setColorTable(_colours(theme))
    return image.convertToFormat(QImage.Format.Format_ARGB32_Premultiplied)


def rows_of(lanes: LaneView) -> int:
    """How many rows of pixels the picture needs."""
    seen = lanes.height if lanes.pitch < 1 else lanes.height / lanes.pitch + 1
    return max(min(int(np.ceil(seen)), int(np.ceil(lanes.count * min(lanes.pitch, 1.0)))), 1)


def _changes(bars: Bars, time: TimeView, lanes: LaneView, rows: int, width: int) -> Times:
    """By how much the counts of bars and waits change at every pixel, packed; int64 of shape (rows, width + 1)."""
    changes = np.zeros(rows * (width + 1), np.int64)
    some = bars.within(lanes.first, lanes.lane_at(lanes.height))
    row = bars.lanes.lane[some] - int(lanes.first) if lanes.pitch >= 1 else _scaled_rows(bars, some, lanes)
    offset = np.clip(row, 0, rows - 1) * (width + 1)
    _add(changes, offset, bars.begun[some], bars.ended[some], time, _ANY, least=1)
    _add(changes, offset, bars.io_begun[some], bars.io_ended[some], time, _IO)
    if bars.has_lock_waits:
        _add(changes, offset, bars.lock_begun[some], bars.lock_ended[some], time, _LOCK)
    return changes.reshape(rows, width + 1)


def _scaled_rows(bars: Bars, some: slice, lanes: LaneView) -> Times:
    return ((bars.lanes.lane[some] - lanes.first) * lanes.pitch).astype(np.int64)


def _add(
    changes: Times, offset: Times, begun: Times, ended: Times, time: TimeView, unit: np.int64, least: int = 0
) -> None:
    """Adds one at every pixel from `begun` to `ended`, or to `least` pixels where those are more."""
    width = int(time.width)
    scale = 1 / time.per_pixel
    first = np.floor((begun - time.begin) * scale)
    last = np.floor((ended - time.begin) * scale)
    if least:
        np.maximum(last, first + least, out=last)
    seen = (last >= 0) & (first < width) & (last > first)
    if not seen.all():
        offset, first, last = offset[seen], first[seen], last[seen]
    np.add.at(changes, offset + np.maximum(first, 0).astype(np.int64), unit)
    np.subtract.at(changes, offset + np.minimum(last, width).astype(np.int64), unit)


def _indices(counts: Times, lanes_a_row: float) -> Indexed:
    """Where in the table of colours each pixel is."""
    total = (counts & _MASK).astype(np.float32)
    level = np.ceil(np.minimum(total * np.float32(_LEVELS / lanes_a_row), _LEVELS)).astype(np.uint8)
    np.maximum(total, 1, out=total)
    io = np.rint((counts >> _BITS & _MASK) / total * np.float32(_LEVELS)).astype(np.uint8)
    lock = np.ceil((counts >> (2 * _BITS)) / total * np.float32(_SHARES)).astype(np.uint8)
    indices: Indexed = level << 5 | np.minimum(io, _LEVELS) << 2 | np.minimum(lock, _SHARES)
    return indices


def _colours(theme: Theme) -> list[int]:
    """The colour of each of the 8 × 8 × 4 mixtures."""
    base, running, io, lock = (_rgb(c) for c in (theme.base, theme.running, theme.io_wait, theme.lock_wait))
    level, io_share, lock_share = (a.reshape(-1, 1).astype(np.float64) for a in np.mgrid[0:8, 0:8, 0:4])
    mixed = running * (1 - io_share / _LEVELS) + io * io_share / _LEVELS
    mixed = mixed * (1 - lock_share / _SHARES) + lock * lock_share / _SHARES
    strength = _FAINTEST + (1 - _FAINTEST) * level / _LEVELS
    red, green, blue = (base * (1 - strength) + mixed * strength).round().astype(np.uint32).T
    return [int(c) for c in np.where(level[:, 0] > 0, 0xFF000000 | red << 16 | green << 8 | blue, 0)]


def _rgb(colour: str) -> NDArray[np.float64]:
    parsed = QColor(colour)
    return np.array([parsed.red(), parsed.green(), parsed.blue()], dtype=np.float64)
