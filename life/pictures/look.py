"""How a picture of a board looks, and how large it becomes."""

from dataclasses import dataclass

from life.errors import LifeError

MOST_PIXELS = 1 << 28
LARGEST_CELL = 64  # pixels
SMALLEST_LINED_CELL = 4  # pixels; lines around smaller ones would be all that is seen

Size = tuple[int, int]  # height and width


@dataclass(frozen=True, slots=True)
class Look:
    """What a cell looks like.

    Attributes:
        cell: pixels on each side of a cell, the line on its left and top among them.
        dead, alive, line: colours as "#rrggbb".
        has_lines: whether lines are drawn between the cells, where these are large enough.
    """

    cell: int = 8
    dead: str = "#ffffff"
    alive: str = "#1c2b3d"
    line: str = "#e9e7e2"
    has_lines: bool = False

    def __post_init__(self) -> None:
        if not 1 <= self.cell <= LARGEST_CELL:
            raise LifeError(f"a cell in a picture has 1 to {LARGEST_CELL} pixels on each side, not {self.cell:,}")

    @property
    def line_width(self) -> int:
        """Pixels of a line: 1, or 0 where there are none."""
        return int(self.has_lines and self.cell >= SMALLEST_LINED_CELL)

    @property
    def colours(self) -> tuple[str, str, str]:
        """Those of dead cells, live cells and lines: the palette that pixels are numbers of."""
        return self.dead, self.alive, self.line

    def size_of(self, height: int, width: int) -> Size:
        """Pixels of a picture of so many rows and columns, with a last line at the bottom and on the right."""
        return height * self.cell + self.line_width, width * self.cell + self.line_width

    def check(self, height: int, width: int, frames: int = 1) -> None:
        """Makes sure that so many pictures of so many rows and columns can be made.

        Raises:
            LifeError: they would have too many pixels.
        """
        pixels_high, pixels_wide = self.size_of(height, width)
        if pixels_high * pixels_wide * frames > MOST_PIXELS:
            size = f"{pixels_wide:,} × {pixels_high:,} pixels"
            what, fewer = (
                (f"a picture of {size} is", "a smaller part of the board")
                if frames == 1
                else (f"{frames:,} pictures of {size} are", "fewer generations")
            )
            raise LifeError(f"{what} too much to write; choose smaller cells or {fewer}")


def rgb(colour: str) -> tuple[int, int, int]:
    """The three numbers, 0 to 255, of a colour written as "#rrggbb"."""
    red, green, blue = bytes.fromhex(colour.removeprefix("#"))
    return red, green, blue
