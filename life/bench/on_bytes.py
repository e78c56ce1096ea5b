"""Conway's rule on a torus in NumPy with a byte a cell: what people write first, and what the rest is compared with."""

import numpy as np

from life.board import Board, Cells

_BAND = 1 << 17  # cells that are computed at a time, so that their sums stay in the processor's cache


class OnBytes:
    """A board that advances by slices of whole arrays, written with some care: no copies, sums of rows shared."""

    def __init__(self, board: Board) -> None:
        self.height, self.width = board.height, board.width
        self._now = np.pad(board.cells(), 1)
        self._then = np.zeros_like(self._now)
        rows = max(_BAND // board.width, 1)
        self._rows = min(rows, board.height)
        self._sums = np.empty((self._rows + 2, board.width), np.uint8)
        self._counts = np.empty((2, self._rows, board.width), np.uint8)

    def advance(self, generations: int) -> None:
        """Computes so many generations."""
        for _ in range(generations):
            self._wrap()
            for top in range(0, self.height, self._rows):
                self._compute(top, min(self._rows, self.height - top))
            self._now, self._then = self._then, self._now

    def cells(self) -> Cells:
        """The cells as they are now, 1 where alive."""
        return self._now[1:-1, 1:-1].copy()

    def _wrap(self) -> None:
        now = self._now
        now[0], now[-1] = now[-2], now[1]
        now[:, 0], now[:, -1] = now[:, -2], now[:, 1]

    def _compute(self, top: int, rows: int) -> None:
        """Of three rows, a cell's own 3 × 3: alive where they are three, or four and it is one of them."""
        now, sums = self._now[top : top + rows + 2], self._sums[: rows + 2]
        counts, fours = self._counts[:, :rows]
        np.add(now[:, :-2], now[:, 1:-1], out=sums)
        sums += now[:, 2:]
        np.add(sums[:-2], sums[1:-1], out=counts)
        counts += sums[2:]
        np.equal(counts, 4, out=fours.view(np.bool_))
        fours &= now[1:-1, 1:-1]
        np.equal(counts, 3, out=counts.view(np.bool_))
        np.bitwise_or(counts, fours, out=self._then[top + 1 : top + rows + 1, 1:-1])
