"""The cells in colours by age: one image of classes of age, and one colour for each.

A newborn cell is blue, and with every doubling of its age it comes closer to the usual colour of live cells. Only the
lightness is needed to tell ages apart, so that neither an eye for colours nor a projector for them matters.
"""

from functools import lru_cache

import numpy as np
from PySide6.QtGui import QColor, QImage, QPainter

from gui.board.ages import CLASSES, Counts, age_classes
from gui.board.image import Picture
from gui.board.viewport import Viewport
from gui.look.blend import blended
from gui.look.theme import Theme
from life.plane.box import Box
from life.world import World


class AgeLayer:
    """The ages of one board or plane, and the picture of them for as long as neither they nor the view change."""

    def __init__(self) -> None:
        self._world: World | None = None
        self._counts: Counts | None = None
        self._area = Box(0, 0, 0, 0)
        self._made_for: tuple[Counts, Viewport, Theme] | None = None
        self._picture: Picture | None = None

    def show(self, world: World, counts: Counts, area: Box) -> None:
        """Has `world`, and no other, shown with the ages `counts` of the cells of `area`."""
        self._world, self._counts, self._area = world, counts, area

    def hide(self) -> None:
        """Shows no ages from now on."""
        self._world = self._counts = self._made_for = self._picture = None

    @property
    def is_shown(self) -> bool:
        """Whether ages are known of a board."""
        return self._counts is not None

    @property
    def is_blank(self) -> bool:
        """Whether no cell with an age was in sight when it was painted last."""
        return self._made_for is not None and (self._picture is None or self._picture.is_blank)

    def paint(self, painter: QPainter, world: World, viewport: Viewport, theme: Theme) -> bool:
        """Paints what is visible of `world`; False where its ages are not known, and nothing was painted."""
        counts = self._counts
        if counts is None or (self._world is not world and self._world != world):
            return False
        shown = self._made_for
        if shown is None or shown[0] is not counts or shown[1:] != (viewport, theme):
            self._made_for = counts, viewport, theme
            self._picture = aged_picture(counts, self._area, viewport, theme)
        if self._picture is not None:
            self._picture.paint(painter, viewport)
        return True


@lru_cache(maxsize=2)
def age_colours(theme: Theme) -> tuple[str, ...]:
    """The colour of every class of age, the dead first; evenly spaced in lightness."""
    return (theme.board, *blended(theme.newborn, theme.cell, CLASSES - 1))


def aged_picture(counts: Counts, area: Box, viewport: Viewport, theme: Theme) -> Picture | None:
    """What `viewport` shows of cells of these ages; None where it shows nothing of them.

    A pixel that shows a block of cells has the colour of the oldest of them.
    """
    box = viewport.visible(area).in_blocks(viewport.log2)
    cells = box.within(area)
    if cells.is_empty:
        return None
    seen = counts[cells.top - area.top : cells.bottom - area.top, cells.left - area.left : cells.right - area.left]
    if viewport.log2:
        seen = np.maximum.reduceat(seen, _starts(box.top, cells.top, cells.bottom, viewport.log2), axis=0)
        seen = np.maximum.reduceat(seen, _starts(box.left, cells.left, cells.right, viewport.log2), axis=1)
    return Picture(_image(age_classes(seen), theme), box, viewport.log2, is_blank=not seen.any())


def _starts(block: int, first: int, end: int, log2: int) -> list[int]:
    """Where blocks begin in the cells from `first` to `end`, of which the first block may have only a part."""
    return [max(at - first, 0) for at in range(block, end, 1 << log2)]


def _image(classes: Counts, theme: Theme) -> QImage:
    """The classes, of shape (height, width), in their colours."""
    classes = np.ascontiguousarray(classes)
    height, width = classes.shape
    image = QImage(classes.data, width, height, width, QImage.Format.Format_Indexed8)
    image.setColorTable([QColor(colour).rgb() for colour in age_colours(theme)])
    return image.convertToFormat(QImage.Format.Format_RGB32)
