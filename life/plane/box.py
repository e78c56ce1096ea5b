"""A rectangle of cells on a board or on the plane."""

from typing import NamedTuple


class Box(NamedTuple):
    """The cells (y, x) with `top` <= y < `bottom` and `left` <= x < `right`; whole numbers of any size and sign."""

    top: int
    left: int
    bottom: int
    right: int

    @property
    def height(self) -> int:
        """Rows in it."""
        return self.bottom - self.top

    @property
    def width(self) -> int:
        """Columns in it."""
        return self.right - self.left

    @property
    def is_empty(self) -> bool:
        """Whether no cell lies in it."""
        return self.top >= self.bottom or self.left >= self.right

    def contains(self, y: int, x: int) -> bool:
        """Whether cell (y, x) lies in it."""
        return self.top <= y < self.bottom and self.left <= x < self.right

    def grown(self, cells: int) -> "Box":
        """With so many rows and columns more on each of the four sides."""
        return Box(self.top - cells, self.left - cells, self.bottom + cells, self.right + cells)

    def within(self, other: "Box") -> "Box":
        """The cells that lie in both; perhaps an empty box."""
        top, left = max(self.top, other.top), max(self.left, other.left)
        return Box(top, left, max(min(self.bottom, other.bottom), top), max(min(self.right, other.right), left))
