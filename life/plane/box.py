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

    def joined(self, other: "Box") -> "Box":
        """The smallest one around both, of which none is empty."""
        top, left = min(self.top, other.top), min(self.left, other.left)
        return Box(top, left, max(self.bottom, other.bottom), max(self.right, other.right))

    def in_blocks(self, log2: int) -> "Box":
        """Grown until it consists of whole blocks of 2^log2 × 2^log2 cells, each beginning at a multiple of that."""
        side = 1 << log2
        top, left = self.top >> log2 << log2, self.left >> log2 << log2
        return Box(top, left, -(-self.bottom // side) * side, -(-self.right // side) * side)
