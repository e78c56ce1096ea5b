"""Rules of the family of Life, and the book's three functions: count the neighbours, decide, set.

A rule says with how many live neighbours a cell is born (B) and with how many it survives (S); Conway's is B3/S23.
`life.notation` reads the many ways in which people write one down.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from life.states import ALIVE, EMPTY

Get = Callable[[int, int], str]
Set = Callable[[int, int, str], None]

CODES_PER_STATE = 9  # 0 to 8 neighbours


@dataclass(frozen=True, slots=True)
class Rule:
    """Numbers of live neighbours, 0 to 8, with which a cell is born or survives.

    Attributes:
        table: 256 bytes for `bytes.translate`. A cell's *code* is its neighbour count, plus 9 where it is alive;
            `table[code]` is 1 where the cell is alive in the next generation.
    """

    births: frozenset[int]
    survivals: frozenset[int]
    table: bytes = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        alive_next = [n in self.births for n in range(CODES_PER_STATE)]
        alive_next += [n in self.survivals for n in range(CODES_PER_STATE)]
        object.__setattr__(self, "table", bytes(alive_next).ljust(256, b"\0"))

    def next_state(self, state: str, neighbors: int) -> str:
        """The state that follows `state` (ALIVE or EMPTY) with 0 to 8 live neighbours."""
        code = neighbors + (CODES_PER_STATE if state == ALIVE else 0)
        return ALIVE if self.table[code] else EMPTY

    def __str__(self) -> str:
        """Canonical notation, digits ascending: "B3/S23"."""
        births = "".join(map(str, sorted(self.births)))
        survivals = "".join(map(str, sorted(self.survivals)))
        return f"B{births}/S{survivals}"


CONWAY = Rule(births=frozenset({3}), survivals=frozenset({2, 3}))


def count_neighbors(y: int, x: int, get: Get) -> int:
    """How many of the eight cells around (y, x) are ALIVE."""
    n_ = get(y - 1, x + 0)  # North
    ne = get(y - 1, x + 1)  # Northeast
    e_ = get(y + 0, x + 1)  # East
    se = get(y + 1, x + 1)  # Southeast
    s_ = get(y + 1, x + 0)  # South
    sw = get(y + 1, x - 1)  # Southwest
    w_ = get(y + 0, x - 1)  # West
    nw = get(y - 1, x - 1)  # Northwest
    neighbor_states = (n_, ne, e_, se, s_, sw, w_, nw)
    return neighbor_states.count(ALIVE)


def game_logic(state: str, neighbors: int, rule: Rule = CONWAY) -> str:
    """The next state of a cell, without any I/O; `life.wire` is where a cell waits for it."""
    return rule.next_state(state, neighbors)


def step_cell(y: int, x: int, get: Get, set: Set, rule: Rule = CONWAY) -> None:  # noqa: A002  (the book's names)
    """One cell's step: read it and its neighbours through `get`, write its next state through `set`."""
    state = get(y, x)
    neighbors = count_neighbors(y, x, get)
    next_state = game_logic(state, neighbors, rule)
    set(y, x, next_state)
