"""Races of two or three boards of nine cells, and how their pages are shown, for the tests of the race's parts."""

import json
from pathlib import Path

from gui.race.choices import Choices
from gui.race.page import RacePage
from gui.race.runner import RaceRunner
from gui.race.saving import RaceSaver
from life.experiment import WireKind
from life.race.child import facts_of
from life.race.entry import Entry, Outcome
from life.race.job import Job
from life.race.race import Answer, Race
from tests.gui.fakes import FakeQuestions

TINY = Choices(strategies=("coroutines", "row-batches"), sizes=(9,), wire=WireKind.WAIT, latency=0.001, repeat=1)
SLOW = Choices(strategies=("serial",), sizes=(1, 100), wire=WireKind.WAIT, latency=0.3, repeat=1)
LONG = 30_000  # milliseconds; how long to wait for what comes as soon as it can


def entry(strategy="coroutines", cells=45, seconds: float | None = 0.12, outcome=Outcome.MEASURED, **more) -> Entry:
    return Entry(strategy, cells, outcome, seconds=seconds, ideal_seconds=0.1, **more)


class NearRace(Race):
    """A race whose runs are made in this process, which spares a test the start of several others."""

    def _answer_of(self, job: Job, limit: float) -> Answer:
        return Answer(json.loads(json.dumps(facts_of(job))))


class Shown:
    """A race page with its runner and saver, as its own window."""

    def __init__(self, qtbot, choices: Choices = TINY, path: Path | None = None) -> None:
        self.questions = FakeQuestions(path=path)
        self.runner = RaceRunner()
        self.saver = RaceSaver(self.questions, lambda: "")
        self.page = RacePage(self.runner, self.saver, choices)
        qtbot.addWidget(self.page)
        self.page.resize(1000, 700)
        self.page.show()
        qtbot.waitExposed(self.page)
        self.page.activateWindow()
        qtbot.waitUntil(self.page.isActiveWindow)
        self.page.grab()

    def finish(self, qtbot) -> None:
        qtbot.waitUntil(lambda: not self.runner.is_running, timeout=LONG)
