"""The last generations as frames of a film: pictures for the eyes, and the book's table for the clipboard."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce

import numpy as np
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QImage, QPainter

from gui import words
from gui.board.image import picture_of
from gui.board.layers import paint_ground
from gui.board.marks import MarkLayer
from gui.board.scales import farthest_of
from gui.board.viewport import Viewport
from gui.look.theme import Theme
from life.board import Board
from life.columns import ColumnPrinter
from life.errors import Failure, LifeError
from life.grid import Grid
from life.history import Record
from life.plane.box import Box
from life.plane.plane import Plane
from life.world import World

MOST_IN_TEXT = 1 << 22  # cells of a generation


@dataclass(frozen=True, slots=True, eq=False)
class Frame:
    """One picture.

    Attributes:
        number: of the generation on it.
        board: that generation, or the one before it where it was not made.
        record: how it was made; for the first picture, of what came next.
        seen: which cells are on the picture: the whole board, or of the plane the same ones on all pictures.
        is_first: whether it is the board that the oldest generation was made from.
    """

    number: int
    board: World
    record: Record
    seen: Box
    is_first: bool = False

    @property
    def key(self) -> tuple[Record, Box, bool]:
        """The same for frames with the same picture."""
        return self.record, self.seen, self.is_first

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
        what = f"{words.number(self.board.population)} alive" if self.is_made else "not made"
        return f"{words.number(self.number)}: {what}"

    @property
    def in_words(self) -> str:
        """The same for those who cannot see it."""
        failed = f", {words.count(len(self.failures), 'cell')} failed" if self.failures else ""
        alive = words.count(self.board.population, "live cell") if self.is_made else "not made"
        return f"Generation {self.number:,}: {alive}{failed}"


def frames_of(records: Sequence[Record]) -> list[Frame]:
    """The board before the oldest generation, then every generation, or the last one of a visit; the newest last."""
    if not records:
        return []
    oldest = records[0]
    boards = [oldest.before, *(record.after or record.before for record in records)]
    around = _around([board for board in boards if not isinstance(board, Board)])
    seen = [board.frame if isinstance(board, Board) else around for board in boards]
    first = Frame(oldest.trace.generation - oldest.trace.generations, oldest.before, oldest, seen[0], is_first=True)
    made = [
        Frame(record.trace.generation, board, record, box)
        for board, record, box in zip(boards[1:], records, seen[1:], strict=True)
    ]
    return [first, *made]


def _around(planes: Sequence[Plane]) -> Box:
    """All that lives on any of them, and a cell more on each side."""
    boxes = [box for plane in planes if (box := plane.box)]
    return reduce(Box.joined, boxes, boxes[0] if boxes else Box(0, 0, 1, 1)).grown(1)


def table_of(frames: Sequence[Frame]) -> str:
    """The generations that were made, side by side as text, as in Effective Python, item 71.

    Raises:
        LifeError: there are too many cells for that.
    """
    made = [frame for frame in frames if frame.is_made]
    columns = ColumnPrinter()
    for frame in made:
        if frame.seen.height * frame.seen.width > MOST_IN_TEXT:
            size = f"{words.number(frame.seen.height)} × {words.number(frame.seen.width)}"
            raise LifeError(f"generations of {size} cells are too large to be written side by side")
        columns.append(str(Grid.from_board(frame.board.crop(frame.seen))), frame.number)
    return str(columns)


def picture(frame: Frame, size: QSize, ratio: float, theme: Theme) -> QImage:
    """The frame's board in `size` device-independent pixels, fitted, with its failed cells marked."""
    image = QImage(size * ratio, QImage.Format.Format_ARGB32_Premultiplied)
    board = frame.board
    viewport = Viewport(image.height(), image.width(), ratio=ratio, farthest=farthest_of(board)).fitted(frame.seen, 2)
    cells = picture_of(board, viewport, QColor(theme.board), QColor(theme.cell))
    painter = QPainter(image)
    paint_ground(painter, viewport, board, theme)
    if cells:
        cells.paint(painter, viewport)
    marks = MarkLayer()
    marks.set_failed(_column([f.y for f in frame.failures]), _column([f.x for f in frame.failures]))
    marks.paint(painter, viewport, viewport.visible(frame.seen), theme)
    painter.end()
    image.setDevicePixelRatio(ratio)
    return image


def _column(numbers: list[int]) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    return np.array(numbers, np.int64)
