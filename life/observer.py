"""Who sees every generation, those too that nobody is shown: what counts and compares them all hangs on here."""

from typing import Protocol

from life.moment import Moment


class Observer(Protocol):
    """Is told where the simulation stands, on its thread, before anybody else; it holds every generation up."""

    def began(self, moment: Moment) -> None:
        """It goes on from `moment` now: at its start, and after an edit, a load, a step back or another rule."""

    def made(self, moment: Moment) -> str | None:
        """A generation was made that stands; a sentence that is returned pauses it where it plays, and is announced.

        Steps that somebody asked for are made all the same.
        """
