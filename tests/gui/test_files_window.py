"""Files on their way through the window: opened, described, saved, remembered, and taken out as pictures and tables."""

import csv
import gzip
import threading
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QDialog, QFileDialog, QLabel, QLineEdit, QMenu, QPushButton, QWidget

from gui.document import Answer
from gui.files.left_over import OwnCopy, copies_folder
from gui.opening import make_window, open_window
from gui.out.commands import NOTHING_LIVES, PICTURES
from gui.out.picture_dialog import AnimationDialog, PictureDialog
from gui.out.progress import ProgressDialog
from gui.questions import WindowQuestions
from gui.settings import FILM_DELAY, FILM_GENERATIONS, PICTURE_CELL, PICTURE_DARK, RECENT, Settings
from gui.window import MainWindow
from gui.wiring import Wiring
from life.editing.selection import Selection
from life.engine.generation import next_board
from life.experiment import Experiment, WireKind
from life.patch import Patch
from life.patterns.files import read_pattern
from life.patterns.rle import read_rle
from life.pictures.gif import Cancelled
from life.pictures.pixels import cells_of
from life.rule import CONWAY
from life.topology import PLANE, TORUS, Topology
from tests.gui.fakes import FakeQuestions
from tests.gui.windows import LONG, press, settings_in

GLIDER = "#N Glider\n#O Guy\n#C Moves.\nx = 3, y = 3, rule = B3/S23:T16,12\nbo$2bo$3o!\n"


@pytest.fixture
def settings(tmp_path) -> Settings:
    return settings_in(tmp_path, Experiment(strategy="serial", wire=WireKind.NONE))


@pytest.fixture
def window(opened_on):
    made = opened_on()
    made.heard = []
    for teller in (made.document, made.files):
        teller.told.connect(made.heard.append)
    return made


@pytest.fixture
def glider(tmp_path) -> Path:
    return written(tmp_path / "glider.rle", GLIDER)


def written(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def choose(window: MainWindow, action_id: str) -> None:
    """Chooses an action in its menu, which must be there."""
    assert window.actions_by_id[action_id] in {a for menu in window.findChildren(QMenu) for a in menu.actions()}
    window.actions_by_id[action_id].trigger()


def shown_dialog(window: MainWindow, kind: type[QDialog], qtbot) -> QDialog:
    qtbot.waitUntil(lambda: any(dialog.isVisible() for dialog in window.findChildren(kind)))
    return next(dialog for dialog in window.findChildren(kind) if dialog.isVisible())


def click(button: QWidget) -> None:
    assert button.isEnabled()
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def recent_menu(window: MainWindow) -> list[str]:
    menu = window.menuBar().findChild(QMenu, "Open recent")
    return [action.text().replace("&", "") for action in menu.actions() if not action.isSeparator()]


def choose_recent(window: MainWindow, number: int) -> None:
    window.menuBar().findChild(QMenu, "Open recent").actions()[number].trigger()


# Opening


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("glider.cells", b"!Name: Glider\n.O.\n..O\nOOO\n"),
        ("glider.lif", b"#Life 1.05\n#P 0 0\n.*.\n..*\n***\n"),
        ("glider.life", b"#Life 1.06\n1 0\n2 1\n0 2\n1 2\n2 2\n"),
        ("glider.cells.gz", gzip.compress(b"!\n.O.\n..O\nOOO\n", mtime=0)),
    ],
)
def test_a_file_of_any_format_can_be_dropped_on_the_window(window, tmp_path, name, data):
    path = tmp_path / name
    path.write_bytes(data)
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path))])
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    window.dropEvent(QDropEvent(QPointF(50, 50), Qt.DropAction.CopyAction, mime, buttons, keys))
    assert (window.session.board.population, window.document.name, window.heard) == (5, name, [])


def test_a_file_is_opened_as_an_argument_at_the_generation_that_it_names(qtbot, tmp_path):
    path = written(tmp_path / "glider.rle", "#CXRLE Gen=57\n" + GLIDER)
    window = open_window(path)
    assert (window.session.generation, window.session.board.population) == (57, 5)
    assert window.status.generation.text == "57"
    window.close()
    window.deleteLater()


def test_corners_that_are_far_apart_open_whole_on_the_plane_and_are_saved_as_they_are(window, questions, tmp_path):
    text = "#Life 1.06\n0 0\n1 0\n2 0\n4000000000000000000 4000000000000000000\n"
    path = written(tmp_path / "far.lif", text)
    assert window.document.open(path)
    assert (window.session.topology, window.session.board.population, window.heard) == (PLANE, 4, [])
    choose(window, "save")
    assert questions.asked == []
    assert path.read_text() == text


def test_the_menu_begins_an_empty_torus_and_an_empty_plane(window, glider):
    window.document.open(glider)
    choose(window, "new-plane")
    assert (window.session.topology, window.session.board.is_empty, window.document.name) == (PLANE, True, "Untitled")
    choose(window, "new")
    assert window.session.topology == PLANE
    choose(window, "new-torus")
    assert (window.session.topology, window.session.board.is_empty) == (TORUS, True)


# Saving


def test_a_file_whose_format_would_lose_something_is_not_saved_over(window, questions, tmp_path):
    path = written(tmp_path / "glider.lif", "#Life 1.05\n#D Kept.\n#P 0 0\n.*.\n..*\n***\n")
    window.document.open(path)
    questions.path = tmp_path / "glider.rle"
    choose(window, "save")
    assert questions.asked == ["save"]
    assert "#D Kept." in read_pattern(tmp_path / "glider.rle").comments
    assert path.read_text().startswith("#Life 1.05")
    choose(window, "save")  # to where it was saved just now
    assert questions.asked == ["save"]


def test_who_chooses_such_a_format_gets_it_and_is_told_what_it_loses(window, questions, glider, tmp_path):
    window.document.open(glider)
    questions.path = tmp_path / "glider.lif"
    choose(window, "save-as")
    assert (tmp_path / "glider.lif").read_text().startswith("#Life 1.06\n")
    assert window.heard == [
        "glider.lif was saved. Life 1.06 keeps the cells only: the board T16,12, its name, its author and its comments "
        "are not in the file."
    ]
    choose(window, "save")
    assert questions.asked == ["save"]


def test_a_name_that_no_format_has_is_refused_in_one_sentence(window, questions, glider, tmp_path):
    window.document.open(glider)
    questions.path = tmp_path / "glider.docx"
    choose(window, "save-as")
    assert window.heard[0].startswith(
        "glider.docx was not saved: this cannot be saved under a name that ends so; let it"
    )
    assert not (tmp_path / "glider.docx").exists()


def test_plaintext_keeps_rule_and_board_through_save_and_open(window, questions, glider, tmp_path):
    window.document.open(glider)
    questions.path = tmp_path / "glider.cells"
    choose(window, "save-as")
    assert window.heard == []
    assert window.document.open(tmp_path / "glider.cells")
    assert (window.session.board.height, window.session.board.width) == (12, 16)
    assert window.document.origin.name == "Glider"


def test_the_dialogs_offer_every_format(window, qtbot, tmp_path):
    real = WindowQuestions(window)
    real.file_to_open(str(tmp_path), lambda path: None)
    dialog = shown_dialog(window, QFileDialog, qtbot)
    assert "*.cells.gz" in dialog.nameFilters()[0]
    assert [name.split(" (")[0] for name in dialog.nameFilters()] == [
        "Patterns", "RLE", "plaintext", "Life 1.05", "Life 1.06", "Macrocell", "All files",
    ]  # fmt: skip
    dialog.reject()


def test_the_suffix_of_a_new_name_follows_the_format_that_is_chosen(window, qtbot, tmp_path):
    chosen: list[Path] = []
    WindowQuestions(window).file_to_save(tmp_path / "old.cells", chosen.append)
    dialog = shown_dialog(window, QFileDialog, qtbot)
    kinds, typed = dialog.findChild(QComboBox, "fileTypeCombo"), dialog.findChild(QLineEdit, "fileNameEdit")
    assert (kinds.currentText(), typed.text()) == ("plaintext (*.cells)", "old.cells")
    for _ in range(3):
        QTest.keyClick(kinds, Qt.Key.Key_Down)
    assert (kinds.currentText(), typed.text()) == ("RLE, compressed (*.rle.gz)", "old.rle.gz")
    QTest.keyClick(kinds, Qt.Key.Key_Up)
    assert typed.text() == "old.mc"
    typed.selectAll()
    QTest.keyClicks(typed, "new")
    QTest.keyClick(typed, Qt.Key.Key_Return)
    assert chosen == [tmp_path / "new.mc"]


def test_a_picture_gets_the_suffix_of_its_kind(window, qtbot, tmp_path):
    chosen: list[Path] = []
    WindowQuestions(window).file_to_export("Save", tmp_path / "a.b.png", PICTURES, chosen.append)
    dialog = shown_dialog(window, QFileDialog, qtbot)
    QTest.keyClick(dialog.findChild(QComboBox, "fileTypeCombo"), Qt.Key.Key_Down)
    dialog.accept()
    assert chosen == [tmp_path / "a.b.svg"]


# Files of before


def test_the_files_of_before_are_listed_and_opened_again(window, glider, tmp_path):
    assert recent_menu(window) == ["No files yet"]
    other = written(tmp_path / "row & column.rle", "3o!")
    window.document.open(glider)
    window.document.open(other)
    assert recent_menu(window) == ["1 row  column.rle", "2 glider.rle", "Clear the list"]
    choose_recent(window, 1)
    assert window.document.path == glider
    assert recent_menu(window)[:2] == ["1 glider.rle", "2 row  column.rle"]


def test_unsaved_work_is_asked_about_before_a_file_of_before(window, questions, glider):
    window.document.open(glider)
    window.session.change(window.session.board.__class__(12, 16), "Clear")
    questions.answer = Answer.CANCEL
    choose_recent(window, 0)
    assert (questions.asked, window.session.board.population) == (["unsaved"], 0)


def test_a_file_that_is_gone_is_said_and_leaves_the_list(window, glider):
    window.document.open(glider)
    glider.unlink()
    choose_recent(window, 0)
    assert window.heard == ["glider.rle was not opened: this cannot be read: there is no such file or folder."]
    assert recent_menu(window) == ["No files yet"]


def test_ten_files_are_remembered_until_the_list_is_cleared(window, settings, tmp_path):
    for number in range(12):
        window.document.open(written(tmp_path / f"{number}.rle", "3o!"))
    assert len(recent_menu(window)) == 11
    assert recent_menu(window)[0] == "1 11.rle"
    assert recent_menu(window)[9] == "10 2.rle"
    again = make_window(settings, FakeQuestions())
    assert recent_menu(again) == recent_menu(window)
    again.deleteLater()
    choose_recent(window, 11)
    assert recent_menu(window) == ["No files yet"]
    assert settings.get(RECENT) == "[]"


def test_files_of_one_name_are_told_apart_by_their_folders(window, tmp_path):
    for folder in ("one", "two"):
        (tmp_path / folder).mkdir()
        window.document.open(written(tmp_path / folder / "glider.rle", "3o!"))
    assert recent_menu(window)[:2] == ["1 glider.rle in two", "2 glider.rle in one"]


@pytest.mark.parametrize("text", ["{", "3", '{"a": 1}', '["a", 3, "", "nul\\u0000"]'])
def test_a_list_that_makes_no_sense_costs_nothing(qtbot, settings, text):
    settings.set(RECENT, text)
    window = make_window(settings, FakeQuestions())
    assert recent_menu(window)[0] in ("No files yet", "1 a")
    window.deleteLater()


# What a pattern says about itself


def test_name_author_and_comments_are_shown_changed_and_saved(window, qtbot, glider):
    window.document.open(glider)
    press(window, Qt.Key.Key_Return, Qt.KeyboardModifier.AltModifier)
    dialog = shown_dialog(window, QDialog, qtbot)
    assert (dialog.name.text(), dialog.author.text(), dialog.comments.toPlainText()) == ("Glider", "Guy", "Moves.")
    dialog.name.selectAll()
    QTest.keyClicks(dialog.name, "Runner")
    dialog.comments.setFocus()
    QTest.keyClick(dialog.comments, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(dialog.comments, Qt.Key.Key_Return)
    QTest.keyClicks(dialog.comments, "South-east.")
    click(dialog.buttons.button(dialog.buttons.StandardButton.Ok))
    assert window.isWindowModified()
    choose(window, "save")
    saved = read_pattern(glider)
    assert (saved.name, saved.author, saved.comments) == ("Runner", "Guy", ("#C Moves.", "#C South-east."))
    assert not window.isWindowModified()


def test_information_that_was_only_looked_at_changes_nothing(window, qtbot, glider):
    glider.write_text(GLIDER.replace("#C Moves.", "#C\n#D  Moves.\n#Cnotes\n# bare"))
    window.document.open(glider)
    window.session.set_topology(Topology(wraps_y=True, wraps_x=False))  # which a save adds a comment about
    window.session.mark_saved()
    before = window.document.origin.comments
    choose(window, "information")
    dialog = shown_dialog(window, QDialog, qtbot)
    assert dialog.comments.toPlainText() == "\n Moves.\n#Cnotes\n# bare"
    click(dialog.buttons.button(dialog.buttons.StandardButton.Ok))
    assert not window.isWindowModified()
    assert window.document.origin.comments == before


# Pictures


def picture_dialog(window: MainWindow, action_id: str, qtbot) -> PictureDialog:
    choose(window, action_id)
    return shown_dialog(window, PictureDialog, qtbot)


def pixels(path: Path) -> np.ndarray:
    with Image.open(path) as image:
        return np.asarray(image.convert("RGB"))


def test_the_board_becomes_a_picture_as_chosen_and_the_choice_is_remembered(
    window, qtbot, questions, settings, glider, tmp_path
):
    window.document.open(glider)
    questions.path = tmp_path / "glider.png"
    dialog = picture_dialog(window, "export-picture", qtbot)
    assert dialog.size_shown.text() == "128 × 96 pixels"
    dialog.form.cell.selectAll()
    QTest.keyClicks(dialog.form.cell, "3")
    QTest.keyClick(dialog.form.colours, Qt.Key.Key_Down)
    assert dialog.size_shown.text() == "48 × 36 pixels"
    with qtbot.waitSignal(window.files.out.exported, timeout=LONG) as saved:
        click(dialog.save)
    assert saved.args == [tmp_path / "glider.png"]
    assert questions.suggested == tmp_path / "glider.png"
    shown = pixels(tmp_path / "glider.png")
    alive = (shown == [0xF0, 0xE6, 0xD2]).all(axis=2)
    assert np.array_equal(alive, window.session.board.cells().repeat(3, 0).repeat(3, 1).astype(bool))
    assert (settings.get(PICTURE_CELL), settings.get(PICTURE_DARK)) == (3, True)


def test_what_is_selected_is_drawn_alone(window, qtbot, questions, glider, tmp_path):
    window.document.open(glider)
    window.editing.select(Selection(3, 5, 4, 6))
    questions.path = tmp_path / "part.svg"
    dialog = picture_dialog(window, "export-picture", qtbot)
    assert dialog.form.part.currentText() == "The selection, 4 × 6"
    with qtbot.waitSignal(window.files.out.exported, timeout=LONG):
        click(dialog.save)
    drawing = (tmp_path / "part.svg").read_text(encoding="utf-8")
    assert 'viewBox="0 0 6 4"' in drawing
    assert "<title>glider, generation 0</title>" in drawing


def test_a_picture_that_is_too_large_is_refused_before_it_is_made(window, qtbot, tmp_path):
    window.session.resize(1000, 1000)
    dialog = picture_dialog(window, "export-picture", qtbot)
    dialog.form.cell.setValue(64)
    assert dialog.complaint.text.startswith("A picture of 64,000 × 64,000 pixels is too much to write; choose smaller")
    assert not dialog.save.isEnabled()
    dialog.form.cell.setValue(2)
    assert dialog.complaint.text == ""
    assert dialog.save.isEnabled()
    dialog.reject()


def test_of_a_plane_all_that_lives_is_drawn_with_a_margin_and_an_empty_one_is_said(window, qtbot, questions, tmp_path):
    choose(window, "new-plane")
    choose(window, "export-picture")
    choose(window, "export-animation")
    assert window.heard == [NOTHING_LIVES] * 2
    window.session.edit(Patch(np.array([10**15, 10**15 + 1]), np.array([-5, -3]), True))
    questions.path = tmp_path / "plane.png"
    dialog = picture_dialog(window, "export-picture", qtbot)
    assert dialog.form.part.currentText() == "All that lives, 6 × 7"
    dialog.form.cell.setValue(1)
    with qtbot.waitSignal(window.files.out.exported, timeout=LONG):
        click(dialog.save)
    alive = (pixels(tmp_path / "plane.png") == [0x1C, 0x2B, 0x3D]).all(axis=2)
    assert (alive.shape, np.argwhere(alive).tolist()) == ((6, 7), [[2, 2], [3, 4]])


def test_what_is_known_of_a_plane_is_how_much_of_it_lives(window, qtbot):
    choose(window, "new-plane")
    window.session.edit(Patch(np.array([0, 999]), np.array([0, 4]), True))
    choose(window, "information")
    dialog = shown_dialog(window, QDialog, qtbot)
    texts = [label.text() for label in dialog.findChildren(QLabel)]
    assert any("endless plane; what lives takes 1,000 rows, 5 columns" in text for text in texts)
    dialog.reject()


def test_lines_are_offered_where_cells_are_large_enough(window, qtbot):
    dialog = picture_dialog(window, "export-picture", qtbot)
    for size, offered in ((3, False), (4, True)):
        dialog.form.cell.setValue(size)
        assert dialog.form.lines.isEnabled() is offered
    dialog.reject()


@pytest.mark.parametrize("name", ["x.png", "x.svg"])
def test_a_picture_that_cannot_be_saved_is_said_in_one_sentence(window, qtbot, questions, tmp_path, name):
    questions.path = tmp_path / "no such folder" / name
    dialog = picture_dialog(window, "export-picture", qtbot)
    with qtbot.waitSignal(window.files.told, timeout=LONG):
        click(dialog.save)
    assert window.heard == [f"{name}: this cannot be saved: there is no such file or folder."]


# Animations


def test_a_run_of_generations_becomes_an_animation(window, qtbot, questions, settings, glider, tmp_path):
    window.document.open(glider)
    board = window.session.board
    questions.path = tmp_path / "glider.gif"
    dialog = picture_dialog(window, "export-animation", qtbot)
    dialog.form.cell.setValue(1)
    dialog.generations.selectAll()
    QTest.keyClicks(dialog.generations, "5")
    dialog.delay.setValue(75)
    assert dialog.size_shown.text() == "16 × 12 pixels, 0.40 s, from generation 0 on"
    with qtbot.waitSignal(window.files.out.exported, timeout=LONG):
        click(dialog.save)
    whole = Selection.of_board(board)
    with Image.open(tmp_path / "glider.gif") as image:
        assert (image.n_frames, image.info["duration"]) == (5, 80)
        for number in range(5):
            image.seek(number)
            shown = (np.asarray(image.convert("RGB")) == [0x1C, 0x2B, 0x3D]).all(axis=2)
            assert np.array_equal(shown, cells_of(board, whole).astype(bool))
            board = next_board(board, CONWAY, TORUS)
    assert window.session.generation == 0
    assert (settings.get(FILM_GENERATIONS), settings.get(FILM_DELAY)) == (5, 75)


def test_an_animation_can_be_given_up_and_leaves_no_file(window, qtbot, questions, tmp_path, monkeypatch):
    begun, go_on = threading.Event(), threading.Event()

    def slow_film(film, is_wanted):
        begun.set()
        assert go_on.wait(10)
        assert not is_wanted(1)
        raise Cancelled

    monkeypatch.setattr("gui.out.commands.gif_of", slow_film)
    questions.path = tmp_path / "film.gif"
    click(picture_dialog(window, "export-animation", qtbot).save)
    progress = shown_dialog(window, ProgressDialog, qtbot)
    assert begun.is_set()
    click(progress.findChild(QPushButton))
    go_on.set()
    qtbot.waitUntil(lambda: not window.files.out._jobs, timeout=LONG)
    assert not (tmp_path / "film.gif").exists()
    assert window.heard == []


def test_the_window_can_be_closed_while_an_animation_is_being_made(qtbot, settings, tmp_path, monkeypatch):
    questions = FakeQuestions(Answer.DISCARD, tmp_path / "film.gif")
    window = make_window(settings, questions)
    window.show()
    window.session.start()
    settings.set(FILM_GENERATIONS, 3_000)
    click(picture_dialog(window, "export-animation", qtbot).save)
    window.close()
    assert not (tmp_path / "film.gif").exists()
    window.deleteLater()


def test_an_animation_of_too_many_pixels_is_refused_before_it_is_made(window, qtbot):
    window.session.resize(1000, 1000)
    choose(window, "export-animation")
    dialog = shown_dialog(window, AnimationDialog, qtbot)
    dialog.form.cell.setValue(4)
    dialog.generations.setValue(100)
    assert dialog.complaint.text.startswith("100 pictures of 4,000 × 4,000 pixels are too much to write")
    assert not dialog.save.isEnabled()
    dialog.reject()


# Population


def test_the_population_of_every_generation_becomes_a_table(window, qtbot, questions, glider, tmp_path):
    window.document.open(glider)
    window.session.step(4)
    qtbot.waitUntil(lambda: window.session.generation == 4 and not window.session.is_running, timeout=LONG)
    questions.path = tmp_path / "population.csv"
    with qtbot.waitSignal(window.files.out.exported, timeout=LONG):
        choose(window, "export-population")
    with open(tmp_path / "population.csv", newline="", encoding="utf-8") as file:
        rows = list(csv.reader(file))
    assert rows[0][:2] == ["generation", "population"]
    assert [row[:2] for row in rows[1:]] == [[str(number), "5"] for number in range(5)]
    assert questions.suggested.name == "glider-population.csv"


# A crash


def test_the_start_after_a_crash_offers_the_board_and_restores_it(qtbot, tmp_path):
    copy = OwnCopy(copies_folder())
    copy.write(read_rle("#CXRLE Gen=9\nx = 9, y = 7, rule = B36/S23:P9,7\n3o!"), None)
    copy._lock.unlock()  # as if its process were dead
    window = open_window(written(tmp_path / "glider.rle", GLIDER))
    assert window.files.notice.isVisible()
    assert window.session.board.population == 5
    click(window.files.notice.buttons[0])
    assert (window.session.board.population, window.session.generation) == (3, 9)
    assert (str(window.session.rule), window.document.is_edited) == ("B36/S23", True)
    assert not window.files.notice.isVisible()
    window.files.autosave.close()
    window.findChild(Wiring)._may_close = True
    window.close()
    window.deleteLater()


def test_a_window_that_is_closed_as_it_should_leaves_no_copy(window, glider):
    window.document.open(glider)
    window.session.change(window.session.board.__class__(12, 16), "Clear")
    window.files.keep()
    assert len(list(copies_folder().glob("*.rle"))) == 1
    window.close()
    assert list(copies_folder().iterdir()) == []


def test_while_it_is_asked_about_unsaved_work_there_is_a_copy_of_it(window, questions, glider):
    window.document.open(glider)
    window.session.change(window.session.board.__class__(12, 16), "Clear")
    questions.answer = Answer.CANCEL
    window.close()
    assert len(list(copies_folder().glob("*.rle"))) == 1
