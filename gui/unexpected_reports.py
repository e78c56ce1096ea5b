"""What went wrong unexpectedly, as plain data, and how often: ten thousand times the same is one report.

A `paintEvent` that raises does so at every repaint, and a worker's defect in each of thousands of threads. Somebody
who is to read that needs each thing once, with a count.
"""

from collections.abc import Iterator
from typing import NamedTuple

SECONDS_BETWEEN_REPEATS = 1.0
MOST_KINDS = 200


class Event(NamedTuple):
    """One thing that went wrong once.

    Attributes:
        key: the same for everything that is taken for the same thing.
        thread: name of the thread in which it happened.
        summary: one line, as the last one of a traceback.
        details: the whole text, with the traceback where there is one.
        to_user: whether the user is to hear of it; otherwise it is for the log alone.
    """

    key: str
    thread: str
    summary: str
    details: str
    to_user: bool = True


class Report:
    """One thing that went wrong, `count` times so far; `event` is the first of them."""

    def __init__(self, event: Event, count: int = 1) -> None:
        self.event = event
        self.count = count

    def __str__(self) -> str:
        times = "" if self.count == 1 else f" ({self.count:,} times)"
        return f"{self.event.summary}{times}\nin thread {self.event.thread}\n\n{self.event.details}".rstrip()


class _Tally:
    def __init__(self, report: Report) -> None:
        self.report = report
        self.told = 0
        self.told_at = 0.0


class Reports:
    """Counts events by their key and says which reports are due; not for use by several threads."""

    def __init__(self) -> None:
        self._tallies: dict[str, _Tally] = {}

    def add(self, event: Event) -> None:
        """Counts one more. After `MOST_KINDS` different keys, new ones are counted together."""
        key = event.key
        if key not in self._tallies and len(self._tallies) >= MOST_KINDS:
            key = f"others, {event.to_user}"  # those for the log alone must not hide those for the user
        tally = self._tallies.get(key)
        if tally is None:
            self._tallies[key] = _Tally(Report(event))
        else:
            tally.report = Report(tally.report.event, tally.report.count + 1)

    def due(self, now: float, everything: bool = False) -> Iterator[Report]:
        """The reports to be passed on: new ones at once, changed counts at most once a second.

        Args:
            now: seconds, of any clock that only goes forward.
            everything: also those whose second is not over yet.
        """
        for tally in self._tallies.values():
            if tally.report.count == tally.told:
                continue
            if everything or not tally.told or now - tally.told_at >= SECONDS_BETWEEN_REPEATS:
                tally.told, tally.told_at = tally.report.count, now
                yield tally.report
