import numpy as np
import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QGuiApplication
from PySide6.QtTest import QTest

from gui.look.theme import DARK, LIGHT
from gui.watch.filmstrip import frames_of, picture, table_of
from gui.watch.filmstrip_dock import EMPTY, FilmstripDock
from life.columns import ColumnPrinter
from life.experiment import Fault
from life.grid import Grid
from life.plane.box import Box
from life.plane.tile_plane import TilePlane
from tests.gui.pixels import colours
from tests.gui.watching import Watched


@pytest.fixture
def watched(qapp) -> Watched:
    return Watched()


@pytest.fixture
def dock(qtbot, watched):
    made = FilmstripDock(watched.watch)
    qtbot.addWidget(made)
    made.resize(700, 220)
    made.show()
    qtbot.waitExposed(made)
    made.grab()
    return made


def captions(dock) -> list[str]:
    return [dock.list.item(row).text() for row in range(dock.list.count())]


def shows(dock, qtbot, count: int) -> None:
    qtbot.waitUntil(lambda: dock.list.count() == count)
    dock.grab()


def click(dock, row: int) -> None:
    item = dock.list.item(row)
    dock.list.scrollToItem(item)
    place = dock.list.visualItemRect(item).center()
    QTest.mouseClick(dock.list.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)


def test_every_generation_is_a_picture_with_its_number_and_population(dock, watched, qtbot):
    watched.run(3)
    shows(dock, qtbot, 4)
    assert captions(dock) == ["0: 5 alive", "1: 5 alive", "2: 5 alive", "3: 5 alive"]
    assert dock.list.currentRow() == 3


def test_before_there_is_one_it_says_so(dock):
    assert dock.hint.text() == EMPTY
    assert dock.list.count() == 0


def test_a_click_looks_at_that_generation(dock, watched, qtbot):
    watched.run(4)
    shows(dock, qtbot, 5)
    click(dock, 2)
    assert watched.watch.record is watched.watch.records[1]
    assert dock.list.currentRow() == 2


def test_a_click_on_the_first_picture_looks_at_the_beginning(dock, watched, qtbot):
    watched.run(2)
    shows(dock, qtbot, 3)
    click(dock, 0)
    assert watched.watch.record is watched.watch.records[0]
    assert watched.watch.instant == watched.watch.records[0].trace.started


def test_the_picture_of_a_generation_that_is_looked_at_elsewhere_is_chosen(dock, watched, qtbot):
    watched.run(4)
    shows(dock, qtbot, 5)
    watched.watch.select_record(watched.watch.records[0])
    assert dock.list.currentRow() == 1


def test_arrow_keys_and_return_choose_one(dock, watched, qtbot):
    watched.run(3)
    shows(dock, qtbot, 4)
    dock.list.setFocus()
    QTest.keyClick(dock.list, Qt.Key.Key_Left)
    QTest.keyClick(dock.list, Qt.Key.Key_Return)
    assert watched.watch.record is watched.watch.records[1]


def test_the_copy_is_exactly_the_books_table(dock, watched, qtbot):
    boards = [watched.board]
    for _ in range(3):
        watched.run()
        boards.append(watched.board)
    shows(dock, qtbot, 4)
    QTest.mouseClick(dock.copy, Qt.MouseButton.LeftButton)
    columns = ColumnPrinter()
    for board in boards:
        columns.append(str(Grid.from_board(board)))
    assert QGuiApplication.clipboard().text() == str(columns)


def test_the_table_begins_with_the_number_of_the_oldest_generation_that_is_kept(watched):
    watched.run(25)
    assert len(watched.watch.records) == 20
    assert table_of(frames_of(watched.watch.records)).split()[:3] == ["5", "|", "6"]


def test_a_generation_that_was_not_made_shows_its_failed_cell_and_is_not_in_the_table(dock, watched, qtbot):
    watched.run(strategy="thread-pool", faults={(3, 4): Fault.ERROR})
    shows(dock, qtbot, 2)
    assert captions(dock) == ["0: 5 alive", "1: not made"]
    told = dock.list.item(1).data(Qt.ItemDataRole.AccessibleTextRole)
    assert told == "Generation 1: not made, 1 cell failed"
    assert table_of(frames_of(watched.watch.records)).splitlines()[0].split() == ["0"]


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_a_failed_cell_is_marked_on_the_picture(watched, theme):
    watched.run(faults={(3, 4): Fault.ERROR})
    frame = frames_of(watched.watch.records)[1]
    image = picture(frame, QSize(160, 120), 1.0, theme)
    assert QColor(theme.failed).name() in colours(image)
    unmarked = picture(frames_of(watched.watch.records)[0], QSize(160, 120), 1.0, theme)
    assert QColor(theme.failed).name() not in colours(unmarked)


def test_the_picture_has_the_cells_of_the_board(watched):
    watched.run()
    frame = frames_of(watched.watch.records)[0]
    image = picture(frame, QSize(84, 64), 1.0, LIGHT)
    pitch = 10
    top, left = (64 - 6 * pitch) // 2, (84 - 8 * pitch) // 2
    alive = [
        [image.pixelColor(left + x * pitch + 5, top + y * pitch + 5).name() == LIGHT.cell for x in range(8)]
        for y in range(6)
    ]
    assert np.array_equal(np.array(alive, np.uint8), frame.board.cells())


def test_pictures_are_made_only_while_somebody_looks(dock, watched, qtbot):
    dock.hide()
    watched.run(2)
    assert dock.list.count() == 0
    dock.show()
    shows(dock, qtbot, 3)


def test_everything_has_a_name(dock, watched, qtbot):
    watched.run()
    shows(dock, qtbot, 2)
    for widget in (dock, dock.list, dock.copy):
        assert widget.accessibleName()
    assert dock.list.item(1).data(Qt.ItemDataRole.AccessibleTextRole) == "Generation 1: 5 live cells"


# The plane, and boards that are computed as a whole


def a_glider_on_the_plane() -> TilePlane:
    return TilePlane.from_cells(np.array([-3, -2, -1, -1, -1]), np.array([-2, -1, -3, -2, -1]))


def test_on_the_plane_all_pictures_show_the_same_cells_around_all_that_lived(qapp):
    watched = Watched(plane=a_glider_on_the_plane())
    watched.run(8)
    frames = frames_of(watched.watch.records)
    assert {frame.seen for frame in frames} == {Box(-4, -4, 3, 3)}
    images = [picture(frame, QSize(120, 100), 1.0, LIGHT) for frame in (frames[0], frames[-1])]
    assert images[0] != images[1]
    rows = table_of(frames).splitlines()
    assert len(rows) == 1 + 7
    assert {len(part.strip()) for part in rows[1].split("|")} == {7}


def test_of_many_generations_at_once_only_the_last_is_a_picture(qapp):
    watched = Watched(plane=a_glider_on_the_plane())
    watched.run(2, strategy="whole-board", at_once=4)
    frames = frames_of(watched.watch.records)
    assert [frame.number for frame in frames] == [0, 4, 8]
    assert [part.strip() for part in table_of(frames).splitlines()[0].split("|")] == ["0", "4", "8"]


def test_what_is_too_large_to_be_written_as_text_says_so(qtbot):
    watched = Watched(plane=a_glider_on_the_plane().with_cells(np.array([1 << 40]), np.array([0]), alive=True))
    dock = FilmstripDock(watched.watch)
    qtbot.addWidget(dock)
    dock.show()
    watched.run(1, strategy="whole-board")
    qtbot.waitUntil(lambda: dock.list.count() == 2)
    dock.copy.click()
    assert "are too large to be written side by side" in dock.hint.text()
