"""The part of the panel that says by which rule and on how large a board."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from gui import words
from gui.cards import Complaint, heading, sentence
from gui.fanout.fields import NumberField, add_row, form, side_by_side
from gui.look.theme import SPACING
from gui.settings import MOST_CELLS_A_SIDE
from life.board import Board
from life.errors import RuleError
from life.notation import parse_rule
from life.rule import CONWAY, Rule
from life.topology import BOUNDED, TORUS, Topology

_EDGES = {
    TORUS: "Both edges wrap round: the board is a torus.",
    BOUNDED: "Beyond the edges every cell is dead.",
}
_TUBE = "Two edges wrap round, beyond the other two every cell is dead."


class BoardSection(QWidget):
    """Rule and size.

    Signals:
        rule_entered: another rule.
        size_entered: another size, rows and columns.
    """

    rule_entered = Signal(Rule)
    size_entered = Signal(int, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rule = CONWAY
        self._board = Board(1, 1)
        self.rule = QLineEdit(str(CONWAY))
        self.rule.setObjectName("rule")
        self.rule.setAccessibleName("Rule")
        self.rule_error = Complaint()
        self.rows = NumberField("Rows", 1, MOST_CELLS_A_SIDE)
        self.columns = NumberField("Columns", 1, MOST_CELLS_A_SIDE)
        self.apply = QPushButton("Apply")
        self.apply.setObjectName("apply-size")
        self.cut = Complaint()
        self.edges = sentence()
        self._lay_out()
        self.rule.textEdited.connect(self._judge_rule)
        self.rule.editingFinished.connect(self._enter_rule)
        self.rows.valueChanged.connect(self._judge_size)
        self.columns.valueChanged.connect(self._judge_size)
        self.apply.clicked.connect(self._enter_size)

    def _lay_out(self) -> None:
        change = QHBoxLayout()
        change.addWidget(self.cut, 1, Qt.AlignmentFlag.AlignVCenter)
        change.addStretch(0)
        change.addWidget(self.apply)
        rows = form()
        add_row(rows, "Rule", self.rule, "With how many live neighbours a cell is born (B) and survives (S).")
        rows.addRow(self.rule_error)
        add_row(
            rows,
            "Rows, columns",
            side_by_side(self.rows, QLabel("×"), self.columns),
            "Rows × columns. The cells stay in the middle.",
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACING)
        layout.addWidget(heading("Rule and board"))
        layout.addLayout(rows)
        layout.addLayout(change)
        layout.addWidget(self.edges)

    def show_rule(self, rule: Rule, topology: Topology) -> None:
        """Shows what is set; leaves alone what is being typed."""
        self.edges.setText(_EDGES.get(topology, _TUBE))
        if rule != self._rule:
            self._rule = rule
            self.rule.setText(str(rule))
            self.rule_error.say("")

    def show_board(self, board: Board) -> None:
        """Shows the size where it is another, and what would be cut off this board."""
        if (board.height, board.width) != (self._board.height, self._board.width):
            self.rows.show_value(board.height)
            self.columns.show_value(board.width)
        self._board = board
        self._judge_size()

    @Slot()
    def _judge_rule(self) -> None:
        self._parsed_rule()

    @Slot()
    def _enter_rule(self) -> None:
        rule = self._parsed_rule()
        if rule is not None and rule != self._rule:
            self._rule = rule
            self.rule.setText(str(rule))
            self.rule_entered.emit(rule)

    def _parsed_rule(self) -> Rule | None:
        try:
            notation = parse_rule(self.rule.text())
        except RuleError as error:
            hint = f' Did you mean "{error.suggestion}"?' if error.suggestion else ""
            self.rule_error.say(f"{error.reason[:1].upper()}{error.reason[1:]}.{hint}")
            return None
        self.rule_error.say("The size is set below; write the rule alone." if notation.bounds else "")
        return None if notation.bounds else notation.rule

    @Slot()
    def _judge_size(self) -> None:
        height, width = int(self.rows.value()), int(self.columns.value())
        is_other = (height, width) != (self._board.height, self._board.width)
        lost = cells_cut(self._board, height, width) if is_other else 0
        self.cut.say(f"This cuts off {words.count(lost, 'live cell')}." if lost else "")
        self.apply.setText("Cut" if lost else "Change the size")
        self.apply.setVisible(is_other)

    @Slot()
    def _enter_size(self) -> None:
        self.size_entered.emit(int(self.rows.value()), int(self.columns.value()))


def cells_cut(board: Board, height: int, width: int) -> int:
    """How many live cells lie outside the middle `height` × `width` of the board."""
    if height >= board.height and width >= board.width:
        return 0
    top, left = (height - board.height) // 2, (width - board.width) // 2
    return board.population - board.resized(height, width, top, left).population
