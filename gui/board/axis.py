"""Where cells lie along one direction of a widget: exact arithmetic, however far from cell 0 they are.

A cell far out has a number that floating point cannot hold, and so has its distance in pixels. So both are kept as
what they are *near* what is seen: one cell, a whole number of any size, and where its corner lies in the widget.

From one device pixel a cell upwards the pitch is a whole number. Below, it is 2^-k, and a pixel shows a block of 2^k
cells that begins at a multiple of 2^k, so that blocks are the same ones wherever the widget looks.
"""

from dataclasses import dataclass, replace
from math import ceil, floor, frexp
from typing import Self

ROUNDING = 1e-9  # of a cell: what double precision may lose between a point and the cell under it

_FAR = 1 << 20  # device pixels that the corner may lie away from the widget before another cell is kept
_FARTHEST = 1 << 960  # cells; farther ones lie no farther away, so that every distance is one that a float can hold


def log2_of(pitch: float) -> int:
    """The k of a block of 2^k cells that a pixel shows; 0 from one pixel a cell upwards."""
    return max(1 - frexp(pitch)[1], 0)


@dataclass(frozen=True, slots=True)
class Axis:
    """Rows or columns, seen through a widget.

    Attributes:
        extent: of the widget, in device pixels.
        pitch: device pixels a cell: a whole number, or 2^-k.
        cell: any cell near what is seen.
        at: where its corner lies, in device pixels. Kept unrounded, so that many small changes do not add up to a
            drift; `edge` says where it is painted.
    """

    extent: float
    pitch: float
    cell: int
    at: float

    @property
    def corner(self) -> tuple[int, int]:
        """A cell at which a pixel begins that shows cells, and that pixel."""
        log2 = log2_of(self.pitch)
        inside = self.cell & ((1 << log2) - 1)
        return self.cell - inside, _rounded(self.at - inside * self.pitch)

    def edge(self, cell: int) -> float:
        """The device pixel at which a cell begins; whole at multiples of 2^k."""
        first, pixel = self.corner
        return pixel + _times(cell - first, self.pitch)

    def cell_at(self, pixel: float) -> int:
        """The cell at a device pixel, or part of one."""
        first, begins = self.corner
        return first + floor((pixel - begins) / self.pitch + ROUNDING)

    def seen(self) -> tuple[int, int]:
        """The first cell of which at least a part is in the widget, and one past the last; blocks are not divided."""
        first, begins = self.corner
        if self.pitch >= 1:
            return first + floor(-begins / self.pitch), first + ceil((self.extent - begins) / self.pitch)
        log2 = log2_of(self.pitch)
        return first - (begins << log2), first + (ceil(self.extent) - begins << log2)

    def moved(self, pixels: float) -> Self:
        """With everything so many device pixels farther down or to the right."""
        return replace(self, at=self.at + pixels)._near()

    def zoomed(self, pitch: float, pixel: float) -> Self:
        """With another pitch. The cell at `pixel` stays there, or in the block that is seen there."""
        return replace(self, pitch=pitch)._put(*self._hit(pixel), pixel)

    def resized(self, extent: float) -> Self:
        """In a widget of another size; what was in its middle stays there."""
        return replace(self, extent=extent, at=self.at + (extent - self.extent) / 2)

    def on_screen(self, extent: float, pitch: float) -> Self:
        """In another widget, with another pitch; what was in its middle stays there."""
        at = extent / 2 - (self.extent / 2 - self.at) / self.pitch * pitch
        return replace(self, extent=extent, pitch=pitch, at=at)._near()

    def fitted(self, first: int, end: int, pitch: float) -> Self:
        """With some cells in the middle."""
        return replace(self, pitch=pitch, cell=first, at=(self.extent - _times(end - first, pitch)) / 2)._near()

    def centred_on(self, cell: int) -> Self:
        """With the middle of a cell in the middle."""
        return self._put(cell, 0.5, self.extent / 2)

    def kept(self, first: int, end: int, least: float) -> Self:
        """Moved as little as needed for `least` device pixels of some cells to be in the widget, or all of them."""
        least = min(least, _times(end - first, self.pitch), self.extent)
        if self._exact(end) < least:
            return replace(self, cell=end, at=least)
        if self._exact(first) > self.extent - least:
            return replace(self, cell=first, at=self.extent - least)
        return self

    def _exact(self, cell: int) -> float:
        """The device pixel at which a cell begins, unrounded."""
        return self.at + _times(cell - self.cell, self.pitch)

    def _hit(self, pixel: float) -> tuple[int, float]:
        """The cell at a pixel, and which part of it comes before the pixel. Of a block, the cell in its middle."""
        if self.pitch < 1:
            return self.cell + floor((_middle(pixel) - self.at) / self.pitch), 0.0
        cell = self.cell_at(pixel)
        return cell, (pixel - self.edge(cell)) / self.pitch

    def _put(self, cell: int, inside: float, pixel: float) -> Self:
        """With a cell, or its block, at a pixel, and a part of the cell before it, as nearly as it can be painted."""
        if self.pitch < 1:
            return replace(self, cell=cell, at=_middle(pixel))  # exactly, so that the same cell is found there again
        lowest, highest = floor(pixel - self.pitch) + 1, floor(pixel)
        at = pixel - inside * self.pitch
        if not lowest <= _rounded(at) <= highest:  # painted rounded, another cell would be at the pixel
            at = float(min(max(at, lowest), highest))
        return replace(self, cell=cell, at=at)

    def _near(self) -> Self:
        """The same view, from a cell near what is seen."""
        if abs(self.at) <= _FAR:
            return self
        if self.pitch < 1:
            pixels = floor(-self.at)
            return replace(self, cell=self.cell + (pixels << log2_of(self.pitch)), at=self.at + pixels)
        cells = floor(-self.at / self.pitch)
        return replace(self, cell=self.cell + cells, at=self.at + cells * self.pitch)


def _rounded(pixel: float) -> int:
    """The nearest whole pixel. Of two the lower one, so that what is in a pixel's middle is in that pixel."""
    return ceil(pixel - 0.5)


def _middle(pixel: float) -> float:
    return floor(pixel) + 0.5


def _times(cells: int, pitch: float) -> float:
    """How many device pixels so many cells take."""
    return min(max(cells, -_FARTHEST), _FARTHEST) * pitch
