"""The two states of a cell.

They live apart from the grid so that the rule service, which needs nothing else of it, starts without loading NumPy.
"""

ALIVE = "*"
EMPTY = "-"
