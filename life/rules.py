"""Rules of the family of Life that have a name, and what to expect of each.

The names are those of the collections of Mirek Wójtowicz (MCell), David Eppstein and the LifeWiki. In a file a rule is
written as numbers, see `life.notation`; a name is for people, so it counts only where people choose or type one.
"""

import re
from dataclasses import dataclass
from difflib import get_close_matches

from life.rule import Rule

_NEAR_ENOUGH = 0.75  # of difflib's ratio: one slip in a short name, two in a long one


@dataclass(frozen=True, slots=True)
class KnownRule:
    """A rule with a name.

    Attributes:
        name: as people write it.
        notation: canonical, as `str` of its rule.
        sentence: what one sees when it runs.
        aliases: what others call it.
    """

    name: str
    notation: str
    sentence: str
    aliases: tuple[str, ...] = ()

    @property
    def rule(self) -> Rule:
        """The rule itself."""
        births, survivals = self.notation.removeprefix("B").split("/S")
        return Rule(frozenset(map(int, births)), frozenset(map(int, survivals)))


# The best known first, then by the alphabet.
KNOWN_RULES: tuple[KnownRule, ...] = (
    KnownRule(
        "Conway's Life", "B3/S23", "The one that everybody knows, balanced between dying out and exploding.",
        ("Life", "Conway", "Game of Life", "Conway's Game of Life"),
    ),
    KnownRule("HighLife", "B36/S23", "Looks like Life, and has a small pattern that copies itself."),
    KnownRule(
        "Day & Night", "B3678/S34678", "Live and dead cells have equal rights: each pattern has its negative.",
        ("Day Night",),
    ),
    KnownRule("Seeds", "B2/S", "No cell survives a generation, and yet nearly everything explodes."),
    KnownRule(
        "Life without Death", "B3/S012345678", "Cells never die: flakes grow, and ladders run out of them.",
        ("Flakes", "Inkspot"),
    ),
    KnownRule("34 Life", "B34/S34", "Was thought to be as calm as Life, until computers showed that it explodes."),
    KnownRule("2×2", "B36/S125", "What is made of blocks of 2×2 cells stays made of such blocks."),
    KnownRule("Amoeba", "B357/S1358", "Restless lumps whose edges move wildly."),
    KnownRule("Anneal", "B4678/S35678", "The majority wins, with some doubt, and the edges smooth out.", ("Vote 4/5",)),
    KnownRule("AntiLife", "B0123478/S01234678", "Conway's Life with live and dead cells swapped."),
    KnownRule("Assimilation", "B345/S4567", "Settles into diamonds, partly filled, that stay."),
    KnownRule("Coagulations", "B378/S235678", "Grows without end, and clots as it grows."),
    KnownRule("Coral", "B3/S45678", "Grows slowly into something with the texture of coral."),
    KnownRule("Corrosion of Conformity", "B3/S124", "Burns slowly, and corrodes what it leaves."),
    KnownRule("Diamoeba", "B35678/S5678", "Large diamonds with edges that nobody can foretell."),
    KnownRule("DotLife", "B3/S023", "Life in which a lone cell stays alive."),
    KnownRule("DrighLife", "B367/S23", "Life with the births of HighLife and of DryLife."),
    KnownRule("DryLife", "B37/S23", "Life's glider works in it, its larger ships do not."),
    KnownRule("EightLife", "B3/S238", "Life in which a cell also survives among eight others."),
    KnownRule("Flock", "B3/S12", "Settles quickly into pairs of cells and oscillators of period 2."),
    KnownRule("Fredkin", "B1357/S02468", "Whatever is drawn is copied; parity decides.", ("Replicator 2",)),
    KnownRule("Gnarl", "B1/S1", "A single cell is enough for an endless lace."),
    KnownRule("H-trees", "B1/S012345678", "Cells never die: trees of branches like the letter H grow."),
    KnownRule("HoneyLife", "B38/S238", "Life in which eight neighbours let a cell be born, and survive."),
    KnownRule("Iceballs", "B25678/S5678", "Flickers, until a lump is large enough to freeze the rest.", ("Ice nine",)),
    KnownRule("InverseLife", "B0123478/S34678", "Oscillators and gliders much like Life's, live and dead swapped."),
    KnownRule("Live Free or Die", "B2/S0", "Only a cell without neighbours survives; many small ships and puffers."),
    KnownRule("Long Life", "B345/S5", "Calm, and known for oscillators of enormous periods."),
    KnownRule("LowDeath", "B368/S238", "HighLife's replicator works in it, by another way."),
    KnownRule("LowLife", "B3/S13", "Life in which a cell survives with one neighbour instead of two."),
    KnownRule("Maze", "B3/S12345", "Grows into a maze of walls and winding corridors."),
    KnownRule("Mazectric", "B3/S1234", "Grows into a maze with longer and straighter corridors."),
    KnownRule("Morley", "B368/S245", "Known for slow spaceships and oscillators of high period.", ("Move",)),
    KnownRule("Pedestrian Life", "B38/S23", "Life in which eight neighbours also let a cell be born."),
    KnownRule("Pseudo Life", "B357/S238", "Behaves like Life, though few of Life's patterns work in it."),
    KnownRule("Replicator", "B1357/S1357", "Whatever is drawn is copied, and the copies are copied again."),
    KnownRule("Serviettes", "B234/S", "No cell survives; symmetric seeds weave rugs.", ("Persian Rug",)),
    KnownRule("Stains", "B3678/S235678", "Spreads a little and then stays, as a stain does."),
    KnownRule("Vote", "B5678/S45678", "The majority of nine cells wins.", ("Majority",)),
    KnownRule("Walled Cities", "B45678/S2345", "Busy towns, each within walls that hold."),
)  # fmt: skip


def known_rule(rule: Rule) -> KnownRule | None:
    """The entry of a rule that has a name."""
    written = str(rule)
    return next((known for known in KNOWN_RULES if known.notation == written), None)


def rule_named(name: str) -> KnownRule | None:
    """The rule of that name; capitals, spaces and punctuation do not matter."""
    return _by_plain_name().get(_plain(name))


def rule_nearly_named(name: str) -> KnownRule | None:
    """The rule whose name differs by a slip or two, if there is one."""
    names = _by_plain_name()
    near = get_close_matches(_plain(name), names, n=1, cutoff=_NEAR_ENOUGH)
    return names[near[0]] if near else None


def with_name(rule: Rule) -> str:
    """The notation, and the name where the rule has one: "B36/S23, HighLife"."""
    known = known_rule(rule)
    return f"{rule}, {known.name}" if known else str(rule)


def _by_plain_name() -> dict[str, KnownRule]:
    return {_plain(name): known for known in KNOWN_RULES for name in (known.name, *known.aliases)}


def _plain(name: str) -> str:
    """A name as it is compared: "Day & Night" and "day and night" are the same."""
    return re.sub(r"[^0-9a-z]", "", name.lower().replace("×", "x").replace("&", "and"))
