"""What is visible of a board or a plane as one image that one `drawImage` puts on the screen.

No step loops over cells. From one device pixel a cell upwards the packed bits are the image already; below that, every
pixel stands for a block of cells and shows how many of them are alive, never fewer than one as none.
"""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter

from gui.board.viewport import Viewport
from life.board import Board
from life.plane.box import Box
from life.world import World

Shades = NDArray[np.uint8]
Densities = NDArray[np.float32]

_FAINTEST = 102  # of 255, on the way from a dead cell's colour to a live one's, for a single cell in the largest block
_NOWHERE = Box(0, 0, 0, 0)
_STRIP = 32  # rows of pixels that are shaded at a time
_WORD = 64  # cells; what begins at a whole word is cut out without shifting bits


@dataclass(frozen=True, slots=True)
class Picture:
    """An image of some cells.

    Attributes:
        image: the cells, or blocks of them, each one pixel.
        box: which cells; whole blocks, of which the last ones may reach beyond the board.
        log2: a pixel shows 2^log2 × 2^log2 cells.
        is_blank: no cell in it is alive.
    """

    image: QImage
    box: Box
    log2: int
    is_blank: bool

    def paint(self, painter: QPainter, viewport: Viewport) -> None:
        """Draws what `viewport` sees of it, even where it was made for another view; the unit is one device pixel."""
        seen = self.box.within(viewport.seen())
        if seen.is_empty:
            return
        left, top = viewport.edge_x(seen.left), viewport.edge_y(seen.top)
        target = QRectF(left, top, viewport.edge_x(seen.right) - left, viewport.edge_y(seen.bottom) - top)
        is_reduced = viewport.log2 > self.log2
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, is_reduced)
        painter.drawImage(target, self.image, self._pixels(seen))
        if is_reduced:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)

    def _pixels(self, cells: Box) -> QRectF:
        """The part of the image that shows some cells."""
        side = 1 << self.log2
        left, top = (cells.left - self.box.left) / side, (cells.top - self.box.top) / side
        return QRectF(left, top, cells.width / side, cells.height / side)


def picture_of(world: World, viewport: Viewport, dead: QColor, alive: QColor, margin: int = 0) -> Picture | None:
    """What `viewport` shows of `world` and of so many pixels around; None where it shows nothing of it."""
    box = box_to_paint(world, viewport, margin)
    if box.is_empty:
        return None
    make = _enlarged if viewport.pitch >= 1 else _reduced
    return make(world, box, viewport.log2, dead, alive)


def box_to_paint(world: World, viewport: Viewport, margin: int = 0) -> Box:
    """The cells that are to be in the picture: those in sight, or in a margin, and as many beside as make it easy.

    On the plane, only those near live cells: the rest is as empty as the ground.
    """
    frame = world.frame
    alive = frame if isinstance(world, Board) else world.box or _NOWHERE
    around = -(-margin // int(viewport.pitch)) if viewport.pitch >= 1 else margin << viewport.log2
    box = alive.within(viewport.seen().grown(around))
    if box.is_empty:
        return box
    if viewport.pitch >= 1:
        right = min(-(-box.right // _WORD) * _WORD, frame.right)
        return Box(box.top, box.left // _WORD * _WORD, box.bottom, right)
    return box.in_blocks(viewport.log2)


def _enlarged(world: World, box: Box, _log2: int, dead: QColor, alive: QColor) -> Picture:
    """One image pixel a cell; the painter enlarges it by a whole number."""
    bits = world.crop(box).bits
    image = QImage(bits.data, box.width, box.height, bits.shape[1], QImage.Format.Format_MonoLSB)
    image.setColorTable([dead.rgb(), alive.rgb()])
    return Picture(image.convertToFormat(QImage.Format.Format_RGB32), box, 0, not bits.any())


def _reduced(world: World, box: Box, log2: int, dead: QColor, alive: QColor) -> Picture:
    """One image pixel a device pixel; it shows one block of cells."""
    height, width = box.height >> log2, box.width >> log2
    shades = shades_of(world.densities(box.top, box.left, height, width, log2))
    image = QImage(shades.data, width, height, width, QImage.Format.Format_Indexed8)
    image.setColorTable(ramp(dead.rgb(), alive.rgb()))
    return Picture(image.convertToFormat(QImage.Format.Format_RGB32), box, log2, not shades.any())


def shades_of(densities: Densities) -> Shades:
    """How dark blocks are: 0 where no cell is alive, else well above 0, up to 255 where all are.

    A square root makes sparse patterns, which most are, tell themselves apart.
    """
    shades = np.empty(densities.shape, np.uint8)
    room = np.empty((_STRIP, densities.shape[1]), np.float32)
    for top in range(0, len(densities), _STRIP):  # what has been computed is still in the processor's cache
        part, strip = densities[top : top + _STRIP], shades[top : top + _STRIP]
        some = np.sqrt(part, out=room[: len(part)])
        some *= 255 - _FAINTEST
        np.copyto(strip, some, casting="unsafe")
        strip += np.multiply((part > 0).view(np.uint8), np.uint8(_FAINTEST))
    return shades


@lru_cache(maxsize=4)
def ramp(dead: int, alive: int) -> list[int]:
    """256 colours from a dead cell's to a live one's, each as a number."""
    share = np.linspace(0, 1, 256)[:, None]
    ends = np.array([(c >> 16 & 255, c >> 8 & 255, c & 255) for c in (dead, alive)], dtype=np.float64)
    red, green, blue = (ends[0] * (1 - share) + ends[1] * share).round().astype(np.uint32).T
    return [int(colour) for colour in 0xFF000000 | red << 16 | green << 8 | blue]
