"""Pictures are looked at with another library than the one that wrote them, where there is one."""

import re
import sys
import tracemalloc
import xml.etree.ElementTree as ET
from io import BytesIO

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from numpy.typing import NDArray
from PIL import Image

from life.board import Board
from life.editing.selection import Selection
from life.engine.generation import next_board
from life.errors import LifeError
from life.pictures import gif, look, pixels, svg
from life.pictures.gif import Cancelled, Film, gif_of
from life.pictures.look import Look, rgb
from life.pictures.png import png_of
from life.pictures.svg import svg_of
from life.pictures.table import csv_of
from life.rule import CONWAY
from life.topology import TORUS

SVG = "{http://www.w3.org/2000/svg}"
GLIDER = Board.from_live(8, 10, [(0, 1), (1, 2), (2, 0), (2, 1), (2, 2)])
WHOLE = Selection.of_board(GLIDER)
LOOKS = st.builds(
    Look,
    cell=st.integers(1, 9),
    dead=st.just("#ffffff"),
    alive=st.just("#102030"),
    line=st.just("#c0c0c0"),
    has_lines=st.booleans(),
)
SOUPS = hnp.arrays(np.uint8, st.tuples(st.integers(1, 12), st.integers(1, 40)), elements=st.integers(0, 1))


@st.composite
def boards_and_parts(draw: st.DrawFn) -> tuple[Board, Selection]:
    board = Board.from_cells(draw(SOUPS))
    top, left = draw(st.integers(0, board.height - 1)), draw(st.integers(0, board.width - 1))
    height, width = draw(st.integers(1, board.height - top)), draw(st.integers(1, board.width - left))
    return board, Selection(top, left, height, width)


def expected(board: Board, part: Selection, as_seen: Look) -> NDArray[np.uint8]:
    """The colours of all pixels, spelt out."""
    height, width = as_seen.size_of(part.height, part.width)
    picture = np.zeros((height, width, 3), np.uint8)
    for y in range(height):
        for x in range(width):
            on_line = as_seen.line_width and (y % as_seen.cell == 0 or x % as_seen.cell == 0)
            if on_line:
                colour = as_seen.line
            else:
                is_alive = board.is_alive(part.top + y // as_seen.cell, part.left + x // as_seen.cell)
                colour = as_seen.alive if is_alive else as_seen.dead
            picture[y, x] = rgb(colour)
    return picture


def opened(data: bytes) -> NDArray[np.uint8]:
    with Image.open(BytesIO(data)) as image:
        return np.asarray(image.convert("RGB"))


# PNG


@given(boards_and_parts(), LOOKS, st.integers(1, 500))
def test_a_png_shows_every_cell_of_its_part(made: tuple[Board, Selection], as_seen: Look, band: int) -> None:
    board, part = made
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pixels, "_BAND", band)
        data = png_of(board, part, as_seen)
    assert np.array_equal(opened(data), expected(board, part, as_seen))


def test_a_png_bears_its_title() -> None:
    with Image.open(BytesIO(png_of(GLIDER, WHOLE, Look(), "Flügel, generation 7"))) as image:
        assert image.text == {"Title": "Flügel, generation 7"}


def test_lines_are_left_out_where_nothing_else_would_be_seen() -> None:
    assert Look(cell=3, has_lines=True).size_of(8, 10) == (24, 30)
    assert Look(cell=4, has_lines=True).size_of(8, 10) == (33, 41)


def test_a_large_board_takes_no_more_memory_than_its_cells_and_its_file() -> None:
    board = Board(6_000, 6_000)
    tracemalloc.start()
    data = png_of(board, Selection.of_board(board), Look(cell=2))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert opened_size(data) == (12_000, 12_000)
    assert peak < 36_000_000 * 2


def opened_size(data: bytes) -> tuple[int, int]:
    return int.from_bytes(data[16:20]), int.from_bytes(data[20:24])


@pytest.mark.parametrize("make", [png_of, lambda *a: gif_of(Film(a[0], CONWAY, TORUS, a[1], a[2], 30))])
def test_too_many_pixels_are_refused_before_they_are_made(make) -> None:
    board = Board(4_000, 4_000)
    tracemalloc.start()
    with pytest.raises(LifeError, match="too much to write; choose smaller cells or"):
        make(board, Selection.of_board(board), Look(cell=8))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 1_000_000


@pytest.mark.parametrize("cell", [0, -3, 65])
def test_cells_of_no_sensible_size_are_refused(cell: int) -> None:
    with pytest.raises(LifeError, match="1 to 64 pixels"):
        Look(cell=cell)


# SVG


@given(boards_and_parts(), LOOKS)
def test_an_svg_has_a_run_for_all_cells_of_its_part_and_no_other(made: tuple[Board, Selection], as_seen: Look) -> None:
    board, part = made
    root = ET.fromstring(svg_of(board, part, as_seen))
    height, width = as_seen.size_of(part.height, part.width)
    assert (root.get("height"), root.get("width")) == (str(height), str(width))
    cells = np.zeros((part.height, part.width), np.uint8)
    runs = next(path.get("d") or "" for path in root.iter(f"{SVG}path") if path.get("fill"))
    for x, y, length, back in re.findall(r"M(\d+) (\d+)h(\d+)v1H(\d+)z", runs):
        assert x == back
        cells[int(y), int(x) : int(x) + int(length)] += 1
    assert np.array_equal(cells, pixels.cells_of(board, part))
    strokes = [path for path in root.iter(f"{SVG}path") if path.get("stroke")]
    assert len(strokes) == as_seen.line_width


def test_the_title_of_an_svg_may_hold_anything() -> None:
    root = ET.fromstring(svg_of(GLIDER, WHOLE, Look(), "<Guns> & \x00\x0b gliders \ud800"))
    assert (root.findtext(f"{SVG}title") or "").startswith("<Guns> &  gliders")


def test_a_drawing_of_too_many_shapes_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(svg, "MOST_RUNS", 3)
    with pytest.raises(LifeError, match="save it as PNG"):
        svg_of(Board.from_live(4, 4, [(y, y) for y in range(4)]), Selection(0, 0, 4, 4), Look())
    monkeypatch.setattr(svg, "MOST_LINES", 3)
    with pytest.raises(LifeError, match="leave them out"):
        svg_of(Board(4, 4), Selection(0, 0, 4, 4), Look(has_lines=True))


# Animated GIF


@pytest.mark.parametrize("as_seen", [Look(cell=1), Look(cell=5, has_lines=True, dead="#000000", alive="#f0e6d2")])
@pytest.mark.parametrize("part", [WHOLE, Selection(1, 2, 5, 4)])
def test_a_film_shows_generation_after_generation(as_seen: Look, part: Selection) -> None:
    film = Film(GLIDER, CONWAY, TORUS, part, as_seen, generations=12, delay=70)
    board = GLIDER
    shown = 0
    with Image.open(BytesIO(gif_of(film))) as image:
        assert image.info["loop"] == 0
        for frame in range(image.n_frames):
            image.seek(frame)
            repeats = round(image.info["duration"] / 70)  # of pictures that do not differ only one is kept
            for _ in range(repeats):
                assert np.array_equal(np.asarray(image.convert("RGB")), expected(board, part, as_seen))
                board = next_board(board, CONWAY, TORUS)
                shown += 1
    assert shown == 12


def test_a_film_of_one_generation_is_a_picture() -> None:
    film = Film(GLIDER, CONWAY, TORUS, WHOLE, Look(), generations=1)
    assert np.array_equal(opened(gif_of(film)), expected(GLIDER, WHOLE, Look()))


def test_a_film_that_is_no_longer_wanted_is_not_made() -> None:
    heard: list[int] = []

    def is_wanted(number: int) -> bool:
        heard.append(number)
        return number < 5

    with pytest.raises(Cancelled):
        gif_of(Film(GLIDER, CONWAY, TORUS, WHOLE, Look(), generations=100), is_wanted)
    assert heard == [1, 2, 3, 4, 5]


def test_without_pillow_a_film_is_refused_and_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "PIL", None)
    with pytest.raises(LifeError, match="install it with pip install Pillow"):
        gif_of(Film(GLIDER, CONWAY, TORUS, WHOLE, Look(), generations=2))


@pytest.mark.parametrize("generations", [0, -1, gif.MOST_GENERATIONS + 1])
def test_a_film_without_an_end_or_a_beginning_is_refused(generations: int) -> None:
    with pytest.raises(LifeError, match="a film has 1 to"):
        gif_of(Film(GLIDER, CONWAY, TORUS, WHOLE, Look(), generations))


def test_the_limit_counts_the_pixels_of_all_generations(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(look, "MOST_PIXELS", 8 * 10 * 3)
    gif_of(Film(GLIDER, CONWAY, TORUS, WHOLE, Look(cell=1), generations=3))
    with pytest.raises(LifeError, match="fewer generations"):
        gif_of(Film(GLIDER, CONWAY, TORUS, WHOLE, Look(cell=1), generations=4))


# Tables


def test_a_table_has_headings_and_a_line_for_every_row() -> None:
    assert csv_of(("generation", "population"), [(0, 36), (1, 39)]) == b"generation,population\r\n0,36\r\n1,39\r\n"
    assert csv_of(("generation",), []) == b"generation\r\n"
