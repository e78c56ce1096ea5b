"""The part of the panel that says by which rule, on how large a board and with which edges."""

from PySide6.QtCore import QSignalBlocker, Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from gui import words
from gui.cards import Complaint, heading, sentence
from gui.fanout.fields import ChoiceField, NumberField, add_row, form, side_by_side
from gui.fanout.rule_field import RuleField
from gui.look.theme import SPACING
from gui.settings import MOST_CELLS_A_SIDE
from life.board import Board
from life.edges import check_runs_on
from life.errors import LifeError, RuleError
from life.notation import Notation, read_rule
from life.plane.box import Box
from life.rule import CONWAY, Rule
from life.rules import known_rule
from life.topology import BOUNDED, PLANE, TORUS, Topology
from life.world import World

_EDGES = [
    (PLANE, "No edges (endless plane)"),
    (TORUS, "Wrap round"),
    (BOUNDED, "Dead edges"),
    (Topology(wraps_y=False, wraps_x=True), "Tube, left and right joined"),
    (Topology(wraps_y=True, wraps_x=False), "Tube, top and bottom joined"),
]
_EDGES_TIP = (
    "What lies beyond the edge of the board: its other side, or cells that are dead for ever. "
    "The endless plane has no edge; what lives on it gets a board around it when you choose one."
)
_SIZE_TIP = "Rows × columns. The cells stay in the middle."
_NO_SIZE = "The endless plane has no size; choose edges below to give it one."


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
        self._topology = TORUS
        self._board: World = Board(1, 1)
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
        self._size = side_by_side(self.rows, QLabel("×"), self.columns)
        self.no_size = sentence(_NO_SIZE)
        self.no_size.setObjectName("no-size")
        self.no_size.hide()
        self.edges = ChoiceField("Edges", _EDGES)
        self._lay_out()
        self.rules.text_edited.connect(self._judge_rule)
        self.rules.entered.connect(self._enter_rule)
        self.rows.valueChanged.connect(self._judge_size)
        self.columns.valueChanged.connect(self._judge_size)
        self.apply.clicked.connect(self._enter_size)
        for field in (self.rows, self.columns):
            field.lineEdit().returnPressed.connect(self._enter_size_or_ask)
        self.keep.clicked.connect(self._keep_size)
        self.edges.currentIndexChanged.connect(self._enter_edges)
        self._keep_size()
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
        self._size_label = add_row(rows, "Size", self._size, _SIZE_TIP)
        rows.addRow(self.no_size)
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
        self._topology = topology
        self.edges.show_value(topology)
        if rule != self._rule:
            self._rule = rule
            self.rules.show_rule(rule)
            self.rule_error.say("")
            self._show_name()

    @Slot(object)
    def show_board(self, board: World) -> None:
        """Shows the size where it is another, and what would be cut off this board; the plane has none."""
        is_other = board.frame != self._board.frame
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
        why_not = self._why_not(notation)
        self.rule_error.say(why_not)
        return None if why_not else notation.rule

    def _why_not(self, notation: Notation) -> str:
        if notation.bounds:
            return "The size is set below; write the rule alone."
        try:
            check_runs_on(notation.rule, self._topology)
        except LifeError as error:
            return f"{str(error)[:1].upper()}{str(error)[1:]}."
        return ""

    def _show_name(self) -> None:
        known = known_rule(self._rule)
        self.rule_name.setText(f"{known.name}. {known.sentence}" if known else "A rule without a name.")

    # The size and the edges.

    @Slot()
    def _judge_size(self) -> None:
        board, height, width = self._board, int(self.rows.value()), int(self.columns.value())
        is_other = isinstance(board, Board) and (height, width) != (board.height, board.width)
        lost = cells_cut(board, height, width) if is_other and isinstance(board, Board) else 0
        where = _where_cut(board, height, width) if lost and isinstance(board, Board) else ""
        self.cut.say(f"This cuts off {words.count(lost, 'live cell')} {where}." if lost else "")
        text = f"Cut {'it' if lost == 1 else 'them'}" if lost else "Change the size"
        if text != self.apply.text():
            self.apply.setText(text)
        self._change.setVisible(is_other)

    @Slot()
    def _enter_size(self) -> None:
        self.size_entered.emit(int(self.rows.value()), int(self.columns.value()))

    @Slot()
    def _enter_size_or_ask(self) -> None:
        """As the button, unless that would cut live cells; then it is the button's turn."""
        if self.cut.text:
            self.apply.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self._change.isVisibleTo(self):
            self._enter_size()

    @Slot()
    def _keep_size(self) -> None:
        board = self._board
        for part in (self._size, self._size_label):
            part.setVisible(isinstance(board, Board))
        self.no_size.setVisible(not isinstance(board, Board))
        sizes = ((self.rows, board.height), (self.columns, board.width)) if isinstance(board, Board) else ()
        for field, now in sizes:
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
    return board.population - board.crop(_kept(board, height, width)).population


def _kept(board: Board, height: int, width: int) -> Box:
    top, left = (board.height - height + 1) // 2, (board.width - width + 1) // 2
    return Box(top, left, top + height, left + width)


def _where_cut(board: Board, height: int, width: int) -> str:
    """At which edges the live cells lie that would be cut: "at the left and right edges"."""
    kept, live = _kept(board, height, width), board.box or board.frame
    cut = {
        "top": live.top < kept.top,
        "bottom": live.bottom > kept.bottom,
        "left": live.left < kept.left,
        "right": live.right > kept.right,
    }
    sides = [side for side, is_cut in cut.items() if is_cut]
    if len(sides) == len(cut):
        return "on all sides"
    *most, last = sides
    return f"at the {', '.join(most)} and {last} edges" if most else f"at the {last} edge"
