from pathlib import Path

import numpy as np
import pytest

from gui.document import Answer, Document
from life.patch import Patch
from life.patterns.files import read_pattern
from tests.gui.fakes import FakeQuestions, board, session, state

GLIDER = "#N Glider\n#C kept through a save\nx = 3, y = 3, rule = B36/S23:T20,16\nbob$2bo$3o!\n"


@pytest.fixture(autouse=True)
def application(qapp):
    return qapp


@pytest.fixture
def glider(tmp_path) -> Path:
    path = tmp_path / "glider.rle"
    path.write_text(GLIDER)
    return path


def opened(answer: Answer = Answer.CANCEL, path: Path | None = None):
    made, simulation, _ = session(state(cells=board(8, 10, (1, 1))))
    questions = FakeQuestions(answer, path)
    document = Document(made, questions, parent=made)
    document.heard = []
    document.told.connect(document.heard.append)
    return document, made, simulation, questions


def draw(made) -> None:
    made.edit(Patch(np.array([2]), np.array([3]), True))


def test_a_file_brings_its_cells_its_rule_and_its_board(glider):
    document, made, simulation, _ = opened()
    document.open(glider)
    assert (made.board.height, made.board.width, made.board.population) == (16, 20, 5)
    assert str(made.rule) == "B36/S23"
    assert (document.name, document.is_edited, document.heard) == ("glider.rle", False, [])
    assert simulation.names[0] == "load"


def test_a_file_that_cannot_be_read_leaves_the_board_and_says_where(tmp_path):
    bad = tmp_path / "bad.rle"
    bad.write_text("x = 3, y = 3\nbo$qq!")
    document, made, simulation, _ = opened()
    document.open(bad)
    assert made.board == board(8, 10, (1, 1))
    assert simulation.calls == []
    assert len(document.heard) == 1
    assert document.heard[0].startswith("bad.rle was not opened because of line 2, column 4: ")


def test_a_file_that_is_not_there_is_said_in_one_sentence(tmp_path):
    document, _, _, _ = opened()
    document.open(tmp_path / "missing.rle")
    assert document.heard == [
        "missing.rle was not opened: this cannot be read: there is no such file or folder."
    ]  # fmt: skip


def test_cells_that_found_no_place_are_counted(tmp_path):
    path = tmp_path / "wide.rle"
    path.write_text("x = 30, y = 1, rule = B3/S23:T10,10\n30o!")
    document, _, _, _ = opened()
    document.open(path)
    assert "20 of 30 live cells lie outside" in document.heard[0]


def test_a_save_keeps_what_the_file_says_about_itself(glider, tmp_path):
    target = tmp_path / "copy.rle"
    document, made, _, _ = opened(path=target)
    document.open(glider)
    draw(made)
    document.save_as()
    saved = read_pattern(target)
    assert (saved.name, saved.population) == ("Glider", 6)
    assert "#C kept through a save" in saved.comments
    assert (document.path, document.is_edited) == (target, False)


def test_save_writes_to_the_open_file_without_asking(glider):
    document, made, _, questions = opened()
    document.open(glider)
    draw(made)
    document.save()
    assert questions.asked == []
    assert read_pattern(glider).population == 6


def test_a_board_that_was_never_saved_asks_where(tmp_path):
    target = tmp_path / "new.rle"
    document, _, _, questions = opened(path=target)
    document.save()
    assert questions.asked == ["save"]
    assert read_pattern(target).population == 1


def test_a_save_that_fails_is_told_and_the_edits_stay_unsaved(tmp_path):
    document, made, _, _ = opened(path=tmp_path / "no such folder" / "x.rle")
    draw(made)
    document.save()
    assert document.is_edited
    assert document.heard[0].startswith("x.rle was not saved: ")


def test_without_edits_nothing_is_asked(glider):
    document, _, _, questions = opened()
    document.open_after_asking(glider)
    assert questions.asked == []
    assert document.name == "glider.rle"


@pytest.mark.parametrize(("answer", "opens"), [(Answer.CANCEL, False), (Answer.DISCARD, True)])
def test_before_drawn_cells_are_lost_there_is_a_question(answer, opens, glider):
    document, made, _, questions = opened(answer)
    draw(made)
    document.open_after_asking(glider)
    assert questions.asked == ["unsaved"]
    assert (document.name == "glider.rle") is opens


def test_saving_first_goes_on_when_it_is_saved(glider, tmp_path):
    target = tmp_path / "mine.rle"
    document, made, _, questions = opened(Answer.SAVE, target)
    draw(made)
    document.open_after_asking(glider)
    assert questions.asked == ["unsaved", "save"]
    assert read_pattern(target).population == 2
    assert document.name == "glider.rle"


def test_saving_first_does_not_go_on_when_it_cannot_be_saved(glider, tmp_path):
    document, made, _, _ = opened(Answer.SAVE, tmp_path / "no such folder" / "x.rle")
    draw(made)
    document.open_after_asking(glider)
    assert document.name == "Untitled"
    assert made.board.population == 2


def test_a_new_board_is_empty_and_untitled(glider):
    document, made, simulation, _ = opened()
    document.open(glider)
    document.start_new()
    assert (document.name, made.board.population) == ("Untitled", 0)
    assert simulation.names[-1] == "load"


def test_a_board_that_was_filled_anew_is_an_edit_of_the_file_that_is_open(glider):
    document, made, _, _ = opened()
    document.open(glider)
    made.change(board(16, 20, (0, 0)), "Random fill")
    assert (document.path, document.is_edited) == (glider, True)
    made.undo()
    assert (document.path, document.is_edited) == (glider, False)


def test_what_was_undone_back_to_what_was_saved_is_not_asked_about(glider):
    document, made, _, questions = opened()
    document.open(glider)
    draw(made)
    document.save()
    made.resize(30, 30)
    made.undo()
    document.start_new()
    assert questions.asked == []


def test_what_was_undone_from_what_was_saved_is_asked_about(glider):
    document, made, _, questions = opened()
    document.open(glider)
    draw(made)
    document.save()
    made.undo()
    document.start_new()
    assert questions.asked == ["unsaved"]


def test_the_title_changes_once_with_the_first_edit():
    document, made, _, _ = opened()
    changes = []
    document.changed.connect(lambda: changes.append(document.is_edited))
    draw(made)
    draw(made)
    assert changes == [True]
