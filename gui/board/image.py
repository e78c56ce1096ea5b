"""The visible part of a board as one image that one `drawImage` puts on the screen.

No step loops over cells. From one device pixel a cell upwards the packed bits are the image already; below that,
every pixel stands for a block of cells and shows how many of them are alive, never fewer than one as none.
"""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QImage, QPainter

from gui.board.viewport import ROUNDING, Span, Viewport
from life.board import Bits, Board

Shades = NDArray[np.uint8]
Counts = NDArray[np.unsignedinteger]
Indices = NDArray[np.intp]

_FAINTEST = 0.4  # of the way from a dead cell's colour to a live one's, for a single cell in the largest block
_MOST_ROWS_COUNTED = 4  # rows of a block are first merged into so many, which bounds the cost of a large board
_MOST_CELLS_COUNTED_SINGLY = 8  # columns of a block; in wider ones whole bytes are counted, which is as good


@dataclass(frozen=True, slots=True)
class Picture:
    """An image of cells, and the device pixels that it covers when it is drawn without smoothing."""

    image: QImage
    target: QRect

    def paint(self, painter: QPainter) -> None:
        """Draws it with a painter whose unit is one device pixel."""
        painter.drawImage(self.target, self.image)


def picture_of(board: Board, viewport: Viewport, dead: QColor, alive: QColor) -> Picture | None:
    """What `viewport` shows of `board`; None where it shows nothing of it."""
    span = viewport.visible(board.height, board.width)
    if span.is_empty:
        return None
    if viewport.pitch >= 1:
        return _enlarged(board, viewport, span, dead, alive)
    return _reduced(board, viewport, dead, alive)


def _enlarged(board: Board, viewport: Viewport, span: Span, dead: QColor, alive: QColor) -> Picture:
    """One image pixel a cell, beginning at a whole byte; the painter enlarges it by a whole number."""
    first_byte, stride = span.left // 8, board.bits.shape[1]
    left, right = first_byte * 8, min((span.right + 7) // 8 * 8, board.width)
    start = board.bits.reshape(-1)[span.top * stride + first_byte :]
    bits = QImage(start.data, right - left, span.bottom - span.top, stride, QImage.Format.Format_MonoLSB)
    bits.setColorTable([dead.rgb(), alive.rgb()])
    pitch = int(viewport.pitch)
    target = QRect(
        int(viewport.edge_x(left)),
        int(viewport.edge_y(span.top)),
        (right - left) * pitch,
        (span.bottom - span.top) * pitch,
    )
    return Picture(bits.convertToFormat(QImage.Format.Format_RGB32), target)


def _reduced(board: Board, viewport: Viewport, dead: QColor, alive: QColor) -> Picture:
    """One image pixel a device pixel; it shows the block of cells whose edges lie in it."""
    top, rows = blocks_of(viewport.edge_y(0), viewport.pitch, viewport.height, board.height)
    left, columns = blocks_of(viewport.edge_x(0), viewport.pitch, viewport.width, board.width)
    shades = shades_of(board.bits, rows, columns)
    height, width = shades.shape
    image = QImage(shades.data, width, height, width, QImage.Format.Format_Indexed8)
    image.setColorTable(_ramp(dead, alive))
    return Picture(image.convertToFormat(QImage.Format.Format_RGB32), QRect(left, top, width, height))


def blocks_of(origin: float, pitch: float, extent: float, count: int) -> tuple[int, Indices]:
    """The first pixel that shows cells, and the first cell of it and of every later pixel, with one past the last."""
    first = max(0, int(np.floor(origin + ROUNDING)))
    last = min(int(np.ceil(extent)), int(np.floor(origin + (count - 1) * pitch + ROUNDING)) + 1)
    pixels = np.arange(first, max(last, first + 1) + 1, dtype=np.float64)
    return first, np.clip(np.ceil((pixels - origin) / pitch - ROUNDING), 0, count).astype(np.intp)


def shades_of(bits: Bits, rows: Indices, columns: Indices) -> Shades:
    """How alive blocks of cells are.

    Args:
        bits: packed as in `Board.bits`.
        rows: of shape (height + 1,): block row i has the cells from rows[i] up to, not including, rows[i + 1].
        columns: the same for columns.

    Returns:
        uint8 of shape (height, width): 0 where no cell of a block is alive, else well above 0, up to 255 where all are.
    """
    first_byte = int(columns[0]) // 8
    merged = _merged_rows(bits[:, first_byte : (int(columns[-1]) + 7) // 8], rows)
    if int(np.diff(columns).max()) > _MOST_CELLS_COUNTED_SINGLY:
        units, bounds = [np.bitwise_count(part) for part in merged], _byte_bounds(columns)
    else:
        units, bounds = [np.unpackbits(part, axis=1, bitorder="little") for part in merged], columns - first_byte * 8
    counts = _summed_columns(sum(units[1:], units[0]), bounds)
    heights = np.minimum(np.diff(rows), len(merged)).astype(np.float32)
    return _shaded(counts, heights, np.diff(columns).astype(np.float32))


def _merged_rows(bits: Bits, rows: Indices) -> list[Bits]:
    """The rows of every block merged by "or" into at most four, each of shape (blocks, stride)."""
    tallest = max(int(np.diff(rows).max()), 1)
    parts = min(tallest, _MOST_ROWS_COUNTED)
    bounds = [part * tallest // parts for part in range(parts + 1)]
    return [_merged(bits, rows, range(*pair)) for pair in pairwise(bounds)]


def _merged(bits: Bits, rows: Indices, offsets: range) -> Bits:
    starts, ends = rows[:-1], rows[1:]
    merged = np.zeros((len(starts), bits.shape[1]), np.uint8)
    for offset in offsets:
        at = starts + offset
        picked = bits[np.minimum(at, len(bits) - 1)]
        picked[at >= ends] = 0
        merged |= picked
    return merged


def _byte_bounds(columns: Indices) -> Indices:
    """The bytes in which blocks begin, counted from the first, with one past the last byte in use."""
    bounds: Indices = columns // 8
    bounds[-1] = (columns[-1] + 7) // 8
    bounds -= bounds[0]
    return bounds


def _summed_columns(counts: Counts, columns: Indices) -> Counts:
    """The sums of the columns of every block, in the smallest type that holds them."""
    starts, ends = columns[:-1], columns[1:]
    widest = max(int(np.diff(columns).max()), 1)
    total = np.zeros((len(counts), len(starts)), np.min_scalar_type(int(counts.max()) * widest))
    for offset in range(widest):
        at = starts + offset
        picked = np.take(counts, at, axis=1, mode="clip")
        if (at >= ends).any():
            picked *= at < ends
        total += picked
    return total


def _shaded(counts: Counts, heights: NDArray[np.float32], widths: NDArray[np.float32]) -> Shades:
    """A square root makes sparse patterns, which most are, tell themselves apart."""
    density = counts / np.maximum(heights, 1)[:, None]
    density /= np.maximum(widths, 1)
    np.minimum(density, 1, out=density)
    np.sqrt(density, out=density)
    density *= 255 * (1 - _FAINTEST)
    density += (counts > 0) * np.float32(255 * _FAINTEST)
    return density.astype(np.uint8)


def _ramp(dead: QColor, alive: QColor) -> list[int]:
    """256 colours from a dead cell's to a live one's."""
    share = np.linspace(0, 1, 256)[:, None]
    ends = np.array([(colour.red(), colour.green(), colour.blue()) for colour in (dead, alive)], dtype=np.float64)
    red, green, blue = (ends[0] * (1 - share) + ends[1] * share).round().astype(np.uint32).T
    return [int(colour) for colour in 0xFF000000 | red << 16 | green << 8 | blue]
