"""The window that says what Python may have kept to itself: which cell failed, how, and who got to know of it."""

from PySide6.QtCore import QItemSelectionModel, Qt, QThread, Signal, Slot
from PySide6.QtGui import QGuiApplication, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QDialog,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QTableView,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from gui import words
from gui.cards import Card, IconMark, Tone, colour_of, dim, heading, sentence
from gui.failures import text as failure_text
from gui.failures.table import FailureTable
from gui.failures.witness_view import WitnessView
from gui.look.icons import icon
from gui.look.theme import MARGIN, SPACING, monospace_font
from gui.look.type_size import TypeFollower, enlarged
from life.errors import Failure
from life.experiment import Experiment
from life.facts import FailureReport

WIDTH = 720
MOST_ROWS_SHOWN = 6
_FRAME = 48  # device-independent pixels that the system puts around a window


class FailureDialog(QDialog):
    """One window for all failures; a further report updates it.

    Signals:
        cell_wanted: show this cell (y, x).
        keep_going_wanted, pause_wanted, retry_wanted: what the simulation is to do.
        retry_without_fault_wanted: the same without the fault that is planted in cell (y, x).
        as_python_wanted: whether failures are to be left as Python leaves them.
    """

    cell_wanted = Signal(object, object)
    keep_going_wanted = Signal()
    pause_wanted = Signal()
    retry_wanted = Signal()
    retry_without_fault_wanted = Signal(object, object)
    as_python_wanted = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        if not QThread.isMainThread():
            raise RuntimeError("a window can be opened in the GUI thread only")
        super().__init__(parent)
        self.setObjectName("failure-dialog")
        self.setWindowTitle("A cell failed")
        self.setModal(False)
        self._report: FailureReport | None = None
        self._experiment = Experiment()
        self._failed_generations: set[int] = set()
        self._failures = 0
        self.headline = heading("", 5)
        self.others = QLabel()
        self.circumstances = dim(QLabel())
        self.verdict = heading("", 2)
        self.witnesses = WitnessView()
        self.origin = Origin()
        self.table = FailureTable(self)
        self.rows = _table_view(self.table)
        self.tally = sentence()
        self.traceback = _traceback_view()
        self.traceback_toggle = QToolButton()
        self.as_python = QCheckBox("As Python does it: say nothing when a cell fails")
        self._lay_out()
        self._wire()

    def _lay_out(self) -> None:
        for label in (self.headline, self.others, self.circumstances):
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.headline.setWordWrap(True)
        self.traceback_toggle.setText("Traceback")
        self.traceback_toggle.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        body = QWidget()
        layout = self._column = QVBoxLayout(body)
        layout.setContentsMargins(2 * MARGIN, 2 * MARGIN, 2 * MARGIN, SPACING)
        layout.setSpacing(SPACING)
        layout.addLayout(self._header())
        layout.addSpacing(SPACING)
        layout.addWidget(self.verdict)
        layout.addWidget(self.witnesses)
        layout.addWidget(self.origin)
        layout.addSpacing(SPACING)
        layout.addWidget(self.tally)
        layout.addWidget(self.rows, 1)
        layout.addWidget(self.traceback_toggle)
        layout.addWidget(self.traceback, 2)
        layout.addSpacing(SPACING)
        layout.addWidget(self.as_python)
        self._frame = QVBoxLayout(self)
        self._frame.setContentsMargins(0, 0, 0, 0)
        self._frame.setSpacing(SPACING)
        self._area = _scrolled(body)
        self._frame.addWidget(self._area, 1)
        self._frame.addLayout(self._buttons())
        self._show_traceback(False)

    def _header(self) -> QHBoxLayout:
        texts = QVBoxLayout()
        texts.setSpacing(2)
        for label in (self.headline, self.others, self.circumstances):
            texts.addWidget(label)
        header = QHBoxLayout()
        header.setSpacing(2 * SPACING)
        mark = IconMark("error", 40, lambda theme: colour_of(Tone.ERROR, theme))
        header.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
        header.addLayout(texts, 1)
        return header

    def _buttons(self) -> QHBoxLayout:
        self.show_cell = QPushButton(icon("show-cell"), "Show the cell")
        self.copy = QPushButton(icon("copy"), "Copy the report")
        self.retry = QPushButton(icon("retry"), "Retry the generation")
        self.pause = QPushButton("Pause")
        self.keep_going = QPushButton("Keep going")
        row = QHBoxLayout()
        row.setContentsMargins(2 * MARGIN, 0, 2 * MARGIN, MARGIN)
        row.setSpacing(SPACING)
        for button in (self.show_cell, self.copy, self.retry, self.pause, self.keep_going):
            button.setAutoDefault(False)
            row.addWidget(button)
        row.insertStretch(2, 1)
        self.keep_going.setDefault(True)
        return row

    def _wire(self) -> None:
        self.rows.selectionModel().currentRowChanged.connect(self._show_selected)
        self.rows.doubleClicked.connect(self._want_cell)
        self.traceback_toggle.clicked.connect(self._toggle_traceback)
        self.origin.retry.clicked.connect(self._want_retry_without_fault)
        self.as_python.toggled.connect(self.as_python_wanted)
        self.show_cell.clicked.connect(self._want_cell)
        self.copy.clicked.connect(self._copy)
        self.retry.clicked.connect(self._want_retry)
        self.pause.clicked.connect(self._want_pause)
        self.keep_going.clicked.connect(self._want_to_keep_going)

    def show_report(self, report: FailureReport, experiment: Experiment, *, is_new: bool = True) -> None:
        """Shows a report in the place of the one before; a cell that fails again stays selected.

        Args:
            report: what failed.
            experiment: with which it ran; says whether a fault was planted on purpose.
            is_new: whether it counts, or was shown before.
        """
        selected = self._selected() if self._report else None
        self._report, self._experiment = report, experiment
        if is_new:
            self._failed_generations.add(report.generation)
            self._failures += len(report.failures)
        self.table.show_failures(report.failures)
        self.rows.setVisible(len(report.failures) > 1)
        self.rows.setMinimumHeight(_height_of_rows(self.rows, min(len(report.failures), MOST_ROWS_SHOWN)))
        self.rows.setMaximumHeight(_height_of_rows(self.rows, len(report.failures)))
        self.tally.setText(self._tally())
        self.tally.setVisible(bool(self.tally.text()))
        self._select(self.table.row_of(selected.y, selected.x) if selected else 0)

    def forget(self) -> None:
        """Counts anew, and begins the next report at its first failure."""
        self._report = None
        self._failed_generations.clear()
        self._failures = 0

    def show_as_python(self, as_python: bool) -> None:
        """Shows how the switch stands."""
        blocked = self.as_python.blockSignals(True)
        self.as_python.setChecked(as_python)
        self.as_python.blockSignals(blocked)

    def report_text(self) -> str:
        """Everything that is shown, as plain text."""
        return failure_text.plain(self._report) if self._report else ""

    def showEvent(self, event: QShowEvent) -> None:
        """Takes the size that its texts need, which is known only now, and has Enter go on."""
        super().showEvent(event)
        self.fit()
        self.keep_going.setFocus()

    def _tally(self) -> str:
        parts = [f"{failure_text.tally(self._report)}."] if self._report and len(self._report.failures) > 1 else []
        if len(self._failed_generations) > 1:
            generations = words.count(len(self._failed_generations), "generation")
            parts.append(f"{generations} have failed so far, with {words.count(self._failures, 'failure')}.")
        return " ".join(parts)

    def _select(self, row: int) -> None:
        index = self.table.index(row, 0)
        flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
        self.rows.selectionModel().setCurrentIndex(index, flags)
        self.rows.scrollTo(index)

    def _selected(self) -> Failure:
        return self.table.failure(max(self.rows.currentIndex().row(), 0))

    @Slot()
    def _show_selected(self) -> None:
        report, failure = self._report, self._selected()
        if report is None:
            return
        self.headline.setText(failure_text.headline(failure))
        self.others.setText(failure_text.others(report))
        self.others.setVisible(bool(self.others.text()))
        self.circumstances.setText(failure_text.circumstances(report))
        self.verdict.setText(failure_text.VERDICTS[failure.fate])
        self.witnesses.show_witnesses(failure_text.witnesses(failure, report.caller_got))
        self.traceback.setPlainText(failure.traceback)
        self.origin.show_origin(failure, self._experiment)
        self._grow()

    @Slot()
    def _toggle_traceback(self) -> None:
        self._show_traceback(self.traceback.isHidden())
        if not self.traceback.isHidden():
            self._area.ensureWidgetVisible(self.traceback)

    def _show_traceback(self, shown: bool) -> None:
        self.traceback.setVisible(shown)
        self.traceback_toggle.setArrowType(Qt.ArrowType.DownArrow if shown else Qt.ArrowType.RightArrow)
        self.fit()

    def fit(self) -> None:
        """Takes the height that its texts need."""
        self._column.activate()
        self._frame.activate()
        room = self.screen().availableSize()
        needed = max(self._column.totalMinimumSize().width(), self._frame.totalMinimumSize().width())
        width = max(min(enlarged(WIDTH), room.width()), needed)
        self.resize(width, min(self._height_for(width), room.height() - _FRAME))

    def _height_for(self, width: int) -> int:
        """What all texts and the row of buttons take; where the screen has less, the texts are scrolled."""
        buttons = self.keep_going.sizeHint().height() + MARGIN
        return self._column.totalHeightForWidth(width) + SPACING + buttons

    def _grow(self) -> None:
        needed = min(self._height_for(self.width()), self.screen().availableSize().height() - _FRAME)
        if self.isVisible() and needed > self.height():
            self.resize(self.width(), needed)

    @Slot()
    def _want_cell(self) -> None:
        failure = self._selected()
        self.cell_wanted.emit(failure.y, failure.x)

    @Slot()
    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.report_text())

    @Slot()
    def _want_retry(self) -> None:
        self.accept()
        self.retry_wanted.emit()

    @Slot()
    def _want_retry_without_fault(self) -> None:
        failure = self._selected()
        self.accept()
        self.retry_without_fault_wanted.emit(failure.y, failure.x)

    @Slot()
    def _want_pause(self) -> None:
        self.accept()
        self.pause_wanted.emit()

    @Slot()
    def _want_to_keep_going(self) -> None:
        self.accept()
        self.keep_going_wanted.emit()


class Origin(Card):
    """Says that a failure was wanted, and offers to run the generation without it."""

    def __init__(self) -> None:
        super().__init__(Tone.WARNING)
        self.text = QLabel()
        self.text.setWordWrap(True)
        self.retry = QPushButton("Retry without the fault")
        self.retry.setAutoDefault(False)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 8, 8, 8)
        layout.setSpacing(SPACING)
        layout.addWidget(IconMark("fault"))
        layout.addWidget(self.text, 1)
        layout.addWidget(self.retry)

    def show_origin(self, failure: Failure, experiment: Experiment) -> None:
        """Shows why this one failed; hides where nobody wanted it."""
        text = failure_text.origin(failure, experiment.faults, experiment.fault_rate)
        self.text.setText(text)
        self.retry.setVisible((failure.y, failure.x) in experiment.faults)
        self.setVisible(bool(text))


def _table_view(model: FailureTable) -> QTableView:
    view = QTableView()
    view.setModel(model)
    view.setAccessibleName("Failing cells")
    view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    view.setShowGrid(False)
    view.setTabKeyNavigation(False)
    view.verticalHeader().hide()
    TypeFollower(view, lambda: _take_size(view))
    header = view.horizontalHeader()
    header.setHighlightSections(False)
    header.setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)  # what was raised may be long
    header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    return view


def _scrolled(body: QWidget) -> QScrollArea:
    area = QScrollArea()
    area.setWidget(body)
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return area


def _take_size(view: QTableView) -> None:
    view.verticalHeader().setDefaultSectionSize(view.fontMetrics().height() + 8)
    for column, width in enumerate((90, 170, 240, 130)):
        view.setColumnWidth(column, enlarged(width))


def _height_of_rows(view: QTableView, count: int) -> int:
    rows = count * view.verticalHeader().defaultSectionSize()
    return rows + view.horizontalHeader().sizeHint().height() + 2 * view.frameWidth()


def _traceback_view() -> QPlainTextEdit:
    view = QPlainTextEdit()
    view.setReadOnly(True)
    view.setAccessibleName("Traceback")
    TypeFollower(view, lambda: view.setFont(monospace_font()))
    view.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
    view.setFrameShape(QFrame.Shape.NoFrame)
    view.setMinimumHeight(150)
    return view
