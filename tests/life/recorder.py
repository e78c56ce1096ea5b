"""A listener for tests, which wait for facts and never for a time."""

import threading
from collections.abc import Callable

from life.facts import FailureReport, Result, State
from life.trace.columns import Trace

SECONDS = 20


class Recorder:
    """A listener that keeps all facts and lets a test wait for one."""

    def __init__(self) -> None:
        self.changed = threading.Condition()
        self.facts: list[object] = []
        self.threads: set[str] = set()

    def generation_started(self, trace: Trace) -> None:
        self._keep(trace)

    def generation_finished(self, result: Result) -> None:
        self._keep(result)

    def failed(self, report: FailureReport) -> None:
        self._keep(report)

    def state_changed(self, state: State) -> None:
        self._keep(state)

    def _keep(self, fact: object) -> None:
        with self.changed:
            self.threads.add(threading.current_thread().name)
            self.facts.append(fact)
            self.changed.notify_all()

    def of(self, kind: type) -> list:
        with self.changed:
            return [fact for fact in self.facts if isinstance(fact, kind)]

    def wait(self, kind: type, holds: Callable = lambda _: True, after: int = 0):
        """The first fact of that kind, from index `after` on, for which `holds`."""

        def found() -> list:
            return [fact for fact in self.facts[after:] if isinstance(fact, kind) and holds(fact)]

        with self.changed:
            assert self.changed.wait_for(found, SECONDS), f"no such {kind.__name__} in {self.facts}"
            return found()[0]

    @property
    def count(self) -> int:
        with self.changed:
            return len(self.facts)
