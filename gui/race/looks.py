"""How each strategy is told apart in the charts: a colour that colour-blind people tell apart, and a symbol of its own.

The first eight colours are those of Okabe and Ito, some darker on a light ground and some lighter on a dark one, so
that each can be seen as a thin line. They have no more; the others are those of strategies in which no cell waits.
"""

from typing import NamedTuple

from gui.look.theme import Theme
from life.fanout import STRATEGIES


class StrategyLook(NamedTuple):
    """A colour as "#rrggbb", and the name of a symbol as pyqtgraph has it."""

    colour: str
    symbol: str


_LIGHT = ("#3b4652", "#d55e00", "#c98a00", "#8a7d00", "#b8558a", "#009e73", "#3a9bd4", "#0057a0",
          "#7d3ca8", "#7a4a1e", "#00707a", "#a01c30")  # fmt: skip
_DARK = ("#c9ced4", "#ff7f3f", "#e69f00", "#f0e442", "#e59ac4", "#26c99a", "#8fd3f7", "#4a94e0",
         "#b99be6", "#c99a6b", "#3fc6cf", "#ff8fa0")  # fmt: skip
_SYMBOLS = ("s", "t1", "d", "p", "x", "o", "star", "h", "t", "t2", "t3", "+")


def look_of_strategy(key: str, theme: Theme) -> StrategyLook:
    """The look of the strategy of that key; those beyond the twelfth begin again at the first."""
    number = [strategy.key for strategy in STRATEGIES].index(key) % len(_SYMBOLS)
    return StrategyLook((_DARK if theme.is_dark else _LIGHT)[number], _SYMBOLS[number])
