"""Pictures and films of what lives on the endless plane."""

from collections.abc import Callable
from io import BytesIO

import numpy as np
import pytest
from PIL import Image

from life.board import Board
from life.editing.selection import Selection
from life.errors import LifeError
from life.pictures.gif import Film, gif_of
from life.pictures.look import Look
from life.pictures.pixels import cells_of, whole_of
from life.pictures.png import png_of
from life.pictures.svg import svg_of
from life.plane.tile_plane import TilePlane
from life.rule import CONWAY
from life.topology import PLANE

FAR = 10**17
GLIDER = TilePlane.from_cells(np.array([0, 1, 2, 2, 2]) + FAR, np.array([1, 2, 0, 1, 2]) - FAR)
SMALL = Look(cell=1, dead="#ffffff", alive="#000000")


def alive_in(picture: Image.Image) -> list[list[int]]:
    found: list[list[int]] = np.argwhere(np.asarray(picture.convert("L")) == 0).tolist()
    return found


def test_all_of_a_plane_is_what_lives_there_and_two_cells_around_it() -> None:
    assert whole_of(GLIDER) == Selection(FAR - 2, -FAR - 2, 7, 7)
    assert whole_of(TilePlane()) is None
    assert whole_of(Board(5, 6)) == Selection(0, 0, 5, 6)


def test_a_picture_of_a_plane_shows_its_part() -> None:
    part = whole_of(GLIDER)
    assert part
    with Image.open(BytesIO(png_of(GLIDER, part, SMALL))) as picture:
        assert picture.size == (7, 7)
        assert alive_in(picture) == [[2, 3], [3, 4], [4, 2], [4, 3], [4, 4]]
    with Image.open(BytesIO(png_of(GLIDER, Selection(FAR + 2, -FAR, 1, 9), SMALL))) as picture:
        assert alive_in(picture) == [[0, 0], [0, 1], [0, 2]]
    assert b'viewBox="0 0 7 7"' in svg_of(GLIDER, part, SMALL)


@pytest.mark.parametrize("draw", [png_of, svg_of])
def test_a_part_of_the_plane_that_is_too_large_is_refused_in_a_sentence(draw: Callable[..., bytes]) -> None:
    with pytest.raises(LifeError, match=r"too much to write; choose smaller|too many to cut out of the plane; choose"):
        draw(GLIDER, Selection(0, 0, 10**6, 10**6), SMALL)


def test_a_glider_flies_through_a_film_of_its_part_of_the_plane() -> None:
    part = Selection(FAR - 2, -FAR - 2, 12, 12)
    film = gif_of(Film(GLIDER, CONWAY, PLANE, part, SMALL, generations=9))
    with Image.open(BytesIO(film)) as picture:
        seen = []
        for number in (0, 4, 8):
            picture.seek(number)
            seen.append(alive_in(picture))
    assert seen[0] == np.argwhere(cells_of(GLIDER, part)).tolist()
    assert seen[1] == [[y + 1, x + 1] for y, x in seen[0]]
    assert seen[2] == [[y + 2, x + 2] for y, x in seen[0]]
