"""Hundreds of random commands at random times; thousands of them are in `tests/benchmarks/bench_soak.py`."""

import pytest

from tests.gui.soaking import Soak, taken
from tests.gui.windows import opened, settings_in


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
