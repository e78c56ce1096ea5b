"""Where everything lies in the arrays of a universe of tiles.

A tile is 64 rows of one word. It has a *slot*, a number that is its place in all arrays; slot 0 is a tile that stays
empty and stands for every neighbour that does not exist. Each tile has two buffers, in which generations take turns,
and in a buffer the row above the tile and the row below it are kept as well, copies of its neighbours' rows.
"""

TILE = 64  # rows of a tile, each of them a word
FIRST_ROW = 8  # words before a tile's first row, of which the last one is the row above it
BUFFER = 80  # words: 7 unused, the row above, 64 rows, the row below, 7 unused
SLOT = 2 * BUFFER

NORTH, SOUTH, WEST, EAST, NORTH_WEST, NORTH_EAST, SOUTH_WEST, SOUTH_EAST = DIRECTIONS = range(8)
SIDES = len(DIRECTIONS)
STEPS_Y = (-1, 1, 0, 0, -1, -1, 1, 1)  # from a tile to its neighbour in each direction
STEPS_X = (0, 0, -1, 1, -1, 1, -1, 1)

# What a universe counts and remembers, by place in its array `state`.
NOW = 0  # which of the two buffers holds the generation that is now
LISTED = 1  # how many tiles are to be computed from buffer 0, and then how many from buffer 1
POSITION = 3  # how many of those are done in this generation
USED = 4  # the slot after the last one that was ever in use
SPARE = 5  # how many slots below that are free again
LACKING = 6  # how many tiles want a neighbour that does not exist
SERVED = 7  # how many of them have got it
LINKED = 8  # the slot after the last one whose tile and its neighbours know each other; 1 before all of them
MADE = 9  # how many tiles have ever come into being
FIGURES = 10
