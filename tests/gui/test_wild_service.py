"""A rule service that misbehaves, in a window: it says so, stays usable, and the next generation is right."""

import threading

import pytest

from life.board import Board
from life.errors import Fate
from life.experiment import Experiment, WireKind
from life.facts import FailureReport, Mode
from life.rule import CONWAY
from life.topology import TORUS
from tests.gui.windows import LONG
from tests.life import hostile_service as wild
from tests.life.child_processes import children
from tests.life.hostile_service import HostileService
from tests.life.plain import next_board

SOUP = Board.from_live(12, 16, [(y, x) for y in range(12) for x in range(16) if (y * 7 + x * 11) % 5 < 2])
BANDS = Experiment(strategy="row-batches", wire=WireKind.NONE)
KEYS = ["thread-per-cell", "coroutines"]


def load(window, experiment: Experiment) -> None:
    window.session.load(SOUP, CONWAY, TORUS)
    window.session.configure(experiment)


def asking(key: str, service: HostileService | None = None, time_limit: float = 0.2, latency: float = 0.0):
    address = service.address if service else None
    return Experiment(strategy=key, wire=WireKind.SERVICE, latency=latency, time_limit=time_limit, address=address)


def next_is_right(window, qtbot) -> bool:
    """The next generation with another wire and another strategy, from the board that was loaded."""
    load(window, BANDS)
    with qtbot.waitSignal(window.session.generation_finished, timeout=LONG):
        window.session.step()
    return window.view.board == next_board(SOUP, CONWAY, TORUS)


def nothing_is_left(qtbot, before: set[threading.Thread]) -> bool:
    """Of the service's doing; a strategy that is open has its workers."""
    own = ("row", "band", "cells", "worker", "ThreadPool", "Dummy")

    def gone() -> bool:
        left = [t for t in set(threading.enumerate()) - before if t.is_alive() and not t.name.startswith(own)]
        return not left and not children()

    qtbot.waitUntil(gone, timeout=LONG)
    return True


SAYS = {
    wild.floods: "NonsenseError: the service answered",
    wild.babbles: "NonsenseError: the service answered",
    wild.says_half_and_leaves: "ConnectionResetError: the service cut the connection before it answered",
    wild.speaks_too_slowly: "TimeoutError: no answer from the service within 0.2 seconds",
    wild.is_gone: "ConnectionRefusedError: no rule service listens at 127.0.0.1:",
}


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize("behaves", SAYS, ids=lambda behaves: behaves.__name__)
@pytest.mark.usefixtures("python_prints_thread_errors")
def test_what_the_service_did_is_one_dialog_and_the_window_goes_on(window, qtbot, key, behaves):
    before = set(threading.enumerate())
    reports: list[FailureReport] = []
    window.session.failed.connect(reports.append)
    with HostileService(behaves) as service:
        load(window, asking(key, service, time_limit=0.2 if behaves is wild.speaks_too_slowly else 20.0))
        window.session.play()
        qtbot.waitUntil(lambda: bool(reports), timeout=LONG)
        qtbot.waitUntil(lambda: window.session.mode in (Mode.HELD, Mode.PAUSED), timeout=LONG)
        (report,) = reports
        assert all(SAYS[behaves] in failure.exception for failure in report.failures)
        if key == "thread-per-cell":
            assert {failure.fate for failure in report.failures} == {Fate.STDERR}
        dialog = window.failures.dialog
        assert dialog.isVisible()
        assert dialog.table.rowCount() == len(report.failures)
        dialog.close()
        assert next_is_right(window, qtbot)
        assert all(sent < wild.MOST_SENT for sent in service.floods)
    assert nothing_is_left(qtbot, before)


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize("behaves", [wild.hangs, wild.says_half_and_no_more], ids=lambda behaves: behaves.__name__)
def test_stop_ends_it_while_the_service_says_nothing(window, qtbot, key, behaves):
    before = set(threading.enumerate())
    with HostileService(behaves) as service:
        load(window, asking(key, service, time_limit=60.0))
        window.session.play()
        qtbot.waitUntil(service.asked.is_set, timeout=LONG)
        window.actions_by_id["stop"].trigger()
        qtbot.waitUntil(lambda: window.session.mode is Mode.PAUSED and not window.session.is_running, timeout=LONG)
        assert window.session.board == SOUP
        assert next_is_right(window, qtbot)
    assert nothing_is_left(qtbot, before)


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.usefixtures("python_prints_thread_errors")
def test_a_service_that_is_killed_under_its_cells_is_told_and_started_again(window, qtbot, key):
    reports: list[FailureReport] = []
    window.session.failed.connect(reports.append)
    load(window, asking(key, latency=60.0))
    window.session.step()
    window.session.accept_limit()
    qtbot.waitUntil(lambda: bool(children()) and window.watch.live is not None, timeout=LONG)
    (service,) = children()
    qtbot.waitUntil(lambda: bool(service.net_connections("tcp")[1:]), timeout=LONG)
    service.kill()
    qtbot.waitUntil(lambda: bool(reports), timeout=LONG)
    said = {failure.exception for failure in reports[0].failures}
    assert all("cut the connection" in each or "no rule service listens" in each for each in said), said
    window.failures.dialog.close()
    load(window, asking(key))
    with qtbot.waitSignal(window.session.generation_finished, timeout=LONG):
        window.session.step()
    assert window.view.board == next_board(SOUP, CONWAY, TORUS)
    assert len(children()) == 1


def test_where_there_is_no_service_at_all_the_window_says_where_it_looked(window, qtbot):
    with HostileService(wild.hangs) as service:
        where = "{}:{}".format(*service.address)
    load(window, asking("coroutines", service))
    window.session.play()
    qtbot.waitUntil(lambda: bool(window.message.text), timeout=LONG)
    assert window.message.text.startswith(f"No generation can be run: No rule service could be reached at {where} (")
    assert window.session.mode is Mode.PAUSED
    assert next_is_right(window, qtbot)
