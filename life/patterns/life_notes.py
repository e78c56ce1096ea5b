"""The lines that begin with `#` in a Life 1.05 or 1.06 file, apart from `#P`: the rule, and what people wrote."""

from dataclasses import dataclass, field

from life.errors import PatternError, RuleError
from life.notation import Notation, parse_rule
from life.patterns.coordinates import from_corner, in_order
from life.patterns.pattern import Coordinates, Pattern


@dataclass(slots=True)
class Notes:
    """What has been read so far; see `life.patterns.pattern.Pattern`."""

    source: str
    name: str = ""
    author: str = ""
    comments: list[str] = field(default_factory=list)
    notation: Notation = field(default_factory=Notation)

    def read(self, line: str, number: int) -> None:
        """Reads one line, which begins with `#` but for white space; `number` is its number in the file.

        `#N` says that the rule is Conway's and `#R` gives another, survivals first; the last of them counts. Later
        programs also write a name behind `#N` and an author behind `#O`.

        Raises:
            PatternError: the rule is none, or one that is not supported.
        """
        note = line.strip()
        kind, value = note[:2], note[2:].strip()
        if note[2:3].strip():
            self.comments.append(note)
        elif kind == "#N":
            self.notation = Notation()
            self.name = self.name or value
        elif kind == "#R" and value:
            self.notation = self._rule(value, number, line.index(value, line.index("#") + 2) + 1)
        elif kind == "#O" and value and not self.author:
            self.author = value
        else:
            self.comments.append(note)

    def pattern_of(self, ys: Coordinates, xs: Coordinates) -> Pattern:
        """The cells (ys[i], xs[i]), in any order and anywhere on the plane, with what the notes say of them.

        Raises:
            PatternError: they are too far apart for one pattern.
        """
        ys, xs = in_order(ys, xs)
        (ys, top), (xs, left) = from_corner(ys, self.source), from_corner(xs, self.source)
        height, width = (int(ys[-1]) + 1, int(xs.max()) + 1) if len(ys) else (0, 0)
        return Pattern(
            ys,
            xs,
            height,
            width,
            self.name,
            self.author,
            tuple(self.comments),
            notation=self.notation,
            position=(top, left) if len(ys) else None,
        )

    def _rule(self, value: str, number: int, column: int) -> Notation:
        try:
            return parse_rule(value)
        except RuleError as error:
            raise PatternError(str(error), self.source, number, column) from error
