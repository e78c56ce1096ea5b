"""Which stretch of time and which lanes a timeline shows: the arithmetic of zooming and panning, without a toolkit."""

from dataclasses import dataclass, replace
from math import ceil, floor, log10
from typing import NamedTuple, Self

CLOSEST = 20.0  # nanoseconds a pixel
TICK_PIXELS = 78.0  # at least so far apart, so that the words beside ticks do not touch
HIGHEST_LANE = 26.0
LOWEST_LANE = 1 / 4096


@dataclass(frozen=True, slots=True)
class TimeView:
    """A stretch of time seen through `width` pixels; every change gives a new one.

    Attributes:
        begin: the time at the left edge, in nanoseconds from the start of the generation.
        per_pixel: nanoseconds a pixel.
        total: length of the generation in nanoseconds.
    """

    width: float
    total: float
    begin: float = 0.0
    per_pixel: float = 1.0

    def x_of(self, time: float) -> float:
        """The pixel of a time."""
        return (time - self.begin) / self.per_pixel

    def time_at(self, x: float) -> float:
        """The time at a pixel, which may lie outside of the generation."""
        return self.begin + x * self.per_pixel

    def fitted(self) -> Self:
        """The whole generation, and a little more."""
        per_pixel = max(self.total * 1.02 / max(self.width, 1.0), CLOSEST)
        return replace(self, per_pixel=per_pixel, begin=-0.01 * self.total)

    def zoomed(self, factor: float, x: float) -> Self:
        """So many times closer; the time at pixel `x` stays there."""
        farthest = max(self.total * 1.5 / max(self.width, 1.0), CLOSEST)
        per_pixel = min(max(self.per_pixel / factor, CLOSEST), farthest)
        return replace(self, per_pixel=per_pixel, begin=self.time_at(x) - x * per_pixel)._kept()

    def panned(self, pixels: float) -> Self:
        """Moved to the right by so many pixels."""
        return replace(self, begin=self.begin - pixels * self.per_pixel)._kept()

    def showing(self, begin: float, end: float) -> Self:
        """Moved as little as needed for a stretch to be seen; farther away where it would not fit."""
        per_pixel = max(self.per_pixel, (end - begin) * 1.2 / max(self.width, 1.0))
        view = replace(self, per_pixel=per_pixel)
        if view.begin <= begin and end <= view.time_at(self.width):
            return view
        return replace(view, begin=(begin + end) / 2 - self.width / 2 * per_pixel)._kept()

    def _kept(self) -> Self:
        """With some of the generation in sight."""
        shown = self.width * self.per_pixel
        return replace(self, begin=min(max(self.begin, -0.8 * shown), self.total - 0.2 * shown))


class Tick(NamedTuple):
    """A time in nanoseconds and how it is written beside the axis."""

    time: float
    label: str


def ticks(view: TimeView, apart: float = TICK_PIXELS) -> list[Tick]:
    """Round times in sight, in milliseconds, none before the start, at least so many pixels `apart`."""
    step = _round_step(view.per_pixel * apart / 1e6)
    decimals = max(0, -floor(log10(step) + 1e-9))
    first = max(ceil(view.begin / 1e6 / step), 0)
    last = floor(view.time_at(view.width) / 1e6 / step)
    return [Tick(n * step * 1e6, f"{n * step:,.{decimals}f} ms") for n in range(first, last + 1)]


def _round_step(least: float) -> float:
    """The smallest of …, 1, 2, 5, 10, … that is not below `least`."""
    unit = 10.0 ** floor(log10(least))
    return next(unit * nice for nice in (1, 2, 5, 10) if unit * nice >= least * (1 - 1e-9))


@dataclass(frozen=True, slots=True)
class LaneView:
    """The lanes seen through `height` pixels.

    Attributes:
        count: how many lanes there are.
        pitch: pixels a lane; a whole number from 1 upwards.
        first: the lane at the upper edge; not whole in the middle of a drag.
    """

    height: float
    count: int
    pitch: float = 1.0
    first: float = 0.0

    def lane_at(self, y: float) -> float:
        """The lane at a pixel, not rounded."""
        return self.first + y / self.pitch

    def y_of(self, lane: float) -> float:
        """The pixel at which a lane begins."""
        return (lane - self.first) * self.pitch

    def fitted(self) -> Self:
        """All lanes, none higher than is pleasant."""
        return replace(self, pitch=_whole(self.height / max(self.count, 1)), first=0.0)

    def zoomed(self, factor: float, y: float) -> Self:
        """Lanes so many times as high; the lane at pixel `y` stays there."""
        pitch = _whole(self.pitch * factor)
        if pitch == self.pitch and factor > 1:
            pitch = _whole(self.pitch + 1)
        least = min(_whole(self.height / max(self.count, 1)), self.pitch)
        pitch = max(pitch, least)
        return replace(self, pitch=pitch, first=self.lane_at(y) - y / pitch)._kept()

    def panned(self, pixels: float) -> Self:
        """Moved down by so many pixels."""
        return replace(self, first=self.first - pixels / self.pitch)._kept()

    def showing(self, lane: int) -> Self:
        """Moved as little as needed for a lane to be seen."""
        if self.y_of(lane) >= 0 and self.y_of(lane + 1) <= self.height:
            return self
        return replace(self, first=lane + 0.5 - self.height / 2 / self.pitch)._kept()

    def _kept(self) -> Self:
        most = max(self.count - self.height / self.pitch, 0.0)
        return replace(self, first=min(max(self.first, 0.0), most))


def _whole(pitch: float) -> float:
    if pitch < 1:
        return max(pitch, LOWEST_LANE)
    return float(floor(min(pitch, HIGHEST_LANE)))
