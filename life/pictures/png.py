"""A board as a PNG picture: few colours, so few bits, written here without any other library.

The format is described in https://www.w3.org/TR/png-3/.
"""

import struct
import zlib
from collections.abc import Iterator

import numpy as np

from life.board import Cells
from life.editing.selection import Selection
from life.pictures.look import Look, rgb
from life.pictures.pixels import LINE, bands_of, cells_of
from life.world import World

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_BITS = 2  # a pixel, which is one of three colours
_PALETTE = 3
_LEVEL = 6


def png_of(world: World, part: Selection, look: Look, title: str = "") -> bytes:
    """The file of a picture of a part of a board, or of the plane.

    Raises:
        LifeError: it would have too many pixels.
    """
    look.check(part.height, part.width)
    height, width = look.size_of(part.height, part.width)
    return _SIGNATURE + b"".join([
        _chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, _BITS, _PALETTE, 0, 0, 0)),
        _chunk(b"PLTE", b"".join(bytes(rgb(colour)) for colour in look.colours)),
        *([_chunk(b"iTXt", b"Title\0\0\0\0\0" + title.encode("utf-8", "replace"))] if title else []),
        _chunk(b"IDAT", b"".join(_compressed(bands_of(cells_of(world, part), look)))),
        _chunk(b"IEND", b""),
    ])  # fmt: skip


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def _compressed(bands: Iterator[Cells]) -> Iterator[bytes]:
    """Every row of pixels after a byte that says that it is not filtered."""
    packer = zlib.compressobj(_LEVEL)
    for pixels in bands:
        yield packer.compress(_packed(pixels).tobytes())
    yield packer.flush()


def _packed(pixels: Cells) -> Cells:
    """Four pixels a byte, the first in its highest bits."""
    height, width = pixels.shape
    each = 8 // _BITS
    padded = np.zeros((height, -(-width // each), each), np.uint8)
    padded.reshape(height, -1)[:, :width] = np.minimum(pixels, LINE)
    rows = np.zeros((height, 1 + padded.shape[1]), np.uint8)
    for place in range(each):
        rows[:, 1:] |= padded[:, :, place] << np.uint8(8 - _BITS * (place + 1))
    return rows
