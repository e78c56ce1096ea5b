"""The cells in colours by age: one image of classes of age, and one colour for each.

A newborn cell is blue, and with every doubling of its age it comes closer to the usual colour of live cells. Only the
lightness is needed to tell ages apart, so that neither an eye for colours nor a projector for them matters.
"""

from functools import lru_cache

import numpy as np
from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QImage, QPainter

from gui.board.ages import CLASSES, Counts, age_classes
from gui.board.image import Picture, blocks_of
from gui.board.viewport import Span, Viewport
from gui.look.blend import blended
from gui.look.theme import Theme
from life.board import Board


class AgeLayer:
    """The ages of one board, and the picture of them for as long as neither they nor the view change."""

    def __init__(self) -> None:
        self._board: Board | None = None
        self._counts: Counts | None = None
        self._made_for: tuple[Counts, Viewport, Theme] | None = None
        self._picture: Picture | None = None

    def show(self, board: Board, counts: Counts) -> None:
        """Has `board`, and no other, shown with the ages `counts`, of shape (height, width)."""
        self._board, self._counts = board, counts

    def hide(self) -> None:
        """Shows no ages from now on."""
        self._board = self._counts = self._made_for = self._picture = None

    def paint(self, painter: QPainter, board: Board, viewport: Viewport, theme: Theme) -> bool:
        """Paints what is visible of `board`; False where its ages are not known, and nothing was painted."""
        counts = self._counts
        if counts is None or (self._board is not board and self._board != board):
            return False
        shown = self._made_for
        if shown is None or shown[0] is not counts or shown[1:] != (viewport, theme):
            self._made_for = counts, viewport, theme
            self._picture = aged_picture(counts, viewport, theme)
        if self._picture is not None:
            self._picture.paint(painter)
        return True


@lru_cache(maxsize=2)
def age_colours(theme: Theme) -> tuple[str, ...]:
    """The colour of every class of age, the dead first; evenly spaced in lightness."""
    return (theme.board, *blended(theme.newborn, theme.cell, CLASSES - 1))


def aged_picture(counts: Counts, viewport: Viewport, theme: Theme) -> Picture | None:
    """What `viewport` shows of cells of these ages; None where it shows nothing of them."""
    span = viewport.visible(*counts.shape)
    if span.is_empty:
        return None
    if viewport.pitch >= 1:
        return _enlarged(counts, viewport, span, theme)
    return _reduced(counts, viewport, theme)


def _enlarged(counts: Counts, viewport: Viewport, span: Span, theme: Theme) -> Picture:
    """One image pixel a cell; the painter enlarges it by a whole number."""
    classes = age_classes(counts[span.top : span.bottom, span.left : span.right])
    pitch = int(viewport.pitch)
    left, top = int(viewport.edge_x(span.left)), int(viewport.edge_y(span.top))
    return Picture(_image(classes, theme), QRect(left, top, classes.shape[1] * pitch, classes.shape[0] * pitch))


def _reduced(counts: Counts, viewport: Viewport, theme: Theme) -> Picture:
    """One image pixel a device pixel; it shows the oldest cell of the block whose edges lie in it."""
    top, rows = blocks_of(viewport.edge_y(0), viewport.pitch, viewport.height, counts.shape[0])
    left, columns = blocks_of(viewport.edge_x(0), viewport.pitch, viewport.width, counts.shape[1])
    seen = counts[rows[0] : rows[-1], columns[0] : columns[-1]]
    merged = np.maximum.reduceat(seen, np.minimum(rows[:-1] - rows[0], len(seen) - 1), axis=0)
    merged = np.maximum.reduceat(merged, np.minimum(columns[:-1] - columns[0], seen.shape[1] - 1), axis=1)
    height, width = merged.shape
    return Picture(_image(age_classes(merged), theme), QRect(left, top, width, height))


def _image(classes: Counts, theme: Theme) -> QImage:
    """The classes, of shape (height, width), in their colours."""
    classes = np.ascontiguousarray(classes)
    height, width = classes.shape
    image = QImage(classes.data, width, height, width, QImage.Format.Format_Indexed8)
    image.setColorTable([QColor(colour).rgb() for colour in age_colours(theme)])
    return image.convertToFormat(QImage.Format.Format_RGB32)
