"""How a tree lies in arrays of numbers: what its nodes, its leaves and the work on them look like.

A leaf is 16 × 16 cells, 16 rows of 16 bits one after another; bit x of a row is column x. A node is a square of four
squares of half its side; the smallest has 32 rows, and is said to be of *level* 5, because it is 2^5 cells wide. Leaves
are known by negative numbers and nodes by positive ones. The empty square is 0 at every level.

The work arrays are flat, so that the same code runs compiled and as plain Python.
"""

LEAF_LEVEL = 4
LEAF_SIDE = 16
LEAF_WORDS = 4  # of 64 bits
BLOCK_LEVEL = 5  # of the smallest nodes, which are computed cell by cell
BLOCK_STEPS = 3  # log2 of the generations in which a block's middle depends on nothing outside it

# A node: its four squares, its middle later on, and for how many generations that is.
NW, NE, SW, SE = range(4)
FULL = 4  # its middle after 2^(level - 2) generations
PART = 5  # its middle after 2^PART_LOG2 generations, which are fewer
PART_LOG2 = 6
FIELDS = 8
UNKNOWN = -(1 << 31)

# Counters of a store.
NODES, LEAVES = 0, 1  # how many there are, the empty one included; the next one gets this number
DEPTH, RESULT = 2, 3  # how many frames are on the stack, and what the last one gave
ASKED = 4  # how many squares were looked for in the table
COMPUTED = 5  # how many middles were computed
COUNTERS = 8

# A frame of the stack: a square whose middle is wanted, how far that is, and the squares that it takes.
NODE, LEVEL, STATE, SQUARES = range(4)
FRAME = 12  # behind the last one there is room for sixteen squares
START, JOIN, SECOND, END = -1, 9, 10, 14  # states; from 0 on and from SECOND on, the next square to ask for
DONE, WORKING, NO_ROOM = range(3)  # what `advance` says
SPARE = 64  # nodes and leaves that must be free before a frame is worked on
WORK_WORDS = 64  # for the computation of a block
