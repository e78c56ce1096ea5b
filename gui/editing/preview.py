"""What the board will look like once a floating pattern is placed: one image, whatever the size of the pattern.

Told apart are the cells that come, those that end, and those of the pattern from which nothing comes in this mode or
because they lie beyond the board's edge.
"""

from enum import IntEnum

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QColor, QImage, QPainter

from gui.board.image import Picture
from gui.board.viewport import Viewport
from gui.look.blend import blended
from gui.look.theme import Theme
from life.editing.area import read_area
from life.editing.floating import Floating, PasteMode
from life.editing.selection import Selection
from life.plane.box import Box
from life.world import World

Fates = NDArray[np.uint8]


class CellFate(IntEnum):
    """What becomes of a cell; of a block of cells that share a pixel the highest is shown."""

    SAME = 0
    ENDS = 1
    LOST = 2
    CANCELS = 3
    COMES = 4


# By whether a cell is alive (1), the pattern has it (2) and it will be alive (4).
_FATES = np.array(
    [
        *(CellFate.SAME, CellFate.ENDS, CellFate.LOST, CellFate.CANCELS),
        *(CellFate.SAME, CellFate.SAME, CellFate.COMES, CellFate.COMES),
    ],
    np.uint8,
)


def fates_of(board: World, floating: Floating, mode: PasteMode, part: Selection) -> Fates:
    """What becomes of the cells of `part`, which lies within the floating pattern's area but maybe not on the board.

    Returns:
        Values of `CellFate`, of the shape of `part`.
    """
    over = _cut(floating.cells, floating.area, part)
    under = np.zeros_like(over)
    inside = part.clipped_to(board)
    on_board = np.zeros_like(over)
    if inside:
        at = _within(inside, part)
        under[at] = read_area(board, inside)
        on_board[at] = True
    before = under.copy()
    origin = _overlap(floating.origin, part) if floating.origin else None
    if origin:
        under[_within(origin, part)] = False
    after = mode.combine(under, over) & on_board
    case = before.view(np.uint8) | over.view(np.uint8) << 1 | after.view(np.uint8) << 2
    fates: Fates = _FATES[case]
    return fates


class PreviewLayer:
    """The picture of a preview for as long as nothing that it depends on changes."""

    def __init__(self) -> None:
        self._made_for: tuple[World, Floating, PasteMode, Viewport, Theme] | None = None
        self._pictures: list[Picture] = []

    def paint(
        self,
        painter: QPainter,
        board: World,
        floating: Floating,
        mode: PasteMode,
        viewport: Viewport,
        theme: Theme,
    ) -> None:
        """Paints what is visible; the painter's unit is one device pixel."""
        made_for = self._made_for
        if (
            made_for is None
            or made_for[0] is not board
            or made_for[1] is not floating
            or made_for[2:] != (mode, viewport, theme)
        ):
            self._made_for = board, floating, mode, viewport, theme
            self._pictures = list(_pictures(board, floating, mode, viewport, theme))
        for picture in self._pictures:
            picture.paint(painter, viewport)


def _pictures(board: World, floating: Floating, mode: PasteMode, viewport: Viewport, theme: Theme) -> list[Picture]:
    pictures = []
    seen = Selection.of_box(viewport.seen())
    part = _overlap(floating.area, seen)
    left_behind = _overlap(floating.origin, seen) if floating.origin else None
    if left_behind:
        pictures.append(_picture(_ends(board, left_behind, part), left_behind, viewport, theme))
    if part:
        pictures.append(_picture(fates_of(board, floating, mode, part), part, viewport, theme))
    return pictures


def _ends(board: World, left_behind: Selection, part: Selection | None) -> Fates:
    """The cells that are gone from where they were lifted, but for those of `part`, which are told of on their own."""
    cells = read_area(board, left_behind)
    shared = _overlap(left_behind, part) if part else None
    if shared:
        cells[_within(shared, left_behind)] = False
    return np.where(cells, np.uint8(CellFate.ENDS), np.uint8(CellFate.SAME))


def _picture(fates: Fates, part: Selection, viewport: Viewport, theme: Theme) -> Picture:
    """One image pixel a cell, or the same block of cells that shares a pixel of the board."""
    log2 = viewport.log2
    top, left = part.top >> log2 << log2, part.left >> log2 << log2
    pixels = np.ascontiguousarray(_reduced(fates, part.top - top, part.left - left, 1 << log2))
    height, width = pixels.shape
    image = QImage(pixels.data, width, height, width, QImage.Format.Format_Indexed8)
    image.setColorTable(_colours(theme))
    box = Box(top, left, top + (height << log2), left + (width << log2))
    return Picture(image.convertToFormat(QImage.Format.Format_ARGB32_Premultiplied), box, log2, is_blank=False)


def _reduced(fates: Fates, above: int, before: int, block: int) -> Fates:
    """The highest of each block of cells, the first of which begins so many cells before them."""
    if block == 1:
        return fates
    height, width = (-(-length // block) for length in (fates.shape[0] + above, fates.shape[1] + before))
    if height * width == 1:
        return np.full((1, 1), fates.max(), np.uint8)
    padded = np.zeros((height * block, width * block), np.uint8)
    padded[above : above + fates.shape[0], before : before + fates.shape[1]] = fates
    rows: Fates = np.maximum.reduce(padded.reshape(height, block, width * block), axis=1)
    reduced: Fates = np.maximum.reduce([rows[:, column::block] for column in range(block)])
    return reduced


def _colours(theme: Theme) -> list[int]:
    """ARGB of every `CellFate`."""
    shown = {
        CellFate.SAME: (theme.board, 0.0),
        CellFate.ENDS: (theme.board, 0.78),
        CellFate.LOST: (theme.accent, 0.3),
        CellFate.CANCELS: (blended(theme.board, theme.accent, 4)[1], 1.0),
        CellFate.COMES: (theme.accent, 0.92),
    }
    return [_argb(*shown[fate]) for fate in CellFate]


def _argb(name: str, opacity: float) -> int:
    colour = QColor(name)
    colour.setAlphaF(opacity)
    return colour.rgba()


def _overlap(one: Selection, other: Selection) -> Selection | None:
    top, left = max(one.top, other.top), max(one.left, other.left)
    bottom, right = min(one.bottom, other.bottom), min(one.right, other.right)
    return Selection(top, left, bottom - top, right - left) if top < bottom and left < right else None


def _within(part: Selection, whole: Selection) -> tuple[slice, slice]:
    top, left = part.top - whole.top, part.left - whole.left
    return slice(top, top + part.height), slice(left, left + part.width)


def _cut(cells: NDArray[np.bool_], area: Selection, part: Selection) -> NDArray[np.bool_]:
    return cells[_within(part, area)]
