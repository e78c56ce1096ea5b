"""Hundreds of random commands at random times; thousands of them are in `tests/benchmarks/bench_soak.py`."""

import pytest

from gui.workspaces import Workspace
from tests.gui.racing import SLOW
from tests.gui.soaking import Soak, taken, until
from tests.gui.soaking_windows import SoakOfWindows
from tests.gui.windows import opened, settings_in
from tests.life.child_processes import children


@pytest.fixture
def window(qtbot, tmp_path):
    yield from opened(qtbot, settings_in(tmp_path))


@pytest.mark.parametrize("seed", [1, 2])
def test_whatever_is_done_in_whatever_order_no_edit_is_lost_and_no_board_is_stale(
    window, tmp_path, seed, python_prints_thread_errors
):
    soak = Soak(window, seed, tmp_path)
    soak.perform(150)
    assert soak.checked > 10
    assert window.session.close(10.0)


def test_races_files_and_windows_come_and_go_in_whatever_order(
    opened_on, questions, tmp_path, python_prints_thread_errors
):
    soak = SoakOfWindows(opened_on, questions, 4, tmp_path)
    soak.perform(60)
    soak.session.set_rate(7.0)
    soak.leave_race()
    soak.window.workspaces.show(Workspace.RACE)
    soak.window.race.runner.cancel()
    until(lambda: not soak.window.race.runner.is_running)
    soak.window.race.page.ask_for_guesses(SLOW)
    soak.window.race.page.skip()
    until(lambda: bool(children()))
    soak.close()
    assert soak.closed > 1
    assert soak.session.close(10.0)


def test_what_it_takes_does_not_grow_with_what_is_done(window, tmp_path, python_prints_thread_errors):
    soak = Soak(window, 3, tmp_path)
    soak.perform(60)
    before = taken()
    soak.perform(120)
    after = taken()
    assert after["threads"] <= before["threads"] + 4  # a pool may be open
    assert after["children"] <= before["children"] + 1  # a rule service may be
    assert after["files"] <= before["files"] + 60
    assert after["memory"] <= before["memory"] + 60
