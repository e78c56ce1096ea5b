import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from gui.race.guesses import Guess, Measured, Question
from gui.race.guesses_tab import GuessesTab
from gui.race.predict import PredictPage
from life.errors import Fate
from life.experiment import Experiment, Fault
from life.race.course import Course

COURSE = Course(Experiment(), ("serial", "thread-per-cell", "coroutines"), (45, 10_000))
FAULTY = Course(Experiment(), ("coroutines",), (45,), middle_fault=Fault.ERROR)


@pytest.fixture
def page(qtbot):
    made = PredictPage()
    qtbot.addWidget(made)
    made.begin(COURSE)
    made.resize(1000, 500)
    made.show()
    qtbot.waitExposed(made)
    made.grab()
    return made


def write(field, text):
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, text)


def click(widget):
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton)


def test_it_asks_about_a_thread_per_cell_on_the_largest_board(page):
    assert page.question == Question("thread-per-cell", 10_000)
    assert page.situation.text() == "on 10,000 cells that each wait 0.10 s."
    QTest.keyClick(page.about, Qt.Key.Key_Down)
    assert page.question.strategy == "coroutines"


def test_one_person_guesses(page):
    write(page.people[0].name, "Ada")
    write(page.people[0].seconds, "2.5")
    write(page.people[0].threads, "800")
    assert page.guesses == [Guess("Ada", 2.5, 800)]


def test_several_people_guess_and_nobody_needs_a_name(page):
    write(page.people[0].seconds, "1")
    click(page.add)
    click(page.add)
    write(page.people[2].threads, "64")
    assert page.guesses == [Guess("Person 1", 1.0), Guess("Person 3", None, 64)]


def test_a_person_can_be_taken_out_again(page):
    write(page.people[0].name, "Ada")
    click(page.add)
    write(page.people[1].name, "Grace")
    write(page.people[1].seconds, "3")
    click(page.people[0].remove)
    assert [person.name.text() for person in page.people] == ["Grace"]
    assert page.guesses == [Guess("Grace", 3.0)]
    assert page.people[0].remove.isHidden()


def test_who_sees_the_exception_is_asked_only_where_there_is_one(page):
    assert page.people[0].sees.isHidden()
    page.begin(FAULTY)
    assert not page.people[0].sees.isHidden()
    page.people[0].sees.setFocus()
    QTest.keyClick(page.people[0].sees, Qt.Key.Key_Down)
    assert page.guesses == [Guess("Person 1", sees=Fate.CALLER)]
    assert page.question == Question("coroutines", 45, Fault.ERROR)
    assert "the one in the middle fails" in page.situation.text()


def test_another_race_asks_the_same_people_anew(page):
    write(page.people[0].name, "Ada")
    write(page.people[0].seconds, "2")
    page.begin(COURSE)
    assert page.people[0].name.text() == "Ada"
    assert page.guesses == []


def test_every_field_has_a_name_for_whoever_cannot_see_it(page):
    click(page.add)
    fields = [widget for person in page.people for widget in person.widgets]
    names = [field.accessibleName() for field in fields]
    assert all(names)
    assert len(set(names)) == len(names)


def test_guess_and_measurement_stand_side_by_side(qtbot):
    tab = GuessesTab()
    qtbot.addWidget(tab)
    guesses = [Guess("Ada", 2.0, 1_000, Fate.CALLER), Guess("Grace", 0.4, None, Fate.STDERR)]
    tab.show_guesses(Question("thread-per-cell", 1_024, Fault.ERROR), guesses, Measured(0.5, 500, Fate.STDERR))
    assert tab.title.text() == "A thread per cell, 1,024 cells"
    assert (
        tab.measured.text() == "What came out: 0.50 s; at most 500 threads alive at once; the exception: only stderr."
    )
    lines = [line.split("\t") for line in tab.table.as_tsv().splitlines()[1:]]
    assert lines == [
        ["Ada", "2.0 s", "4 × too much", "1,000", "nearest: 2 × too much", "reached the caller: wrong"],
        ["Grace", "0.40 s", "nearest: 1.25 × too little", "–", "–", "only stderr: right"],
    ]


def test_before_the_run_there_is_only_the_guess(qtbot):
    tab = GuessesTab()
    qtbot.addWidget(tab)
    tab.show_guesses(Question("serial", 45), [Guess("Ada", 2.0)], Measured())
    assert tab.measured.text() == "It has not run yet."
    assert tab.table.as_tsv().splitlines()[1].split("\t") == ["Ada", "2.0 s", "–", "–", "–"]
