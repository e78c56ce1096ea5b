import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from gui.race.table import FiguresTable
from life.race.entry import Outcome
from tests.gui.racing import entry

ENTRIES = [
    entry("serial", 10_000, 1_000.0, Outcome.COMPUTED),
    entry("coroutines", 10_000, 0.25, cpu_seconds=0.2, threads_started=0, peak_threads=1, memory_reserved=8 << 20),
    entry("thread-per-cell", 10_000, None, Outcome.DIED),
    entry("row-batches", 10_000, 0.105, cpu_seconds=0.03, threads_started=8, peak_threads=8, memory_used=400_000),
]
SECONDS = 2


@pytest.fixture
def table(qtbot):
    made = FiguresTable("Figures of the race")
    qtbot.addWidget(made)
    made.resize(900, 300)
    made.show()
    qtbot.waitExposed(made)
    return made


def column(table, number):
    return [table.item(row, number).text() for row in range(table.rowCount())]


def test_every_figure_of_the_report_is_there_and_numbers_stand_to_the_right(table):
    table.show_entries(ENTRIES)
    assert column(table, 0) == ["One cell after another", "Coroutines, gathered", "A thread per cell", "Bands of rows"]
    assert column(table, SECONDS) == ["1,000 s", "0.25 s", "–", "0.105 s"]
    assert column(table, 4)[0].startswith("computed")
    assert table.columnCount() == 14
    sides = [bool(table.item(0, n).textAlignment() & Qt.AlignmentFlag.AlignRight) for n in range(table.columnCount())]
    assert sides == [n not in (0, 4) for n in range(14)]


def click_heading(table, number):
    header = table.horizontalHeader()
    place = header.sectionViewportPosition(number) + header.sectionSize(number) // 2
    middle = header.viewport().rect().center()
    middle.setX(place)
    QTest.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, middle)


def test_a_click_on_a_heading_sorts_by_the_number_and_what_is_not_known_comes_last(table):
    table.show_entries(ENTRIES)
    click_heading(table, SECONDS)
    assert column(table, SECONDS) == ["0.105 s", "0.25 s", "1,000 s", "–"]


def test_the_order_that_was_chosen_stays_while_results_come_in(table):
    table.show_entries(ENTRIES[:2])
    click_heading(table, SECONDS)
    table.show_entries(ENTRIES)
    assert column(table, SECONDS) == ["0.105 s", "0.25 s", "1,000 s", "–"]


def test_ctrl_c_copies_all_rows_or_the_chosen_ones_with_tabs(table):
    table.show_entries(ENTRIES)
    table.setFocus()
    QTest.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    lines = QGuiApplication.clipboard().text().splitlines()
    assert len(lines) == 5
    assert lines[0].split("\t")[6:8] == ["threads started", "peak alive"]
    table.selectRow(1)
    QTest.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    lines = QGuiApplication.clipboard().text().splitlines()
    assert [line.split("\t")[0] for line in lines] == ["strategy", "Coroutines, gathered"]


def test_fates_are_a_line_each(table):
    failed = entry(
        "thread-per-cell", 45, failures=1, reached=0, lost=1, fates=(("only stderr", 1),), caller_got="Nothing."
    )
    table.show_fates([failed, entry("coroutines", 45)])
    assert table.rowCount() == 1
    assert column(table, 5) == ["1 only stderr"]
    assert column(table, 6) == ["Nothing."]


def test_without_a_run_there_is_a_heading_and_nothing_else(table):
    table.show_entries([])
    assert table.rowCount() == 0
    assert table.as_tsv().count("\n") == 1
