"""The part of the panel that says by which rule, on how large a board and with which edges."""

from PySide6.QtCore import QSignalBlocker, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from gui import words
from gui.cards import Complaint, heading, sentence
from gui.fanout.fields import ChoiceField, NumberField, add_row, form, side_by_side
from gui.fanout.rule_field import RuleField
from gui.look.theme import SPACING
from gui.settings import MOST_CELLS_A_SIDE
from life.board import Board
from life.errors import RuleError
from life.notation import read_rule
from life.rule import CONWAY, Rule
from life.rules import known_rule
from life.topology import BOUNDED, TORUS, Topology

_EDGES = [
    (TORUS, "Wrap round"),
    (BOUNDED, "Dead edges"),
    (Topology(wraps_y=False, wraps_x=True), "Tube, left and right joined"),
    (Topology(wraps_y=True, wraps_x=False), "Tube, top and bottom joined"),
]
_EDGES_TIP = "What lies beyond the edge of the board: its other side, or cells that are dead for ever."


class BoardSection(QWidget):
    """Rule, size and edges.

    Signals:
        rule_entered: another rule.
        size_entered: another size, rows and columns.
        topology_entered: other edges.
    """

    rule_entered = Signal(Rule)
    size_entered = Signal(int, int)
    topology_entered = Signal(Topology)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rule = CONWAY
        self._board = Board(1, 1)
        self.rules = RuleField()
        self.rule = self.rules.edit
        self.rule_error = Complaint()
        self.rule_name = sentence()
        self.rule_name.setObjectName("rule-name")
        self.rows = NumberField("Rows", 1, MOST_CELLS_A_SIDE)
        self.columns = NumberField("Columns", 1, MOST_CELLS_A_SIDE)
        self.apply = QPushButton("Change the size")
        self.apply.setObjectName("apply-size")
        self.keep = QPushButton("Keep it")
        self.keep.setObjectName("keep-size")
        self._change = QWidget()
        self.cut = Complaint()
        self.edges = ChoiceField("Edges", _EDGES)
        self._lay_out()
        self.rules.text_edited.connect(self._judge_rule)
        self.rules.entered.connect(self._enter_rule)
        self.rows.valueChanged.connect(self._judge_size)
        self.columns.valueChanged.connect(self._judge_size)
        self.apply.clicked.connect(self._enter_size)
        self.keep.clicked.connect(self._keep_size)
        self.edges.currentIndexChanged.connect(self._enter_edges)
        self._show_name()

    def _lay_out(self) -> None:
        change = QHBoxLayout(self._change)
        change.setContentsMargins(0, 0, 0, 0)
        change.setSpacing(SPACING)
        change.addStretch(1)
        change.addWidget(self.keep)
        change.addWidget(self.apply)
        rows = form()
        add_row(
            rows,
            "Rule",
            self.rules,
            "With how many live neighbours a cell is born (B) and survives (S), or the name of a rule.",
        )
        rows.addRow(self.rule_error)
        rows.addRow(self.rule_name)
        add_row(
            rows,
            "Size",
            side_by_side(self.rows, QLabel("×"), self.columns),
            "Rows × columns. The cells stay in the middle.",
        )
        rows.addRow(self.cut)
        rows.addRow(self._change)
        add_row(rows, "Edges", self.edges, _EDGES_TIP)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACING)
        layout.addWidget(heading("Rule and board"))
        layout.addLayout(rows)

    def show_rule(self, rule: Rule, topology: Topology) -> None:
        """Shows what is set; leaves alone what is being typed."""
        self.edges.show_value(topology)
        if rule != self._rule:
            self._rule = rule
            self.rules.show_rule(rule)
            self.rule_error.say("")
            self._show_name()

    def show_board(self, board: Board) -> None:
        """Shows the size where it is another, and what would be cut off this board."""
        is_other = (board.height, board.width) != (self._board.height, self._board.width)
        self._board = board
        if is_other:
            self._keep_size()
        else:
            self._judge_size()

    # The rule.

    @Slot()
    def _judge_rule(self) -> None:
        self._parsed_rule()

    @Slot()
    def _enter_rule(self) -> None:
        rule = self._parsed_rule()
        if rule is None:
            return
        is_other, self._rule = rule != self._rule, rule
        self.rules.show_rule(rule)
        self._show_name()
        if is_other:
            self.rule_entered.emit(rule)

    def _parsed_rule(self) -> Rule | None:
        try:
            notation = read_rule(self.rule.text())
        except RuleError as error:
            hint = f' Did you mean "{error.suggestion}"?' if error.suggestion else ""
            self.rule_error.say(f"{error.reason[:1].upper()}{error.reason[1:]}.{hint}")
            return None
        self.rule_error.say("The size is set below; write the rule alone." if notation.bounds else "")
        return None if notation.bounds else notation.rule

    def _show_name(self) -> None:
        known = known_rule(self._rule)
        self.rule_name.setText(f"{known.name}. {known.sentence}" if known else "A rule without a name.")

    # The size and the edges.

    @Slot()
    def _judge_size(self) -> None:
        height, width = int(self.rows.value()), int(self.columns.value())
        is_other = (height, width) != (self._board.height, self._board.width)
        lost = cells_cut(self._board, height, width) if is_other else 0
        where = _where_cut(self._board, height, width) if lost else ""
        self.cut.say(f"This cuts off {words.count(lost, 'live cell')} {where}." if lost else "")
        text = f"Cut {'it' if lost == 1 else 'them'}" if lost else "Change the size"
        if text != self.apply.text():
            self.apply.setText(text)
        self._change.setVisible(is_other)

    @Slot()
    def _enter_size(self) -> None:
        self.size_entered.emit(int(self.rows.value()), int(self.columns.value()))

    @Slot()
    def _keep_size(self) -> None:
        for field, now in ((self.rows, self._board.height), (self.columns, self._board.width)):
            with QSignalBlocker(field):  # a file may bring a board that is larger than what can be entered
                field.setMaximum(max(MOST_CELLS_A_SIDE, now))
            field.show_value(now)
        self._judge_size()

    @Slot()
    def _enter_edges(self) -> None:
        self.topology_entered.emit(self.edges.value)


def cells_cut(board: Board, height: int, width: int) -> int:
    """How many live cells lie outside the middle `height` × `width` of the board."""
    if height >= board.height and width >= board.width:
        return 0
    top, left = (height - board.height) // 2, (width - board.width) // 2
    return board.population - board.resized(height, width, top, left).population


def _where_cut(board: Board, height: int, width: int) -> str:
    """At which edges the live cells lie that would be cut: "at the left and right edges"."""
    top, left = max((board.height - height + 1) // 2, 0), max((board.width - width + 1) // 2, 0)
    cells = board.cells()
    cut = {
        "top": cells[:top],
        "bottom": cells[top + height :],
        "left": cells[:, :left],
        "right": cells[:, left + width :],
    }
    sides = [side for side, part in cut.items() if part.any()]
    if len(sides) == len(cut):
        return "on all sides"
    *most, last = sides
    return f"at the {', '.join(most)} and {last} edges" if most else f"at the {last} edge"
