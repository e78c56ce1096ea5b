"""Where the cells of a board lie in a widget: the arithmetic of zooming and panning, without a toolkit.

Pairs are (y, x), as for cells. Points come in device-independent pixels, as a toolkit reports them. Inside, all is kept
in *device* pixels: from one device pixel a cell upwards the pitch is a whole number, so that all cells are equally
large and every edge lies between two pixels, on a screen of any resolution.
"""

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, replace
from math import ceil, floor
from typing import NamedTuple, Self

Point = tuple[float, float]

SMALLEST_SCALE = 1 / 64
LARGEST_SCALE = 64.0
LADDER = (
    *(1 / 64, 1 / 48, 1 / 32, 1 / 24, 1 / 16, 1 / 12, 1 / 8, 1 / 6, 1 / 4, 1 / 3, 1 / 2, 2 / 3),
    *(1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0, 12.0, 16.0, 20.0, 24.0, 32.0, 40.0, 48.0, 64.0),
)

ROUNDING = 1e-9  # of a cell: what double precision may lose between a point and the cell under it


class Span(NamedTuple):
    """The cells (y, x) with `top` <= y < `bottom` and `left` <= x < `right`."""

    top: int
    left: int
    bottom: int
    right: int

    @property
    def is_empty(self) -> bool:
        """Whether no cell lies in it."""
        return self.top >= self.bottom or self.left >= self.right


@dataclass(frozen=True, slots=True)
class Viewport:
    """A board seen through a widget; every change gives a new one.

    Attributes:
        height, width: of the widget, in device pixels.
        pitch: device pixels a cell; a whole number from 1 upwards.
        top, left: where the board's corner lies, in device pixels from the widget's. Kept unrounded, so that many
            small changes do not add up to a drift; `edge_y` and `edge_x` say where things are painted.
        ratio: device pixels a device-independent pixel.
        line: device-independent pixels of the thinnest line; more for a projector.
    """

    height: float
    width: float
    pitch: float = 16.0
    top: float = 0.0
    left: float = 0.0
    ratio: float = 1.0
    line: float = 1.0

    @property
    def scale(self) -> float:
        """Device-independent pixels a cell."""
        return self.pitch / self.ratio

    def edge_y(self, y: int) -> float:
        """The device pixel at which row `y` begins; whole from a pitch of 1 upwards."""
        return self._painted(self.top) + y * self.pitch

    def edge_x(self, x: int) -> float:
        """The device pixel at which column `x` begins; whole from a pitch of 1 upwards."""
        return self._painted(self.left) + x * self.pitch

    def _painted(self, origin: float) -> float:
        return floor(origin + 0.5) if self.pitch >= 1 else origin

    def cell_at(self, point: Point) -> tuple[int, int]:
        """The cell (y, x) under a point, which may lie outside of every board."""
        y = (point[0] * self.ratio - self._painted(self.top)) / self.pitch
        x = (point[1] * self.ratio - self._painted(self.left)) / self.pitch
        return floor(y + ROUNDING), floor(x + ROUNDING)

    def cell_within(self, point: Point, rows: int, columns: int) -> tuple[int, int] | None:
        """The cell (y, x) under a point; None where a board of this size has none."""
        y, x = self.cell_at(point)
        return (y, x) if 0 <= y < rows and 0 <= x < columns else None

    def visible(self, rows: int, columns: int) -> Span:
        """The cells of a board of this size of which at least a part is seen."""
        top, bottom = self._seen(self._painted(self.top), self.height, rows)
        left, right = self._seen(self._painted(self.left), self.width, columns)
        return Span(top, left, bottom, right)

    def _seen(self, origin: float, extent: float, count: int) -> tuple[int, int]:
        first = max(0, floor(-origin / self.pitch))
        return first, max(first, min(count, ceil((extent - origin) / self.pitch)))

    def zoomed(self, steps: int, at: Point) -> Self:
        """So many steps closer (or, below 0, farther away) on the ladder; the cell under `at` stays under it."""
        ladder = sorted({_snapped(scale * self.ratio, self.ratio) for scale in LADDER})
        index = bisect_right(ladder, self.pitch) - 1 if steps > 0 else bisect_left(ladder, self.pitch)
        return self.zoomed_to(ladder[min(max(index + steps, 0), len(ladder) - 1)] / self.ratio, at)

    def zoomed_to(self, scale: float, at: Point) -> Self:
        """At a scale, or the nearest that there is; the cell under `at` stays under it."""
        pitch = _snapped(scale * self.ratio, self.ratio)
        y, x = self.cell_at(at)
        return replace(
            self,
            pitch=pitch,
            top=_anchored(self._painted(self.top), at[0] * self.ratio, y, self.pitch, pitch),
            left=_anchored(self._painted(self.left), at[1] * self.ratio, x, self.pitch, pitch),
        )

    def panned(self, dy: float, dx: float) -> Self:
        """The board moved by so many device-independent pixels down and to the right."""
        return replace(self, top=self.top + dy * self.ratio, left=self.left + dx * self.ratio)

    def resized(self, height: float, width: float) -> Self:
        """In a widget of another size (device-independent pixels); what was in its middle stays there."""
        new_height, new_width = height * self.ratio, width * self.ratio
        return replace(
            self,
            height=new_height,
            width=new_width,
            top=self.top + (new_height - self.height) / 2,
            left=self.left + (new_width - self.width) / 2,
        )

    def on_screen(self, ratio: float) -> Self:
        """The same view on a screen of another resolution, as large as it can be without uneven cells."""
        moved = replace(
            self,
            height=self.height * ratio / self.ratio,
            width=self.width * ratio / self.ratio,
            ratio=ratio,
        )
        pitch = _snapped(self.scale * ratio, ratio)
        centre_y = (self.height / 2 - self.top) / self.pitch
        centre_x = (self.width / 2 - self.left) / self.pitch
        return replace(
            moved, pitch=pitch, top=moved.height / 2 - centre_y * pitch, left=moved.width / 2 - centre_x * pitch
        )

    def fitted(self, rows: int, columns: int, margin: float = 0.0) -> Self:
        """The whole board in the middle, as large as it goes with `margin` device-independent pixels around it."""
        room_y = max(self.height - 2 * margin * self.ratio, 1.0)
        room_x = max(self.width - 2 * margin * self.ratio, 1.0)
        wanted = min(room_y / rows, room_x / columns)
        pitch = _snapped(floor(wanted) if wanted >= 1 else wanted, self.ratio)
        return replace(self, pitch=pitch, top=(self.height - rows * pitch) / 2, left=(self.width - columns * pitch) / 2)

    def centred_on(self, y: int, x: int) -> Self:
        """With the middle of cell (y, x) in the middle of the widget."""
        return replace(
            self,
            top=self.height / 2 - (y + 0.5) * self.pitch,
            left=self.width / 2 - (x + 0.5) * self.pitch,
        )

    def kept_in_sight(self, rows: int, columns: int, least: float) -> Self:
        """Moved as little as needed for `least` device-independent pixels of the board to be seen each way."""
        return replace(
            self,
            top=_kept(self.top, rows * self.pitch, self.height, least * self.ratio),
            left=_kept(self.left, columns * self.pitch, self.width, least * self.ratio),
        )


def _snapped(pitch: float, ratio: float) -> float:
    """The nearest pitch that there is: within the limits, and a whole number from 1 upwards."""
    if pitch < 1:
        return max(pitch, SMALLEST_SCALE * ratio)
    return float(min(max(floor(pitch + 0.5), 1), max(floor(LARGEST_SCALE * ratio), 1)))


def _anchored(origin: float, point: float, cell: int, old: float, new: float) -> float:
    """Where the board begins at pitch `new`, if it began at `origin` at pitch `old` with `cell` under `point`.

    From a pitch of 1 upwards origins are painted rounded, which must not push the neighbouring cell under the point.
    """
    exact = point - (point - origin) / old * new
    if new < 1:
        return exact
    lowest, highest = floor(point - (cell + 1) * new) + 1, floor(point - cell * new)
    return exact if lowest <= floor(exact + 0.5) <= highest else float(min(max(exact, lowest), highest))


def _kept(origin: float, extent: float, room: float, least: float) -> float:
    least = min(least, extent, room)
    return min(max(origin, least - extent), room - least)
