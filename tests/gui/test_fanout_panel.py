from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QDoubleSpinBox, QLineEdit, QPushButton, QWidget

from gui.fanout.board_section import cells_cut
from gui.fanout.fault_section import MOST_ROWS, FaultRow
from gui.fanout.panel import FanoutPanel
from life.experiment import ENGINES, Experiment, Fault, WireKind
from life.facts import Result
from life.fanout import STRATEGIES, strategy_class
from life.rule import CONWAY, Rule
from life.topology import BOUNDED, TORUS, Topology
from tests.gui.fakes import board


@pytest.fixture
def panel(qtbot):
    made = FanoutPanel()
    qtbot.addWidget(made)
    made.show_experiment(Experiment())
    made.board.show_board(board(24, 32))
    made.board.show_rule(CONWAY, TORUS)
    made.resize(340, 700)
    made.show()
    qtbot.waitExposed(made)
    return made


@pytest.fixture
def wanted(panel):
    heard: list[Experiment] = []
    panel.experiment_chosen.connect(heard.append)
    return heard


def enter(field: QDoubleSpinBox, text: str) -> None:
    """Types into a field as a person does, and leaves the return key alone."""
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, text)


def choose(combo: QComboBox, index: int) -> None:
    """Chooses by keyboard."""
    combo.setFocus()
    QTest.keyClick(combo, Qt.Key.Key_Home)
    for _ in range(index):
        QTest.keyClick(combo, Qt.Key.Key_Down)


def control(within: QWidget, name: str) -> QWidget:
    """The control that a screen reader calls `name`."""
    return next(widget for widget in within.findChildren(QWidget) if widget.accessibleName() == name)


# Strategy


@pytest.mark.parametrize("place", range(len(STRATEGIES)), ids=[s.key for s in STRATEGIES])
def test_every_strategy_can_be_chosen_and_says_what_it_does(panel, wanted, place):
    strategy = STRATEGIES[place]
    choose(panel.strategy.strategy, place)
    assert panel.strategy.summary.text() == strategy.summary
    assert panel.strategy.workers.isVisible() == (strategy.default_workers is not None)
    if wanted:  # the first one is chosen already where the experiment says so
        assert wanted[-1].strategy == strategy.key


def test_another_strategy_starts_with_the_workers_that_it_thinks_right(panel, wanted):
    panel.show_experiment(Experiment(strategy="thread-pool", workers=7))
    choose(panel.strategy.strategy, [s.key for s in STRATEGIES].index("row-batches"))
    assert wanted[-1].workers is None
    assert panel.strategy.workers.value() == strategy_class("row-batches").default_workers


# Numbers


def test_a_number_is_taken_over_when_the_typing_is_over_and_only_once(panel, wanted, qtbot):
    with qtbot.waitSignal(panel.experiment_chosen):
        enter(panel.wire.latency, "250")
    assert [experiment.latency for experiment in wanted] == [0.25]


def test_what_is_being_typed_is_taken_over_at_once_before_something_runs(panel, wanted):
    enter(panel.wire.latency, "250")
    assert wanted == []
    panel.flush()
    panel.flush()
    assert [experiment.latency for experiment in wanted] == [0.25]


def test_what_is_being_typed_survives_a_change_from_elsewhere(panel, wanted):
    enter(panel.wire.latency, "250")
    panel.show_experiment(Experiment(faults={(1, 2): Fault.ERROR}))
    assert panel.wire.latency.value() == 250
    panel.flush()
    assert wanted == [Experiment(latency=0.25, faults={(1, 2): Fault.ERROR})]


def test_a_choice_takes_along_what_was_being_typed(panel, wanted):
    enter(panel.wire.latency, "250")
    choose(panel.wire.wire, 0)
    assert wanted[-1] == Experiment(latency=0.25, wire=WireKind.NONE)


@pytest.mark.parametrize(
    ("field", "text", "name", "value"),
    [
        ("wire.jitter", "30", "jitter", 0.03),
        ("wire.latency", "0.5", "latency", 0.0005),
        ("wire.seed", "42", "seed", 42),
        ("wire.time_limit", "1.5", "time_limit", 1.5),
        ("fault.rate", "12.5", "fault_rate", 0.125),
    ],
)
def test_every_number_reaches_the_experiment(panel, wanted, field, text, name, value):
    section, part = field.split(".")
    enter(getattr(getattr(panel, section), part), text)
    panel.flush()
    assert getattr(wanted[-1], name) == pytest.approx(value)


def test_showing_an_experiment_says_nothing(panel, wanted):
    panel.show_experiment(
        Experiment("thread-pool", 9, WireKind.SERVICE, 0.05, 0.01, 3, 1.0, {(0, 0): Fault.HANG}, 0.1, Fault.EXIT)
    )
    panel.flush()
    assert wanted == []
    assert (panel.strategy.workers.value(), panel.wire.latency.value(), panel.fault.rate.value()) == (9, 50, 10)


def test_what_waits_for_nothing_has_no_latency(panel):
    panel.show_experiment(Experiment(wire=WireKind.NONE))
    assert not panel.wire.latency.isEnabled()
    panel.show_experiment(Experiment(wire=WireKind.SERVICE))
    assert panel.wire.latency.isEnabled()


def test_numbers_show_no_more_digits_than_they_need(panel):
    assert panel.wire.latency.text() == "100 ms"
    panel.show_experiment(Experiment(latency=0.0005))
    assert panel.wire.latency.text() == "0.5 ms"


def test_a_wheel_that_scrolls_past_a_field_does_not_change_it(panel, wanted):
    panel.setFocus()
    for field in (panel.wire.latency, panel.wire.wire):
        middle = QPointF(field.rect().center())
        turn = QWheelEvent(
            middle, field.mapToGlobal(middle), QPoint(), QPoint(0, 120), Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
        )  # fmt: skip
        QApplication.sendEvent(field, turn)
    panel.flush()
    assert wanted == []


# Faults


def test_planted_faults_are_listed_and_taken_out_one_by_one(panel, wanted):
    panel.show_experiment(Experiment(faults={(3, 4): Fault.ERROR, (5, 6): Fault.EXIT}))
    rows = panel.findChildren(FaultRow)
    assert [row.cell for row in rows] == [(3, 4), (5, 6)]
    remove = control(rows[0], "Take the fault out of cell (3, 4)")
    QTest.mouseClick(remove, Qt.MouseButton.LeftButton)
    assert dict(wanted[-1].faults) == {(5, 6): Fault.EXIT}
    assert [row.cell for row in panel.findChildren(FaultRow)] == [(5, 6)]


def test_all_planted_faults_are_taken_out_at_once(panel, wanted):
    panel.show_experiment(Experiment(faults={(3, 4): Fault.ERROR, (5, 6): Fault.EXIT}))
    QTest.mouseClick(panel.fault.clear, Qt.MouseButton.LeftButton)
    assert not wanted[-1].faults
    assert panel.fault.hint.isVisible()
    assert not panel.fault.clear.isVisible()


def test_a_thousand_faults_are_a_few_rows_and_a_count(panel):
    panel.show_experiment(Experiment(faults={(y, 0): Fault.ERROR for y in range(1000)}))
    assert len(panel.findChildren(FaultRow)) == MOST_ROWS
    assert panel.fault.more.text() == f"and {1000 - MOST_ROWS} more faults"


def test_a_listed_fault_shows_its_cell(panel, qtbot):
    panel.show_experiment(Experiment(faults={(3, 4): Fault.ERROR}))
    show = control(panel, "Show cell (3, 4)")
    with qtbot.waitSignal(panel.cell_wanted) as told:
        QTest.mouseClick(show, Qt.MouseButton.LeftButton)
    assert told.args == [3, 4]


def test_the_fault_tool_is_taken_up_and_put_down(panel):
    wishes: list[bool] = []
    panel.tool_wanted.connect(wishes.append)
    QTest.mouseClick(panel.fault.tool, Qt.MouseButton.LeftButton)
    QTest.mouseClick(panel.fault.tool, Qt.MouseButton.LeftButton)
    assert wishes == [True, False]


def test_the_kind_of_the_next_fault_is_chosen(panel):
    kinds: list[Fault] = []
    panel.kind_chosen.connect(kinds.append)
    choose(panel.fault.kind, list(Fault).index(Fault.EXIT))
    assert kinds[-1] is Fault.EXIT


def test_the_kind_of_random_faults_is_asked_only_where_there_are_any(panel, wanted):
    assert not panel.fault.rate_kind.isVisible()
    panel.show_experiment(Experiment(fault_rate=0.1))
    assert panel.fault.rate_kind.isVisible()
    choose(panel.fault.rate_kind, list(Fault).index(Fault.HANG))
    assert wanted[-1].fault_kind is Fault.HANG


# Rule and board


def test_a_rule_is_taken_over_with_return_and_written_canonically(panel):
    rules: list[Rule] = []
    panel.board.rule_entered.connect(rules.append)
    panel.board.rule.setFocus()
    panel.board.rule.selectAll()
    QTest.keyClicks(panel.board.rule, "b63/s32")
    assert rules == []
    QTest.keyClick(panel.board.rule, Qt.Key.Key_Return)
    assert [str(rule) for rule in rules] == ["B36/S23"]
    assert panel.board.rule.text() == "B36/S23"


def test_a_rule_that_is_none_is_refused_in_one_sentence_and_changes_nothing(panel):
    rules: list[Rule] = []
    panel.board.rule_entered.connect(rules.append)
    panel.board.rule.setFocus()
    panel.board.rule.selectAll()
    QTest.keyClicks(panel.board.rule, "B39/S23")
    assert panel.board.rule_error.isVisible()
    assert 'Did you mean "B3/S23"?' in panel.board.rule_error.text
    QTest.keyClick(panel.board.rule, Qt.Key.Key_Return)
    assert rules == []
    QTest.keyClick(panel.board.rule, Qt.Key.Key_Home)
    for _ in range(2):
        QTest.keyClick(panel.board.rule, Qt.Key.Key_Right)
    QTest.keyClick(panel.board.rule, Qt.Key.Key_Delete)
    assert not panel.board.rule_error.isVisible()


def test_a_board_in_the_rule_is_refused_because_its_size_is_set_elsewhere(panel):
    panel.board.rule.selectAll()
    QTest.keyClicks(panel.board.rule, "B3/S23:T30")
    assert "size" in panel.board.rule_error.text


def test_a_size_is_not_taken_over_before_its_button_is_pressed(panel, qtbot):
    sizes: list[tuple[int, int]] = []
    panel.board.size_entered.connect(lambda *size: sizes.append(size))
    assert not panel.board.apply.isVisible()
    enter(panel.board.rows, "40")
    assert sizes == []
    assert panel.board.apply.isVisible()
    QTest.mouseClick(panel.board.apply, Qt.MouseButton.LeftButton)
    assert sizes == [(40, 32)]
    panel.board.show_board(board(40, 32))
    assert not panel.board.apply.isVisible()


def test_what_a_smaller_board_would_cut_is_said_before_it_is_cut(panel):
    panel.board.show_board(board(24, 32, (0, 0), (12, 16), (23, 31)))
    enter(panel.board.rows, "10")
    assert panel.board.cut.text == "This cuts off 2 live cells at the top and bottom edges."
    assert panel.board.apply.text() == "Cut them"
    panel.board.show_board(board(24, 32, (12, 16)))  # meanwhile it plays on
    assert panel.board.cut.text == ""
    assert panel.board.apply.text() == "Change the size"


@pytest.mark.parametrize(
    ("cell", "where"),
    [((0, 16), "top edge"), ((23, 16), "bottom edge"), ((12, 0), "left edge"), ((12, 31), "right edge")],
)
def test_the_edge_at_which_cells_would_be_cut_is_named(panel, cell, where):
    panel.board.show_board(board(24, 32, (12, 16), cell))
    enter(panel.board.rows, "21")
    enter(panel.board.columns, "29")
    assert panel.board.cut.text == f"This cuts off 1 live cell at the {where}."
    assert panel.board.apply.text() == "Cut it"


def test_the_return_key_takes_a_size_over_unless_it_cuts_cells(panel):
    sizes: list[tuple[int, int]] = []
    panel.board.size_entered.connect(lambda *size: sizes.append(size))
    QTest.keyClick(panel.board.rows, Qt.Key.Key_Return)
    assert sizes == []
    enter(panel.board.rows, "40")
    QTest.keyClick(panel.board.rows, Qt.Key.Key_Return)
    assert sizes == [(40, 32)]
    panel.board.show_board(board(24, 32, (0, 5)))
    enter(panel.board.rows, "20")
    QTest.keyClick(panel.board.rows, Qt.Key.Key_Return)
    assert sizes == [(40, 32)]
    assert QApplication.focusWidget() is panel.board.apply
    QTest.keyClick(panel.board.apply, Qt.Key.Key_Space)
    assert sizes == [(40, 32), (20, 32)]


def test_a_size_may_be_kept_after_all(panel):
    sizes: list[tuple[int, int]] = []
    panel.board.size_entered.connect(lambda *size: sizes.append(size))
    panel.board.show_board(board(24, 32, (0, 0)))
    enter(panel.board.rows, "10")
    QTest.mouseClick(panel.board.keep, Qt.MouseButton.LeftButton)
    assert panel.board.rows.value() == 24
    assert not panel.board.cut.isVisible()
    assert not panel.board.keep.isVisible()
    assert sizes == []


def test_only_what_lies_outside_the_middle_is_cut():
    full = board(4, 4, *[(y, x) for y in range(4) for x in range(4)])
    assert cells_cut(full, 2, 2) == 12
    assert cells_cut(full, 4, 3) == 4
    assert cells_cut(full, 9, 9) == 0


def test_the_edges_are_chosen_and_shown(panel):
    chosen: list[Topology] = []
    panel.topology_entered.connect(chosen.append)
    panel.board.edges.setFocus()
    for _ in range(3):
        QTest.keyClick(panel.board.edges, Qt.Key.Key_Down)
    assert chosen == [BOUNDED, Topology(wraps_y=False, wraps_x=True), Topology(wraps_y=True, wraps_x=False)]
    panel.board.show_rule(CONWAY, BOUNDED)
    assert panel.board.edges.currentText() == "Dead edges"


def test_a_rule_may_be_typed_by_its_name(panel):
    rules: list[Rule] = []
    panel.rule_entered.connect(rules.append)
    panel.board.rule.selectAll()
    QTest.keyClicks(panel.board.rule, "day & night")
    QTest.keyClick(panel.board.rule, Qt.Key.Key_Return)
    assert [str(rule) for rule in rules] == ["B3678/S34678"]
    assert panel.board.rule.text() == "B3678/S34678"
    assert panel.board.rule_name.text().startswith("Day & Night. ")


def test_a_rule_may_be_chosen_from_the_list_by_keyboard(panel):
    rules: list[Rule] = []
    panel.rule_entered.connect(rules.append)
    panel.board.rules.setFocus()
    QTest.keyClick(panel.board.rules, Qt.Key.Key_Down)
    assert [str(rule) for rule in rules] == ["B36/S23"]
    assert panel.board.rule.text() == "B36/S23"
    QTest.keyClick(panel.board.rules, Qt.Key.Key_Up)
    assert [str(rule) for rule in rules] == ["B36/S23", "B3/S23"]


def test_a_rule_may_be_chosen_from_the_list_by_mouse(panel, qtbot):
    rules: list[Rule] = []
    panel.rule_entered.connect(rules.append)
    field = panel.board.rules
    field.showPopup()
    view = field.view()
    qtbot.waitUntil(view.isVisible)
    seeds = field.model().index(3, 0)
    view.scrollTo(seeds)
    qtbot.wait(1)
    QTest.mouseMove(view.viewport(), view.visualRect(seeds).center())
    QTest.mouseClick(
        view.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, view.visualRect(seeds).center()
    )
    qtbot.waitUntil(lambda: bool(rules))
    assert [str(rule) for rule in rules] == ["B2/S"]
    assert panel.board.rule.text() == "B2/S"


def test_a_rule_may_be_completed_from_a_part_of_its_name(panel, qtbot):
    rules: list[Rule] = []
    panel.rule_entered.connect(rules.append)
    panel.board.rules.setFocus()
    panel.board.rule.selectAll()
    QTest.keyClicks(panel.board.rules, "liv")
    popup = panel.board.rules.completer().popup()
    qtbot.waitUntil(popup.isVisible)
    QTest.keyClick(popup, Qt.Key.Key_Down)
    QTest.keyClick(popup, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(rules))
    assert [str(rule) for rule in rules] == ["B2/S0"]
    qtbot.waitUntil(lambda: panel.board.rule.text() == "B2/S0")
    assert panel.board.rule_name.text().startswith("Live Free or Die. ")


def test_a_misspelt_name_is_met_with_the_right_one(panel):
    panel.board.rule.selectAll()
    QTest.keyClicks(panel.board.rule, "HihgLife")
    assert 'Did you mean "HighLife"?' in panel.board.rule_error.text


def test_a_rule_without_a_name_is_one(panel):
    panel.board.show_rule(Rule(frozenset({2}), frozenset({7})), TORUS)
    assert panel.board.rule.text() == "B2/S7"
    assert panel.board.rule_name.text() == "A rule without a name."


# For everybody


def test_every_control_has_a_name_for_a_screen_reader(panel):
    panel.show_experiment(Experiment(strategy="thread-pool", fault_rate=0.5, faults={(1, 1): Fault.ERROR}))
    controls = [w for kind in (QComboBox, QDoubleSpinBox, QPushButton) for w in panel.findChildren(kind)]
    edits = [w for w in panel.findChildren(QLineEdit) if not isinstance(w.parent(), QDoubleSpinBox)]
    for control in controls + edits:
        named = control.accessibleName() or (isinstance(control, QPushButton) and control.text())
        assert named, control


def test_nothing_is_wider_than_the_panel(panel, qtbot):
    panel.show_experiment(
        Experiment(strategy="thread-pool", latency=60, jitter=60, seed=2**31 - 1, faults={(999, 999): Fault.CUT})
    )
    panel.resize(panel.minimumWidth(), 700)
    panel.grab()
    qtbot.waitUntil(lambda: panel.widget().width() <= panel.viewport().width())


# The engine of whole boards


def test_the_engine_is_offered_where_there_is_one_to_choose(panel, wanted):
    section = panel.strategy
    section.show_plane(True)
    panel.show_experiment(Experiment(strategy="thread-pool"))
    assert not section.engine.isVisible()
    panel.show_experiment(Experiment(strategy="whole-board", memory=512 << 20))
    assert section.engine.isVisible()
    assert section.memory.value() == 512
    choose(section.engine, ENGINES.index("hashlife"))
    assert wanted[-1].engine == "hashlife"
    choose(section.engine, ENGINES.index("tiles"))
    assert wanted[-1].engine == "tiles"
    assert not section.memory.isVisible(), "which only HashLife needs"
    section.show_plane(False)
    assert not section.engine.isVisible()


def test_how_much_memory_is_taken_when_it_has_been_typed(panel, wanted):
    panel.show_experiment(Experiment(strategy="whole-board"))
    enter(panel.strategy.memory, "300")
    panel.flush()
    assert wanted[-1].memory == 300 << 20


def test_what_the_engine_has_to_say_stands_below_it(panel):
    section = panel.strategy
    panel.show_experiment(Experiment(strategy="whole-board"))
    told = Result(0, 1, board(), "whole-board", 0.1, 0.0, 0, (), None, note="Tiles would be faster.")
    section.show_result(told)
    assert (section.note.text(), section.note.isVisible()) == ("Tiles would be faster.", True)
    section.show_result(replace(told, note=""))
    assert not section.note.isVisible()
    section.show_result(told)
    panel.show_experiment(Experiment(strategy="serial"))
    assert not section.note.isVisible()
