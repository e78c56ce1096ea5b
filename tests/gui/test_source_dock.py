import inspect
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from gui.look.theme import apply_theme
from gui.watch import source_dock
from gui.watch.source_dock import SourceDock
from gui.watch.source_text import COLLECTING, HANDING_OUT, Source, place_of_caller, source_of
from life.fanout import FAN_OUTS, STRATEGIES, strategy_class
from tests.gui.watching import Watched

KEYS = [strategy.key for strategy in STRATEGIES]


@pytest.fixture
def watched(qapp) -> Watched:
    return Watched()


@pytest.fixture
def dock(qtbot, watched):
    made = SourceDock(watched.watch, "thread-per-cell")
    qtbot.addWidget(made)
    made.resize(520, 260)
    made.show()
    qtbot.waitExposed(made)
    made.grab()
    return made


def line(dock, number: int) -> str:
    return dock.code.document().findBlockByNumber(number).text()


@pytest.mark.parametrize("key", KEYS)
def test_it_shows_the_very_file_that_runs(dock, key):
    dock.show_strategy(key)
    file = Path(inspect.getsourcefile(strategy_class(key)))
    assert dock.code.toPlainText() == file.read_text(encoding="utf-8")
    assert dock.file.text() == f"life/fanout/{file.name}"


@pytest.mark.parametrize("key", KEYS)
def test_every_strategy_has_a_line_for_handing_out_and_one_for_collecting(key):
    places = source_of(strategy_class(key)).places
    assert places[HANDING_OUT]
    assert places[COLLECTING]


@pytest.mark.parametrize("key", [strategy.key for strategy in FAN_OUTS])
def test_while_scrubbing_the_line_where_the_caller_stands_is_marked(dock, watched, key):
    trace = watched.run(strategy=key).trace
    assert dock.code.marked == ()
    places = set()
    for permille in range(0, 1000, 5):
        instant = trace.started + (trace.finished - trace.started) * permille // 1000
        watched.watch.move_to(instant)
        place = place_of_caller(trace, instant)
        places.add(place)
        assert dock.code.marked == source_of(strategy_class(key)).places[place]
    assert places <= {HANDING_OUT, COLLECTING}
    watched.watch.move_to(None)
    assert dock.code.marked == ()


def test_it_is_fan_out_until_the_last_cell_is_handed_out_and_fan_in_from_then_on(dock, watched):
    trace = watched.run(latency=0.05).trace
    last = max(trace.handed)
    watched.watch.move_to(last - 1)
    assert [line(dock, n).strip() for n in dock.code.marked] == ["thread.start()  # Fan out"]
    assert dock.file.text() == "life/fanout/thread_per_cell.py: the caller is at its fan-out"
    watched.watch.move_to(last + 1)
    assert [line(dock, n).strip() for n in dock.code.marked] == ["thread.join()  # Fan in"]
    assert dock.file.text() == "life/fanout/thread_per_cell.py: the caller is at its fan-in"


def test_the_marked_line_is_brought_into_sight(dock, watched):
    trace = watched.run(latency=0.05).trace
    watched.watch.move_to(max(trace.handed) + 1)
    dock.grab()
    seen = [number for number, place in dock.code.numbered_lines() if place.bottom() <= dock.code.viewport().height()]
    assert dock.code.marked[0] in seen


def test_without_a_recording_nothing_is_marked(dock, watched):
    trace = watched.run(is_recorded=False).trace
    watched.watch.move_to((trace.started + trace.finished) // 2)
    assert dock.code.marked == ()


def test_the_generation_that_is_looked_at_decides_and_then_what_is_chosen(dock, watched):
    first = watched.run(strategy="serial")
    watched.run(strategy="coroutines")
    assert "coroutines.py" in dock.file.text()
    watched.watch.select_record(first)
    assert "serial.py" in dock.file.text()
    dock.show_strategy("thread-pool")
    assert "thread_pool.py" in dock.file.text()


def test_source_that_is_not_there_is_said(dock, monkeypatch):
    def gone(_strategy):
        raise OSError("no sources were packed")

    monkeypatch.setattr(source_dock, "source_of", gone)
    dock.show_strategy("serial")
    assert dock.file.text() == "The source cannot be shown: no sources were packed."
    assert dock.code.toPlainText() == ""


def test_source_in_which_no_line_is_marked_is_shown_all_the_same(dock, monkeypatch):
    unmarked = Source(Path("mine.py"), "hand_out(step.cell)\n", {HANDING_OUT: (), COLLECTING: ()})
    monkeypatch.setattr(source_dock, "source_of", lambda _strategy: unmarked)
    dock.show_strategy("serial")
    assert dock.code.toPlainText() == unmarked.text


def colours(dock, number: int) -> dict[str, str]:
    """The colours of the words of a line."""
    block = dock.code.document().findBlockByNumber(number)
    text = block.text()
    ranges = block.layout().formats()
    return {text[r.start : r.start + r.length]: r.format.foreground().color().name() for r in ranges}


def test_words_are_coloured_and_follow_light_and_dark(qapp, dock):
    dock.show_strategy("thread-per-cell")
    where = next(n for n in range(dock.code.blockCount()) if "for thread in" in line(dock, n))
    keeper = apply_theme(qapp, Qt.ColorScheme.Light)
    light = colours(dock, where)
    keeper.follow(Qt.ColorScheme.Dark)
    dark = colours(dock, where)
    keeper.follow(Qt.ColorScheme.Unknown)
    assert set(light) == set(dark) == {"for", "in"}
    assert light["for"] == light["in"] != dark["for"]


def test_it_can_be_copied_and_not_changed_and_has_names(dock):
    before = dock.code.toPlainText()
    dock.code.setFocus()
    QTest.keyClicks(dock.code, "typed")
    assert dock.code.toPlainText() == before
    QTest.keyClick(dock.code, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(dock.code, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == before
    assert dock.accessibleName()
    assert dock.code.accessibleName()
