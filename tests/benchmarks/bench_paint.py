"""How long a frame of the board takes, in a window of 1280 × 800. Run it: `python tests/benchmarks/bench_paint.py`.

Most times are of a frame in which everything is new. Where a board is too large to be counted between two frames, the
window paints what it has and a thread makes the picture: then both are told, the frame and how long the picture took.
"""

import os
import sys
from collections.abc import Callable
from pathlib import Path
from time import perf_counter, thread_time

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import numpy as np
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication

from gui.board.cell_layer import CellLayer
from gui.board.image import picture_of
from gui.board.picture_maker import PictureMaker, Wanted
from gui.board.view import BoardView
from gui.board.viewport import Viewport
from gui.look.theme import LIGHT
from life.board import Board, stride_of
from life.density import block_counter
from life.hashlife.engine import HashLifeEngine
from life.patterns.rle import read_rle
from life.plane.plane import EVERYWHERE
from life.plane.tile_plane import TilePlane
from life.rule import CONWAY
from life.world import World

WIDTH, HEIGHT = 1280, 800
TIMES = 40
WHOLE_BOARDS = (
    (1000, (8, 2, 1, 1 / 2)),
    (4096, (8, 1, 1 / 2, 1 / 4, 1 / 8)),
    (16384, (1, 1 / 2, 1 / 4, 1 / 8, 1 / 16, 1 / 32)),
)
PLANES = ((1000, (8, 1, 1 / 2)), (4096, (8, 1, 1 / 2, 1 / 4, 1 / 8)), (16384, (1, 1 / 2, 1 / 4, 1 / 8, 1 / 64)))
HUGE = 65536


def milliseconds(run: Callable[[], object], times: int = TIMES) -> str:
    """The time that passed, and what the processor had to do with it, where others use the machine as well."""
    passed, worked = [], []
    for _ in range(times):
        started, busy = perf_counter(), thread_time()
        run()
        worked.append((thread_time() - busy) * 1000)
        passed.append((perf_counter() - started) * 1000)
    return (
        f"{np.median(passed):6.2f} ms median, {max(passed):6.2f} slowest, {np.median(worked):6.2f} of the processor's"
    )


def soup(side: int) -> Board:
    """A square board on which an eighth of the cells live, made without unpacking it."""
    random = np.random.default_rng(side)
    bits = np.full((side, stride_of(side)), 255, np.uint8)
    for _ in range(3):
        bits &= random.integers(0, 256, bits.shape, np.uint8)
    past = side % 64
    if past:
        bits.view(np.uint64)[:, -1] &= np.uint64((1 << past) - 1)
    return Board(side, side, bits)


def blit(world: World, view: Viewport, target: QImage) -> None:
    """One frame of the cells alone."""
    picture = picture_of(world, view, QColor("#ffffff"), QColor("#1f3044"))
    painter = QPainter(target)
    if picture is not None:
        picture.paint(painter, view)
    painter.end()


def time_pictures(name: str, world: World, pitches: tuple[float, ...], target: QImage) -> None:
    for pitch in pitches:
        view = Viewport(HEIGHT, WIDTH, float(pitch), farthest=62)
        work = Wanted(world, view, LIGHT)
        where = "" if work.is_quick else ", not in the GUI's thread"
        taken = milliseconds(lambda view=view: blit(world, view, target))
        print(f"  {name}, {_ratio(pitch)}: {taken}{where}")


def _ratio(pitch: float) -> str:
    return f"{pitch:g} pixels a cell" if pitch >= 1 else f"{1 / pitch:g} cells a pixel"


def time_trees(target: QImage) -> None:
    """A breeder in a tree of squares, from afar and from near."""
    folder = Path(__file__).resolve().parents[2] / "assets" / "patterns" / "guns-and-puffers"
    pattern = read_rle((folder / "breeder-1.rle").read_text(encoding="utf-8"))
    start = TilePlane.from_cells(np.asarray(pattern.ys, np.int64), np.asarray(pattern.xs, np.int64))
    engine = HashLifeEngine(1 << 29)
    for log2 in (16, 30):
        plane = engine.step(start, CONWAY, 1 << log2)
        fitted = Viewport(HEIGHT, WIDTH, farthest=62).fitted(plane.box or EVERYWHERE)
        for steps in (0, 5, log2):
            view = fitted.zoomed(steps, (HEIGHT / 2, WIDTH / 2))
            where = "" if Wanted(plane, view, LIGHT).is_quick else ", not in the GUI's thread"
            taken = milliseconds(lambda plane=plane, view=view: blit(plane, view, target))
            print(f"  tree with a breeder after 2^{log2} generations, {_ratio(view.pitch)}: {taken}{where}")


def time_huge(target: QImage) -> None:
    """A board of which a picture takes longer than a frame, counted at first and then looked at from elsewhere."""
    board = soup(HUGE)
    works: list[Callable[[], None]] = []
    maker = PictureMaker(QApplication.instance(), works.append)
    layer = CellLayer(maker=maker)
    view = Viewport(HEIGHT, WIDTH, 1 / 128, farthest=9)

    def frame() -> None:
        painter = QPainter(target)
        layer.paint(painter, board, view, LIGHT)
        painter.end()

    print(f"  {HUGE}², 128 cells a pixel, the frame: {milliseconds(frame)}")
    print(f"  {HUGE}², 128 cells a pixel, its first picture: {milliseconds(lambda: [work() for work in works], 1)}")
    for pitch in (1 / 32, 1 / 64, 1 / 128):
        seen = Viewport(HEIGHT, WIDTH, pitch, farthest=9)
        taken = milliseconds(lambda seen=seen: blit(board, seen, target))
        print(f"  {HUGE}², {_ratio(pitch)}, every picture after it: {taken}")
    maker.look()


def time_widget(target: QImage) -> None:
    view = BoardView(Board(1000, 1000))
    view.resize(WIDTH, HEIGHT)
    view.show()
    boards = [soup(1000), soup(1000)]

    def frame() -> None:
        boards.reverse()
        view.set_board(boards[0])
        view.render(target)

    for scale in (0.5, 1, 4, 8, 24):
        while view.scale < scale:
            view.zoom_in()
        print(f"  {view.scale:5.3g} pixels a cell: {milliseconds(frame)}")
    view.set_failed(*np.nonzero(boards[0].cells()))
    print(f"  the same with {boards[0].population:,} failed cells: {milliseconds(frame)}")


def main() -> None:
    app = QApplication([])
    target = QImage(WIDTH, HEIGHT, QImage.Format.Format_RGB32)
    block_counter().wait()
    print("the cells alone, new in every frame:")
    for side, pitches in WHOLE_BOARDS:
        time_pictures(f"{side}²", soup(side), pitches, target)
    for side, pitches in PLANES:
        time_pictures(f"plane of tiles, {side}² of it alive", TilePlane.from_board(soup(side), 0, 0), pitches, target)
    time_trees(target)
    print("a board that is too large to be counted between two frames:")
    time_huge(target)
    print("the whole widget with a board of 1000², new in every frame:")
    time_widget(target)
    app.quit()


if __name__ == "__main__":
    main()
