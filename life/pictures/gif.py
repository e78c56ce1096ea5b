"""A run of generations as an animated GIF, written by Pillow, which is imported only when it is asked for."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING

from life.board import Board
from life.editing.selection import Selection
from life.engine.generation import next_board
from life.engine.world_engine import WorldEngine
from life.errors import LifeError
from life.pictures.look import Look, rgb
from life.pictures.pixels import cells_of, pixels_of
from life.rule import Rule
from life.topology import Topology
from life.world import World

if TYPE_CHECKING:
    from PIL.Image import Image

SHORTEST_DELAY = 20  # milliseconds; browsers play a shorter one much more slowly
LONGEST_DELAY = 10_000  # milliseconds
MOST_GENERATIONS = 10_000

_MAIN_SCREEN = 1  # GIF's word for "leave the picture as it is until the next one"


@dataclass(frozen=True, slots=True)
class Film:
    """What is to be seen.

    Attributes:
        board: the first generation.
        rule, topology: how it goes on.
        part: what of the board is shown, or of the plane.
        look: what a cell looks like.
        generations: how many are shown, the first among them.
        delay: milliseconds that each is shown, a multiple of 10.
    """

    board: World
    rule: Rule
    topology: Topology
    part: Selection
    look: Look
    generations: int
    delay: int = 100

    def check(self) -> None:
        """Makes sure that it can be made.

        Raises:
            LifeError: there is nothing to show, or too much.
        """
        if not 1 <= self.generations <= MOST_GENERATIONS:
            raise LifeError(f"a film has 1 to {MOST_GENERATIONS:,} generations, not {self.generations:,}")
        self.look.check(self.part.height, self.part.width, self.generations)


class Cancelled(Exception):  # noqa: N818  (it is not an error: somebody did not want the film any more)
    """The film was given up before it was made. Nothing went wrong, and there is no file."""


def gif_of(film: Film, is_wanted: Callable[[int], bool] = lambda _: True) -> bytes:
    """The file of a film that begins again when it is over; in memory that grows with its pixels, a byte each.

    `is_wanted` hears of every generation that is ready, and says whether to go on.

    Raises:
        LifeError: the film is too much, or Pillow is not installed.
        Cancelled: it is no longer wanted.
    """
    film.check()
    frames = _frames(film, is_wanted)
    first, file = next(frames), BytesIO()
    first.save(
        file,
        "GIF",
        save_all=True,
        append_images=frames,
        duration=max(film.delay, SHORTEST_DELAY),
        loop=0,
        disposal=_MAIN_SCREEN,
        optimize=False,
    )
    return file.getvalue()


def _frames(film: Film, is_wanted: Callable[[int], bool]) -> Iterator["Image"]:
    try:
        from PIL import Image
    except ImportError as error:
        reason = "animated GIFs are written by Pillow, which is not installed; install it with pip install Pillow"
        raise LifeError(reason) from error
    palette = [number for colour in film.look.colours for number in rgb(colour)]
    board, engine = film.board, WorldEngine()
    for number in range(1, film.generations + 1):
        pixels = pixels_of(cells_of(board, film.part), film.look)
        image = Image.fromarray(pixels)
        image.putpalette(palette)
        if not is_wanted(number):
            raise Cancelled
        yield image
        if number < film.generations:
            board = _next(board, film, engine)


def _next(world: World, film: Film, engine: WorldEngine) -> World:
    """A board that has room in a film is not worth a compiler."""
    if isinstance(world, Board):
        return next_board(world, film.rule, film.topology)
    return engine.step(world, film.rule, film.topology)
