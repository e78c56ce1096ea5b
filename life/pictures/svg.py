"""A board as an SVG drawing, sharp at every size: one path of all live cells, a run of a row each."""

from collections.abc import Iterator

import numpy as np

from life.board import Cells
from life.editing.selection import Selection
from life.errors import LifeError
from life.pictures.look import Look
from life.pictures.pixels import cells_of
from life.world import World

MOST_RUNS = 2_000_000
MOST_LINES = 20_000


def svg_of(world: World, part: Selection, look: Look, title: str = "") -> bytes:
    """The file of a drawing of a part of the board, a cell being as large as `look` says at its natural size.

    Raises:
        LifeError: it would have more shapes than programs can show.
    """
    cells = cells_of(world, part)
    height, width = cells.shape
    if look.line_width and height + width > MOST_LINES:
        raise LifeError(f"lines between more than {MOST_LINES:,} rows and columns are too much; leave them out")
    pixels_high, pixels_wide = look.size_of(height, width)
    line = look.line_width / look.cell
    corner = f"{0 - line / 2:g}"  # a line is centred on the edge of the cells
    across = f"{corner} {corner} {width + line:g} {height + line:g}"
    return "\n".join([
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{pixels_wide}" height="{pixels_high}" viewBox="{across}" '
        'shape-rendering="crispEdges">',
        *([f"<title>{_text(title)}</title>"] if title else []),
        f'<rect x="{corner}" y="{corner}" width="100%" height="100%" fill="{look.dead}"/>',
        f'<path fill="{look.alive}" d="{"".join(_runs(cells))}"/>',
        *_lines(height, width, look),
        "</svg>\n",
    ]).encode()  # fmt: skip


def _text(title: str) -> str:
    """Without what may not stand in XML, however it is written."""
    from html import escape  # brings along the names of all entities

    printable = "".join(letter for letter in title if letter.isprintable())
    return escape(printable.encode("utf-8", "replace").decode(), quote=False)


def _runs(cells: Cells) -> Iterator[str]:
    """A rectangle for every run of live cells in a row."""
    edges = np.diff(cells.astype(np.int8), axis=1, prepend=0, append=0)
    ys, starts = np.nonzero(edges == 1)
    _, ends = np.nonzero(edges == -1)
    if len(ys) > MOST_RUNS:
        raise LifeError(f"a drawing of more than {MOST_RUNS:,} shapes cannot be shown; save it as PNG, or a part of it")
    for y, start, end in zip(ys.tolist(), starts.tolist(), ends.tolist(), strict=True):
        yield f"M{start} {y}h{end - start}v1H{start}z"


def _lines(height: int, width: int, look: Look) -> Iterator[str]:
    if not look.line_width:
        return
    path = "".join(f"M0 {y}h{width}" for y in range(height + 1)) + "".join(f"M{x} 0v{height}" for x in range(width + 1))
    yield f'<path stroke="{look.line}" stroke-width="{look.line_width / look.cell:g}" d="{path}"/>'
