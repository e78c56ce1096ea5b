"""How long a frame of the board takes, in a window of 1280 × 800. Run it: `python tests/benchmarks/bench_paint.py`."""

import os
import sys
from collections.abc import Callable
from pathlib import Path
from time import perf_counter

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import numpy as np
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication

from gui.board.image import picture_of
from gui.board.view import BoardView
from gui.board.viewport import Viewport
from life.board import Board

WIDTH, HEIGHT = 1280, 800
TIMES = 60


def milliseconds(run: Callable[[], object]) -> str:
    """The median and the slowest of many runs."""
    taken = []
    for _ in range(TIMES):
        started = perf_counter()
        run()
        taken.append((perf_counter() - started) * 1000)
    return f"{np.median(taken):6.2f} ms median, {max(taken):6.2f} ms slowest"


def blit(board: Board, view: Viewport, target: QImage) -> None:
    picture = picture_of(board, view, QColor("#ffffff"), QColor("#1f3044"))
    painter = QPainter(target)
    if picture is not None:
        picture.paint(painter)
    painter.end()


def main() -> None:
    app = QApplication([])
    random = np.random.default_rng(1)
    target = QImage(WIDTH, HEIGHT, QImage.Format.Format_RGB32)
    print("packed bits to pixels, the board new in every frame:")
    for side, pitch in ((1000, 1.0), (1000, 2.0), (1000, 8.0), (1000, 0.8), (4096, 0.19), (16384, 1 / 20)):
        board = Board.from_cells(random.random((side, side), dtype=np.float32) < 0.1)
        view = Viewport(HEIGHT, WIDTH, pitch)
        taken = milliseconds(lambda board=board, view=view: blit(board, view, target))
        print(f"  {side} × {side} cells, {pitch:5.3g} pixels a cell: {taken}")
    print("the whole widget, a new board in every frame:")
    view = BoardView(Board(1000, 1000))
    view.resize(WIDTH, HEIGHT)
    view.show()
    boards = [Board.from_cells(random.random((1000, 1000)) < 0.1) for _ in range(2)]
    for scale in (0.75, 1, 4, 8, 24):
        while view.scale < scale:
            view.zoom_in()

        def frame() -> None:
            boards.reverse()
            view.set_board(boards[0])
            view.render(target)

        print(f"  {view.scale:5.3g} pixels a cell: {milliseconds(frame)}")
    view.set_failed(*np.nonzero(boards[0].cells()))
    print(f"  the same with {boards[0].population:,} failed cells: {milliseconds(frame)}")
    app.quit()


if __name__ == "__main__":
    main()
