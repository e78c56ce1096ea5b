"""The library's panel on its own, used as people use it: with the mouse and with keys."""

import os
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from gui.editing.clipboard import PATTERN_MIME, pattern_in
from gui.library import words
from gui.library.delegate import PICTURE
from gui.library.dock import START_GROUP, LibraryDock
from gui.library.drag import mime_data
from gui.library.thumbnail import shades_of, thumbnail
from gui.look.theme import DARK, LIGHT, apply_theme
from life.patterns.library import GROUPS, START, Library
from life.patterns.pattern import from_plane
from life.patterns.rle import read_rle
from life.plane.tile_plane import TilePlane
from life.rule import CONWAY

SHIPPED = Path(__file__).parents[2] / "assets" / "patterns"
NO_KEY = Qt.KeyboardModifier.NoModifier
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def own(tmp_path) -> Path:
    return tmp_path / "mine"


@pytest.fixture
def dock(qtbot, own):
    made = LibraryDock(Library(SHIPPED, own))
    qtbot.addWidget(made)
    made.resize(290, 700)
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    made.grab()
    return made


def rows(dock) -> list[str]:
    """The names that are to be seen, headings in capitals."""
    model, seen = dock.tree.model(), []
    for row in range(model.rowCount()):
        heading = model.index(row, 0)
        seen.append(heading.data().upper())
        if dock.tree.isExpanded(heading):
            seen += [model.index(child, 0, heading).data() for child in range(model.rowCount(heading))]
    return seen


def place(dock, name: str) -> QPoint:
    """The middle of the first row of that name, scrolled to."""
    model = dock.tree.model()
    (index, *_) = model.match(model.index(0, 0), Qt.ItemDataRole.DisplayRole, name, 1, _EXACT)
    dock.tree.scrollTo(index)
    return dock.tree.visualRect(index).center()


_EXACT = Qt.MatchFlag.MatchExactly | Qt.MatchFlag.MatchRecursive | Qt.MatchFlag.MatchCaseSensitive


def click(dock, name: str) -> None:
    QTest.mouseClick(dock.tree.viewport(), LEFT, NO_KEY, place(dock, name))


def press(key: Qt.Key) -> None:
    QTest.keyClick(QApplication.focusWidget(), key)


def search(dock, text: str) -> None:
    dock.search.setFocus()
    dock.search.selectAll()
    QTest.keyClicks(dock.search, text)


# The list.


def test_a_newcomer_sees_a_few_patterns_to_begin_with_and_the_headings_of_all(dock):
    seen = rows(dock)
    assert seen[0] == START_GROUP.upper()
    assert seen[1 : 1 + len(START)] == [
        "Gosper glider gun", "Glider", "Pulsar", "R-pentomino", "Kok's galaxy", "HighLife replicator",
    ]  # fmt: skip
    assert seen[1 + len(START) :] == [group.upper() for group in GROUPS]


def test_the_first_pattern_is_chosen_and_described(dock):
    assert dock.current.name == "Gosper glider gun"
    assert "Bill Gosper, 1970" in dock.details.text
    assert "9 × 36, 36 live cells" in dock.details.text
    assert "every 30 generations" in dock.details.text


def test_a_click_on_a_heading_opens_and_closes_it(dock):
    click(dock, "Methuselahs")
    assert "Acorn" in rows(dock)
    click(dock, "Methuselahs")
    assert "Acorn" not in rows(dock)


def test_a_double_click_on_a_heading_is_no_more_than_one_click(dock, qtbot):
    opened = []
    dock.open_wanted.connect(opened.append)
    where = place(dock, "Methuselahs")
    QTest.mouseClick(dock.tree.viewport(), LEFT, NO_KEY, where)
    QTest.mouseDClick(dock.tree.viewport(), LEFT, NO_KEY, where)
    assert "Acorn" in rows(dock)
    assert opened == []


def test_the_list_is_walked_and_opened_by_keys(dock):
    opened = []
    dock.open_wanted.connect(opened.append)
    dock.tree.setFocus()
    for _ in range(len(START)):
        press(Qt.Key.Key_Down)
    assert dock.current is None  # the heading of the guns
    assert not dock.details.open.isEnabled()
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_Down)
    assert dock.current.name == "10-cell infinite growth"
    press(Qt.Key.Key_Return)
    assert [entry.name for entry in opened] == ["10-cell infinite growth"]
    press(Qt.Key.Key_Left)
    press(Qt.Key.Key_Left)
    assert "10-cell infinite growth" not in rows(dock)


def test_letters_find_a_name_in_the_list(dock):
    dock.tree.setFocus()
    QTest.keyClicks(dock.tree, "puls")
    assert dock.current.name == "Pulsar"


def test_a_click_describes_and_a_double_click_opens(dock):
    opened = []
    dock.open_wanted.connect(opened.append)
    click(dock, "Pulsar")
    assert "period 3" in dock.details.text
    assert opened == []
    QTest.mouseDClick(dock.tree.viewport(), LEFT, NO_KEY, place(dock, "Pulsar"))
    assert [entry.name for entry in opened] == ["Pulsar"]


def test_the_buttons_open_and_place_what_is_chosen(dock):
    opened, placed = [], []
    dock.open_wanted.connect(opened.append)
    dock.place_wanted.connect(placed.append)
    click(dock, "Glider")
    QTest.mouseClick(dock.details.open, LEFT)
    QTest.mouseClick(dock.details.place, LEFT)
    assert [entry.name for entry in (*opened, *placed)] == ["Glider", "Glider"]


def test_a_pattern_of_another_rule_says_so(dock):
    click(dock, "HighLife replicator")
    assert "Rule B36/S23, HighLife" in dock.details.text
    assert words.second_line(dock.current).startswith("HighLife · Nathan Thompson, 1994")


def test_pulling_a_pattern_out_of_the_list_carries_it_away(dock):
    carried = []
    dock.drag_wanted.connect(carried.append)
    start, view = place(dock, "Pulsar"), dock.tree.viewport()
    QTest.mousePress(view, LEFT, NO_KEY, start)
    for step in range(1, 6):
        QTest.mouseMove(view, start + QPoint(12 * step, 3 * step))
    QTest.mouseRelease(view, LEFT, NO_KEY, start + QPoint(60, 15))
    assert [entry.name for entry in carried] == ["Pulsar"]


def test_a_heading_is_not_carried_away(dock):
    carried = []
    dock.drag_wanted.connect(carried.append)
    start, view = place(dock, "Oscillators"), dock.tree.viewport()
    QTest.mousePress(view, LEFT, NO_KEY, start)
    for step in range(1, 6):
        QTest.mouseMove(view, start + QPoint(12 * step, 0))
    QTest.mouseRelease(view, LEFT, NO_KEY, start)
    assert carried == []


def test_what_is_carried_is_understood_by_the_board_and_by_every_program_that_takes_text():
    pattern = read_rle("x = 3, y = 3, rule = B36/S23\nbo$2bo$3o!")
    data = mime_data(pattern)
    assert data.hasFormat(PATTERN_MIME)
    assert data.text() == "x = 3, y = 3, rule = B36/S23\nbo$2bo$3o!\n"
    again = pattern_in(data)
    assert np.array_equal(again.ys, pattern.ys)
    assert again.notation == pattern.notation


def test_the_menu_of_a_pattern_opens_and_places_it_and_takes_more_actions(dock, qtbot):
    opened, placed = [], []
    dock.open_wanted.connect(opened.append)
    dock.place_wanted.connect(placed.append)
    dock.menu_about_to_open.connect(lambda menu: menu.addAction("More"))
    where = place(dock, "Pulsar")
    QTest.mouseClick(dock.tree.viewport(), LEFT, NO_KEY, where)
    dock.tree.customContextMenuRequested.emit(where)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    texts = [action.text() for action in menu.actions()]
    assert texts == ["Open", "Place on the board", "More"]
    menu.actions()[0].trigger()
    menu.actions()[1].trigger()
    menu.close()
    assert [entry.name for entry in (*opened, *placed)] == ["Pulsar", "Pulsar"]


# Searching.


def test_typing_shows_what_has_the_words_and_chooses_the_best(dock):
    search(dock, "glider gun")
    seen = rows(dock)
    assert seen[:3] == ["GUNS AND PUFFERS", "Gosper glider gun", "Simkin glider gun"]
    assert START_GROUP.upper() not in seen
    assert dock.current.name == "Gosper glider gun"


def test_enter_in_the_field_opens_the_best(dock):
    opened = []
    dock.open_wanted.connect(opened.append)
    search(dock, "pulsar")
    press(Qt.Key.Key_Return)
    assert [entry.name for entry in opened] == ["Pulsar"]


def test_down_goes_from_the_field_to_the_list(dock):
    search(dock, "gun")
    press(Qt.Key.Key_Down)
    assert dock.tree.hasFocus()
    press(Qt.Key.Key_Down)
    assert dock.current.name == "New gun"


def test_escape_empties_the_field_and_the_groups_are_as_they_were_left(dock):
    click(dock, "Still lifes")
    before = rows(dock)
    search(dock, "gun")
    press(Qt.Key.Key_Escape)
    assert dock.search.text() == ""
    assert rows(dock) == before


def test_where_nothing_is_found_a_sentence_says_what_to_try(dock):
    search(dock, "zzyzx")
    assert "“zzyzx”" in dock.told
    assert "Try fewer letters" in dock.told
    assert not dock.tree.isVisible()
    assert dock.current is None
    assert not dock.details.open.isEnabled()
    dock.search.clear()
    assert dock.told == ""
    assert dock.tree.isVisible()


def test_opening_with_nothing_chosen_does_nothing(dock):
    opened = []
    dock.open_wanted.connect(opened.append)
    search(dock, "zzyzx")
    press(Qt.Key.Key_Return)
    assert opened == []


# The user's own.


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def test_the_users_own_stand_below_and_a_broken_one_says_why(dock, own):
    write(own / "good.rle", "x = 2, y = 2\n2o$2o!")
    write(own / "broken.rle", "<html>")
    dock.reload()
    assert rows(dock)[-3:] == ["MY PATTERNS", "broken", "good"]
    click(dock, "broken")
    assert "This file was not read: this is a web page" in dock.details.text
    dock.grab()


def test_what_changes_while_nobody_looks_is_there_when_somebody_does(dock, own):
    dock.hide()
    write(own / "new.rle", "x = 2, y = 2\n2o$2o!")
    dock.reload()
    assert "new" not in rows(dock)
    dock.show()
    assert rows(dock)[-1] == "new"


def test_a_file_that_changed_in_its_cells_only_has_another_picture(dock, own):
    write(own / "same.rle", "x = 3, y = 3\nobo$2o!")
    dock.reload()
    click(dock, "same")
    before = dock.details.grab().toImage()
    write(own / "same.rle", "x = 3, y = 3\n2o$obo!")
    os.utime(own / "same.rle", ns=(1, 1))
    dock.reload()
    click(dock, "same")
    assert dock.details.grab().toImage() != before


def test_reading_again_keeps_what_is_chosen_and_what_is_open(dock, own):
    click(dock, "Spaceships")
    click(dock, "Weekender")
    write(own / "new.rle", "x = 2, y = 2\n2o$2o!")
    dock.reload()
    assert dock.current.name == "Weekender"


def test_what_a_file_says_is_shown_as_it_is_written(dock, own):
    write(own / "odd.rle", "#N <h1>Odd</h1>\n#C <b>bold</b> & more\nx = 2, y = 2\n2o$2o!")
    dock.reload()
    click(dock, "<h1>Odd</h1>")
    assert "<h1>Odd</h1>" in dock.details.text
    assert "<b>bold</b> & more" in dock.details.text
    assert dock.tree.currentIndex().data(Qt.ItemDataRole.ToolTipRole) == "<p>&lt;b&gt;bold&lt;/b&gt; &amp; more</p>"


def test_a_long_description_leaves_the_list_its_room(dock, own):
    write(own / "long.rle", f"#C {'word ' * 400}end.\nx = 2, y = 2\n2o$2o!")
    dock.reload()
    before = dock.tree.height()
    click(dock, "long")
    dock.grab()
    assert dock.tree.height() == before
    assert dock.details.text.endswith("word…")
    assert dock.current.comment.endswith("end.")


# For those who cannot see it.


def test_everything_has_a_name_for_a_screen_reader(dock):
    assert dock.tree.accessibleName() == "Patterns"
    assert dock.search.accessibleName() == "Search the patterns"
    assert dock.more.accessibleName()
    index = dock.tree.currentIndex()
    spoken = index.data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken.startswith("Gosper glider gun, Bill Gosper, 1970. 9 × 36, 36 live cells. The first gun")
    heading = index.parent().data(Qt.ItemDataRole.AccessibleTextRole)
    assert heading == "Start here, 6 patterns"
    assert QAccessible.queryAccessibleInterface(dock.tree).text(QAccessible.Text.Name) == "Patterns"


# The pictures.


def colours(image: QImage) -> set[str]:
    """Those in the middle, where no rounded corner is."""
    edge = image.width() // 8
    inner = range(edge, image.width() - edge)
    return {QColor(image.pixel(x, y)).name() for y in inner for x in inner}


@pytest.mark.parametrize("ratio", [1.0, 1.25, 1.5, 2.0, 3.0])
@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_a_picture_is_crisp_at_every_scale_of_the_screen(qapp, ratio, theme):
    pattern = read_rle("x = 3, y = 3\nbo$2bo$3o!")
    image = thumbnail(pattern, PICTURE, ratio, theme)
    assert (image.width(), image.height()) == (round(PICTURE * ratio),) * 2
    assert image.devicePixelRatio() == ratio
    assert colours(image) == {theme.board, theme.cell}


@pytest.mark.parametrize(("name", "cells"), [("block", 4), ("glider", 5), ("pulsar", 48), ("max", 187)])
def test_every_cell_of_a_pattern_that_has_room_is_a_square_of_the_same_size(name, cells):
    (entry,) = [entry for entry in Library(SHIPPED, Path("nowhere")).entries() if entry.path.stem == name]
    shades = shades_of(entry.read(), 36, 3)
    scale = shades.shape[0] // entry.height
    assert shades.shape == (entry.height * scale, entry.width * scale)
    assert int((shades == 255).sum()) == cells * scale**2


@pytest.mark.parametrize("far", [37, 1_000, 10**12])
def test_a_pattern_larger_than_its_picture_keeps_its_shape_and_loses_no_lonely_cell(far):
    pattern = read_rle(f"x = 1, y = 1\no{far - 2}bo{(far - 1) // 2}$o!")
    shades = shades_of(pattern, 36, 7)
    assert shades.shape[1] == 36
    assert 17 <= shades.shape[0] <= 19
    assert (shades > 100).sum() == 3 * 2**2


def test_a_pattern_of_a_plane_looks_as_the_same_pattern_from_a_list():
    pattern = read_rle("x = 3, y = 3\nbo$2bo$3o!")
    plane = TilePlane.from_cells(pattern.ys + 10**15, pattern.xs)
    assert np.array_equal(shades_of(from_plane(plane, CONWAY), 36, 7), shades_of(pattern, 36, 7))


@pytest.mark.parametrize("far", [37, 1_000, 10**12, 10**18])
def test_a_plane_larger_than_its_picture_keeps_its_shape_and_loses_no_lonely_cell(far):
    cells = np.array([0, far - 1, far // 2, 0]), np.array([0, 0, far // 3, far - 1])
    shades = shades_of(from_plane(TilePlane.from_cells(*cells), CONWAY), 36, 7)
    height, width = shades.shape
    assert 18 <= height == width <= 38
    assert [shades[y, x] > 0 for y, x in ((0, 0), (-1, 0), (0, -1))] == [True] * 3
    assert shades[height // 2 - 3 : height // 2 + 3, width // 3 - 3 : width // 3 + 3].any()
    assert (shades > 0).sum() == 4 * 2**2


def test_an_empty_pattern_is_an_empty_board(qapp):
    assert shades_of(read_rle("x = 0, y = 0\n!"), 36, 7).shape == (0, 0)
    assert colours(thumbnail(read_rle("x = 0, y = 0\n!"), PICTURE, 1.0, LIGHT)) == {LIGHT.board}


def test_pictures_change_with_the_theme(dock, qapp):
    keeper = apply_theme(qapp, Qt.ColorScheme.Light)
    light = dock.tree.viewport().grab().toImage()
    keeper.follow(Qt.ColorScheme.Dark)
    dark = dock.tree.viewport().grab().toImage()
    keeper.follow(Qt.ColorScheme.Light)
    again = dock.tree.viewport().grab().toImage()
    middle = place(dock, "Glider").y()
    strip = [(x, y) for x in range(12, 56) for y in range(middle - 20, middle + 20)]

    def seen(image: QImage) -> set[str]:
        return {image.pixelColor(x, y).name() for x, y in strip}

    assert LIGHT.cell in seen(light)
    assert DARK.cell in seen(dark)
    assert LIGHT.cell not in seen(dark)
    assert seen(again) == seen(light)
