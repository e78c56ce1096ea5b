"""Where the cells of a board, or of the plane, lie in a widget: zooming and panning, without a toolkit.

Pairs are (y, x), as for cells. Points come in device-independent pixels, as a toolkit reports them. Inside, all is kept
in *device* pixels: from one device pixel a cell upwards the pitch is a whole number, so that all cells are equally
large and every edge lies between two pixels, on a screen of any resolution; below, it is a power of two, so that a
pixel shows one block of cells (see `gui.board.axis`).
"""

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, replace
from math import floor, ldexp, log2
from typing import Self

from gui.board.axis import Axis, log2_of
from life.plane.box import Box

Point = tuple[float, float]
Cell = tuple[int, int]

LARGEST_SCALE = 64.0
LADDER = (
    *(1 / 3, 1 / 2, 2 / 3, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 8.0),
    *(10.0, 12.0, 16.0, 20.0, 24.0, 32.0, 40.0, 48.0, 64.0),
)
FARTHEST = 6  # a board of a usual size is seen from as far as 2^6 × 2^6 cells a device pixel


@dataclass(frozen=True, slots=True)
class Viewport:
    """A board or a plane seen through a widget; every change gives a new one.

    Attributes:
        height, width: of the widget, in device pixels.
        pitch: device pixels a cell: a whole number from 1 upwards, 2^-k below.
        top, left: where the corner of the cell `origin` lies, in device pixels from the widget's. Kept unrounded, so
            that many small changes do not add up to a drift; `edge_y` and `edge_x` say where things are painted.
        ratio: device pixels a device-independent pixel.
        line: device-independent pixels of the thinnest line; more for a projector.
        origin: a cell near what is seen, so that nothing is lost however far out that is.
        farthest: the largest k there is for the pitch; how far one can zoom out.
    """

    height: float
    width: float
    pitch: float = 16.0
    top: float = 0.0
    left: float = 0.0
    ratio: float = 1.0
    line: float = 1.0
    origin: Cell = (0, 0)
    farthest: int = FARTHEST

    @property
    def scale(self) -> float:
        """Device-independent pixels a cell."""
        return self.pitch / self.ratio

    @property
    def log2(self) -> int:
        """A pixel shows a block of 2^log2 × 2^log2 cells; 0 from one pixel a cell upwards."""
        return log2_of(self.pitch)

    @property
    def middle(self) -> Point:
        """The point in the middle of the widget."""
        return self.height / 2 / self.ratio, self.width / 2 / self.ratio

    def edge_y(self, y: int) -> float:
        """The device pixel at which row `y` begins; whole from a pitch of 1 upwards, and where a block begins."""
        return self._rows.edge(y)

    def edge_x(self, x: int) -> float:
        """The device pixel at which column `x` begins; whole from a pitch of 1 upwards, and where a block begins."""
        return self._columns.edge(x)

    def cell_at(self, point: Point) -> Cell:
        """The cell (y, x) under a point, which may lie outside of every board."""
        return self._rows.cell_at(point[0] * self.ratio), self._columns.cell_at(point[1] * self.ratio)

    def seen(self) -> Box:
        """All places for cells of which at least a part is in the widget; blocks are not divided."""
        (top, bottom), (left, right) = self._rows.seen(), self._columns.seen()
        return Box(top, left, bottom, right)

    def visible(self, frame: Box) -> Box:
        """The cells of `frame` of which at least a part is in the widget."""
        return frame.within(self.seen())

    def zoomed(self, steps: int, at: Point) -> Self:
        """So many steps closer (or, below 0, farther away) on the ladder; the cell under `at` stays under it."""
        ladder = self._ladder()
        index = bisect_right(ladder, self.pitch) - 1 if steps > 0 else bisect_left(ladder, self.pitch)
        return self._zoomed(ladder[min(max(index + steps, 0), len(ladder) - 1)], at)

    def zoomed_to(self, scale: float, at: Point) -> Self:
        """At a scale, or the nearest that there is; the cell under `at`, or its block, stays under it."""
        return self._zoomed(self._nearest(scale * self.ratio), at)

    def panned(self, dy: float, dx: float) -> Self:
        """The board moved by so many device-independent pixels down and to the right."""
        return self._with(self._rows.moved(dy * self.ratio), self._columns.moved(dx * self.ratio))

    def resized(self, height: float, width: float) -> Self:
        """In a widget of another size (device-independent pixels); what was in its middle stays there."""
        return self._with(self._rows.resized(height * self.ratio), self._columns.resized(width * self.ratio))

    def on_screen(self, ratio: float) -> Self:
        """The same view on a screen of another resolution, as large as it can be without uneven cells."""
        moved = replace(self, ratio=ratio)
        pitch = moved._nearest(self.scale * ratio)
        rows = self._rows.on_screen(self.height * ratio / self.ratio, pitch)
        return moved._with(rows, self._columns.on_screen(self.width * ratio / self.ratio, pitch))

    def fitted(self, box: Box, margin: float = 0.0, largest: float = LARGEST_SCALE) -> Self:
        """Some cells in the middle, as large as they go.

        Args:
            box: the cells.
            margin: device-independent pixels around them.
            largest: device-independent pixels that a cell has at most.
        """
        room_y = max(self.height - 2 * margin * self.ratio, 1.0)
        room_x = max(self.width - 2 * margin * self.ratio, 1.0)
        pitch = self._within(min(_share(room_y, box.height), _share(room_x, box.width), largest * self.ratio))
        rows = self._rows.fitted(box.top, box.bottom, pitch)
        return self._with(rows, self._columns.fitted(box.left, box.right, pitch))

    def centred_on(self, y: int, x: int) -> Self:
        """With the middle of cell (y, x) in the middle of the widget."""
        return self._with(self._rows.centred_on(y), self._columns.centred_on(x))

    def kept_in_sight(self, box: Box, least: float) -> Self:
        """Moved as little as needed for `least` device-independent pixels of some cells to be seen each way."""
        rows = self._rows.kept(box.top, box.bottom, least * self.ratio)
        return self._with(rows, self._columns.kept(box.left, box.right, least * self.ratio))

    @property
    def _rows(self) -> Axis:
        return Axis(self.height, self.pitch, self.origin[0], self.top)

    @property
    def _columns(self) -> Axis:
        return Axis(self.width, self.pitch, self.origin[1], self.left)

    def _with(self, rows: Axis, columns: Axis) -> Self:
        return replace(
            self,
            height=rows.extent,
            width=columns.extent,
            pitch=rows.pitch,
            top=rows.at,
            left=columns.at,
            origin=(rows.cell, columns.cell),
        )

    def _zoomed(self, pitch: float, at: Point) -> Self:
        rows = self._rows.zoomed(pitch, at[0] * self.ratio)
        return self._with(rows, self._columns.zoomed(pitch, at[1] * self.ratio))

    def _ladder(self) -> list[float]:
        """The pitches that one zooms through, from the smallest."""
        near = sorted({self._nearest(max(scale * self.ratio, 1.0)) for scale in LADDER})
        return [ldexp(1, -k) for k in range(self.farthest, 0, -1)] + near

    def _nearest(self, pitch: float) -> float:
        """The pitch there is that is nearest to one."""
        if pitch < 1:
            return self._within(ldexp(1, floor(log2(max(pitch, 1e-300)) + 0.5)))
        return self._within(floor(pitch + 0.5))

    def _within(self, pitch: float) -> float:
        """The largest pitch that is no larger than one, as far as there is one."""
        if pitch < 1:
            return ldexp(1, -min(log2_of(pitch), self.farthest))
        return float(min(floor(pitch), max(floor(LARGEST_SCALE * self.ratio), 1)))


def _share(room: float, cells: int) -> float:
    """Device pixels for each of so many cells."""
    return room / min(max(cells, 1), 1 << 960)
