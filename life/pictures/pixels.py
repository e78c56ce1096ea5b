"""From cells to pixels: numbers of the colours in `Look.colours`."""

from collections.abc import Iterator

import numpy as np

from life.board import Board, Cells
from life.editing.selection import Selection
from life.pictures.look import Look
from life.world import World

DEAD, ALIVE, LINE = range(3)

MARGIN = 2  # dead cells around what lives on the plane

_BAND = 1 << 22  # pixels that are made at a time


def whole_of(world: World) -> Selection | None:
    """What a picture shows: a board whole, or what lives on the plane, with a margin; None where nothing does."""
    whole = Selection.of_world(world)
    if whole is None or isinstance(world, Board):
        return whole
    return Selection.of_box(whole.box.grown(MARGIN))


def cells_of(world: World, part: Selection) -> Cells:
    """The cells of a part of the world, of which nothing else is unpacked; uint8 of the part's shape."""
    return world.crop(part.box).cells()


def pixels_of(cells: Cells, look: Look) -> Cells:
    """The whole picture of some cells: uint8 of the shape that `look` says."""
    return np.concatenate(list(bands_of(cells, look)))


def bands_of(cells: Cells, look: Look) -> Iterator[Cells]:
    """The picture of some cells, a few rows of pixels at a time, from the top to the bottom."""
    height, width = cells.shape
    _, pixels_wide = look.size_of(height, width)
    rows = max(_BAND // (pixels_wide * look.cell), 1)
    for top in range(0, height, rows):
        yield _band(cells[top : top + rows], look)
    if look.line_width:
        yield np.full((look.line_width, pixels_wide), LINE, np.uint8)


def _band(cells: Cells, look: Look) -> Cells:
    pixels = cells.repeat(look.cell, axis=0).repeat(look.cell, axis=1)
    if look.line_width:
        pixels[:: look.cell] = LINE
        pixels[:, :: look.cell] = LINE
        pixels = np.pad(pixels, ((0, 0), (0, look.line_width)), constant_values=LINE)
    return pixels
