"""Where the living are that lie nearest to a place where there are none."""

from life.world import World

_BLOCKS = 16  # on each side of what is looked through at a time


def nearest_cell(world: World, y: int, x: int) -> tuple[int, int] | None:
    """A live cell about as near to (y, x) as there is one; None where nothing lives.

    It looks through ever larger squares around the place until one is not empty, and then into its nearest blocks; so
    what it gives may be farther than the nearest cell by the size of one block, about an eighth of the way.
    """
    whole = world.box
    if whole is None:
        return None
    farthest = max(abs(y - whole.top), abs(y - whole.bottom), abs(x - whole.left), abs(x - whole.right), 1)
    low, high = 0, max(farthest.bit_length() - 2, 0)  # log2 of blocks of which the square reaches that far
    while low < high:
        middle = (low + high) // 2
        if _nearest_block(world, y, x, middle) is None:
            low = middle + 1
        else:
            high = middle
    return _within(world, y, x, low)


def _within(world: World, y: int, x: int, log2: int) -> tuple[int, int] | None:
    """The cell in the nearest block, in smaller and smaller ones."""
    corner = _nearest_block(world, y, x, log2)
    while corner is not None and log2:
        finer = max(log2 - 4, 0)
        corner = _nearest_of(world, (corner[0], corner[1], 1 << (log2 - finer)), (y, x), finer)
        log2 = finer
    return corner


def _nearest_block(world: World, y: int, x: int, log2: int) -> tuple[int, int] | None:
    """The corner of the block with a live cell that is nearest, in a square around (y, x)."""
    top, left = (y >> log2) - _BLOCKS // 2 << log2, (x >> log2) - _BLOCKS // 2 << log2
    return _nearest_of(world, (top, left, _BLOCKS + 1), (y, x), log2)


def _nearest_of(
    world: World, square: tuple[int, int, int], place: tuple[int, int], log2: int
) -> tuple[int, int] | None:
    """The same in a square with its corner at (top, left) and so many blocks on each side."""
    top, left, side = square
    some = world.densities(top, left, side, side, log2).nonzero()
    corners = [(top + (i << log2), left + (j << log2)) for i, j in zip(*(part.tolist() for part in some), strict=True)]
    middle = (1 << log2) // 2
    return min(
        corners, key=lambda at: (at[0] + middle - place[0]) ** 2 + (at[1] + middle - place[1]) ** 2, default=None
    )
