"""The observer of a simulation that knows what its run has come to, and how many were alive in it."""

from collections.abc import Callable
from time import monotonic

from life.knowing.period import Recogniser
from life.knowing.population import PopulationHistory
from life.knowing.verdict import Verdict
from life.moment import Moment


class Knowing:
    """A `life.observer.Observer`. Told of every generation on the simulation's thread, read by any.

    It has a run paused that comes to its end: when the board becomes empty, still or cyclic, once. What is so from the
    beginning is not paused, for who plays an oscillator or a spaceship wants to see it; nor is anything while somebody
    draws, for a few cells of what is to be a pattern die, or stay, before the rest of them is there.

    Attributes:
        population: how many were alive, by generation.
        pauses: whether a run is paused when it comes to its end.
        announcement: with which sentence it was paused last, or "".
    """

    def __init__(self, pauses: bool = True, clock: Callable[[], float] = monotonic) -> None:
        self.population = PopulationHistory()
        self.pauses = pauses
        self.announcement = ""
        self._recogniser = Recogniser()
        self._clock = clock
        self._quiet_until = clock()
        self._told: Verdict | None = None

    @property
    def verdict(self) -> Verdict | None:
        """What the run has come to, where that is known."""
        return self._recogniser.verdict

    def leave_alone(self, seconds: float) -> None:
        """Pauses nothing for so long; what is the end of a run then is told afterwards."""
        self._quiet_until = self._clock() + seconds

    def began(self, moment: Moment) -> None:
        """See `Observer`."""
        self.population.begin(moment)
        self._recogniser.begin(moment)
        if self._told != self.verdict:
            self._told = None

    def made(self, moment: Moment) -> str | None:
        """See `Observer`."""
        self.population.add(moment)
        verdict = self._recogniser.see(moment)
        if verdict is None or not verdict.is_lasting or verdict == self._told or self._clock() < self._quiet_until:
            return None
        self._told = verdict
        if verdict.began_so or not self.pauses:
            return None
        self.announcement = f"{verdict}. Press Play to go on."
        return self.announcement
