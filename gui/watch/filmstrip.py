"""The last generations as frames of a film: pictures for the eyes, and the book's table for the clipboard."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QImage, QPainter

from gui import words
from gui.board.image import picture_of
from gui.board.marks import MarkLayer
from gui.board.viewport import Viewport
from gui.look.theme import Theme
from life.board import Board
from life.columns import ColumnPrinter
from life.errors import Failure
from life.grid import Grid
from life.history import Record


@dataclass(frozen=True, slots=True)
class Frame:
    """One picture.

    Attributes:
        number: of the generation on it.
        board: that generation, or the one before it where it was not made.
        record: how it was made; for the first picture, of what came next.
        is_first: whether it is the board that the oldest generation was made from.
    """

    number: int
    board: Board
    record: Record
    is_first: bool = False

    @property
    def is_made(self) -> bool:
        """Whether there is a generation of this number."""
        return self.is_first or self.record.after is not None

    @property
    def failures(self) -> tuple[Failure, ...]:
        """What to mark on it."""
        return () if self.is_first else self.record.failures

    @property
    def caption(self) -> str:
        """What stands under it."""
        what = f"{self.board.population:,} alive" if self.is_made else "not made"
        return f"{self.number:,}: {what}"

    @property
    def in_words(self) -> str:
        """The same for those who cannot see it."""
        failed = f", {words.count(len(self.failures), 'cell')} failed" if self.failures else ""
        alive = words.count(self.board.population, "live cell") if self.is_made else "not made"
        return f"Generation {self.number:,}: {alive}{failed}"


def frames_of(records: Sequence[Record]) -> list[Frame]:
    """The board before the oldest generation, then every generation, the newest last."""
    if not records:
        return []
    oldest = records[0]
    first = Frame(oldest.trace.generation - 1, oldest.before, oldest, is_first=True)
    return [first, *(Frame(r.trace.generation, r.after or r.before, r) for r in records)]


def table_of(frames: Sequence[Frame]) -> str:
    """The generations that were made, side by side as text, as in Effective Python, item 71."""
    made = [frame for frame in frames if frame.is_made]
    columns = ColumnPrinter(made[0].number if made else 0)
    for frame in made:
        columns.append(str(Grid.from_board(frame.board)))
    return str(columns)


def picture(frame: Frame, size: QSize, ratio: float, theme: Theme) -> QImage:
    """The frame's board in `size` device-independent pixels, fitted, with its failed cells marked."""
    image = QImage(size * ratio, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(QColor(theme.outside))
    board = frame.board
    viewport = Viewport(image.height(), image.width(), ratio=ratio).fitted(board.height, board.width, 2)
    cells = picture_of(board, viewport, QColor(theme.board), QColor(theme.cell))
    painter = QPainter(image)
    if cells:
        cells.paint(painter)
    marks = MarkLayer()
    marks.set_failed(_column([f.y for f in frame.failures]), _column([f.x for f in frame.failures]))
    marks.paint(painter, viewport, viewport.visible(board.height, board.width), theme)
    painter.end()
    image.setDevicePixelRatio(ratio)
    return image


def _column(numbers: list[int]) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    return np.array(numbers, np.int64)
