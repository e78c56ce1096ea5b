import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from gui.race.choices import Choices
from gui.race.setup import SetupPage
from life.experiment import Fault, WireKind
from life.fanout import FAN_OUTS

KEYS = tuple(strategy.key for strategy in FAN_OUTS)


@pytest.fixture
def page(qtbot):
    made = SetupPage(Choices())
    qtbot.addWidget(made)
    made.resize(1100, 700)
    made.show()
    qtbot.waitExposed(made)
    made.grab()
    return made


def click(widget, place=None):
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place or widget.rect().center())


def test_what_was_chosen_before_is_shown(qtbot):
    before = Choices(
        strategies=("serial", "task-group"), sizes=(45, 2_500), wire=WireKind.SERVICE, latency=0.02, jitter=0.01,
        seed=5, repeat=4, limit=7.5, fault=Fault.CUT,
    )  # fmt: skip
    page = SetupPage(before)
    qtbot.addWidget(page)
    assert page.choices == before


def test_every_strategy_can_be_chosen_and_says_what_it_does(page):
    assert page.choices.strategies == KEYS
    click(page.strategies.none)
    for key, box in page.strategies.boxes.items():
        QTest.keyClick(box, Qt.Key.Key_Space)
        assert page.choices.strategies[-1] == key
        assert box.accessibleDescription()
    click(page.strategies.all)
    assert page.choices.strategies == tuple(page.strategies.boxes)


def test_without_a_strategy_there_is_no_race(page):
    click(page.strategies.none)
    assert not page.start.isEnabled()
    assert page.error.text == "Strategies: choose at least one."
    assert page.forecast.text() == ""
    QTest.keyClick(page.strategies.boxes["coroutines"], Qt.Key.Key_Space)
    assert page.start.isEnabled()
    assert page.error.text == ""


def test_sizes_are_pressed_or_written(page):
    click(page.sizes.buttons[45])
    click(page.sizes.buttons[10_000])
    QTest.keyClicks(page.sizes.others, "9, 2500")
    assert page.choices.sizes == (9, 1_024, 2_500, 10_000)
    QTest.keyClicks(page.sizes.others, "x")
    assert page.sizes.error.text.startswith("Write numbers")
    assert page.choices.sizes == (1_024, 10_000)


def test_without_a_size_there_is_no_race(page):
    click(page.sizes.buttons[45])
    click(page.sizes.buttons[1_024])
    assert not page.start.isEnabled()
    assert page.error.text.startswith("Cells: choose at least one size")


def test_the_sentence_follows_the_choices(page):
    before = page.forecast.text()
    page.repeat.setFocus()
    page.repeat.selectAll()
    QTest.keyClicks(page.repeat, "1")
    assert page.choices.repeat == 1
    assert page.forecast.text() != before
    click(page.sizes.buttons[10_000])
    assert "are computed" in page.forecast.text()


def test_a_fault_is_planted_only_where_that_is_chosen(page):
    assert page.choices.fault is None
    assert not page.fault.isEnabled()
    QTest.keyClick(page.plants, Qt.Key.Key_Space)
    assert page.choices.fault is Fault.ERROR
    QTest.keyClick(page.fault, Qt.Key.Key_Down)
    assert page.choices.fault is Fault.HANG


def test_where_nothing_waits_there_is_no_latency_to_choose(page):
    QTest.keyClick(page.wire, Qt.Key.Key_Up)
    assert page.choices.wire == WireKind.NONE
    assert not page.latency.isEnabled()
    assert not page.jitter.isEnabled()


def test_start_hands_over_what_is_chosen(page, qtbot):
    with qtbot.waitSignal(page.wanted) as wanted:
        click(page.start)
    assert wanted.args == [page.choices]


def test_every_field_has_a_name_for_whoever_cannot_see_it(page):
    fields = [
        page.wire, page.latency, page.jitter, page.seed, page.repeat, page.limit, page.fault, page.sizes.others,
        *page.sizes.buttons.values(),
    ]  # fmt: skip
    names = [field.accessibleName() for field in fields]
    assert all(names)
    assert len(set(names)) == len(names)
    assert all(field.objectName() for field in [*fields, page.start, *page.strategies.boxes.values()])
