"""The figures of a race as a table that can be sorted and copied."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QFrame, QTableWidget, QTableWidgetItem

from life.fanout import strategy_class
from life.race.entry import Entry
from life.race.report import Row, fates_table, rows_of, table

Value = Callable[[Row], float | None]
Line = Sequence[tuple[str, float | None]]  # the text of each cell, and what it is sorted by

# What each column of `life.race.report.table` is sorted by; None where that is its text.
_VALUES: tuple[Value | None, ...] = (
    None,
    lambda row: row.cells,
    lambda row: row.middle(lambda e: e.seconds),
    lambda row: row.middle(lambda e: e.ratio),
    None,
    lambda row: row.middle(lambda e: e.cpu_seconds),
    lambda row: row.middle(lambda e: e.threads_started),
    lambda row: row.middle(lambda e: e.peak_threads),
    lambda row: row.middle(lambda e: e.memory_reserved),
    lambda row: row.middle(lambda e: e.memory_used),
    lambda row: row.middle(lambda e: e.context_switches),
)
_COUNTS: tuple[tuple[str, Value], ...] = (
    ("raised", lambda row: row.entries[0].failures),
    ("reached", lambda row: row.entries[0].reached),
    ("lost", lambda row: row.entries[0].lost),
)
_TIPS = {
    "seconds": "Median of all runs, with the fastest and the slowest",
    "× the wait": "How many times as long as the longest single wait",
    "CPU s": "Processor time of the child process during the generation",
    "threads started": "Threads besides the caller's that stepped a cell",
    "peak alive": "The most threads that were inside a cell's step at one instant",
    "reserved (computed)": "Address space for the stacks of the threads at their peak",
    "really used": "By how much the resident memory of the process rose",
    "switches": "Context switches, voluntary and involuntary",
    "raised": "Exceptions that cells raised in one run",
    "reached": "Of these, those that reached the caller",
    "lost": "Of these, those that did not reach the caller",
}
_MANY = 8  # columns, of which none may take the room of the others
_UNLIMITED = 16_777_215
_BROKEN = {
    "threads started": "threads\nstarted",
    "peak alive": "peak\nalive",
    "reserved (computed)": "reserved\n(computed)",
    "really used": "really\nused",
    "against the measurement": "against the\nmeasurement",
}
_WIDEST = 260  # device-independent pixels of a column; the rest is in its tooltip
_AIRY = """
QTableView { background: transparent; alternate-background-color: palette(base); }
QTableView::item { padding: 0 5px; }
QHeaderView::section { padding: 4px 8px; }
"""


class _Item(QTableWidgetItem):
    """A cell that is sorted by its number where it has one; what is not known comes last."""

    def __init__(self, text: str, value: float | None, *, is_number: bool) -> None:
        super().__init__(text)
        self._value = value
        self._is_number = is_number
        side = Qt.AlignmentFlag.AlignRight if is_number else Qt.AlignmentFlag.AlignLeft
        self.setTextAlignment(side | Qt.AlignmentFlag.AlignVCenter)
        self.setFlags(Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled)

    def __lt__(self, other: QTableWidgetItem) -> bool:
        if self._is_number and isinstance(other, _Item):
            return (self._value is None, self._value or 0.0) < (other._value is None, other._value or 0.0)
        return self.text() < other.text()


class FiguresTable(QTableWidget):
    """Lines of text under a heading; a click on a heading sorts, and Ctrl+C copies with tabs between the cells."""

    def __init__(self, name: str, parent: QFrame | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setObjectName(name.lower().replace(" ", "-"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setAlternatingRowColors(True)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setStyleSheet(_AIRY)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setSortIndicatorClearable(True)
        self.horizontalHeader().setSortIndicator(-1, Qt.SortOrder.AscendingOrder)  # as the runs came

    def show_entries(self, entries: Sequence[Entry]) -> None:
        """Shows all figures of these runs, a strategy and size a row."""
        rows = rows_of(entries)
        headings, *lines = table(entries)
        made = []
        for row, line in zip(rows, lines, strict=True):
            values = [value(row) if value else None for value in _VALUES]
            line = (strategy_class(row.strategy).title, *line[1:])
            items = [_Item(t, v, is_number=g is not None) for t, v, g in zip(line, values, _VALUES, strict=True)]
            counts = [_Item(f"{value(row) or 0:,.0f}", value(row), is_number=True) for _, value in _COUNTS]
            made.append(items + counts)
        self._fill([*headings, *(name for name, _ in _COUNTS)], made)

    def show_fates(self, entries: Sequence[Entry]) -> None:
        """Shows who saw the exceptions of these runs, a strategy and size a row."""
        headings, *lines = fates_table(entries)
        is_number = [n in (1, 2, 3, 4) for n in range(len(headings))]
        known = [
            [(t, float(t.replace(",", "")) if n else None) for t, n in zip(line, is_number, strict=True)]
            for line in ((strategy_class(key).title, *rest) for key, *rest in lines)
        ]
        self.show_lines(headings, known, is_number)

    def show_lines(self, headings: Sequence[str], lines: Sequence[Line], is_number: Sequence[bool]) -> None:
        """Shows any lines; which columns hold numbers is the same for all of them."""
        self._fill(
            headings,
            [
                [_Item(text, value, is_number=number) for (text, value), number in zip(line, is_number, strict=True)]
                for line in lines
            ],
        )

    def _fill(self, headings: Sequence[str], lines: Sequence[Sequence[QTableWidgetItem]]) -> None:
        self.setSortingEnabled(False)
        self.setColumnCount(len(headings))
        self.setRowCount(len(lines))
        for column, heading in enumerate(headings):
            item = QTableWidgetItem(_BROKEN.get(heading, heading))
            side = Qt.AlignmentFlag(lines[0][column].textAlignment()) if lines else Qt.AlignmentFlag.AlignLeft
            item.setTextAlignment(side)
            item.setToolTip(_TIPS.get(heading, ""))
            self.setHorizontalHeaderItem(column, item)
        for y, line in enumerate(lines):
            for x, item in enumerate(line):
                item.setToolTip(item.text())
                self.setItem(y, x, item)
        self.setSortingEnabled(True)
        self.horizontalHeader().setMaximumSectionSize(_WIDEST if len(headings) > _MANY else _UNLIMITED)
        self.resizeColumnsToContents()

    def as_tsv(self) -> str:
        """The chosen rows, or all of them where none is chosen, under their headings, in the order that is shown."""
        chosen = sorted({index.row() for index in self.selectedIndexes()}) or range(self.rowCount())
        model, columns = self.model(), range(self.columnCount())
        headings = [str(model.headerData(column, Qt.Orientation.Horizontal)) for column in columns]
        lines = [[heading.replace("\n", " ") for heading in headings]]
        lines += [[str(model.index(row, column).data()) for column in columns] for row in chosen]
        return "\n".join("\t".join(line) for line in lines) + "\n"

    def event(self, event: QEvent) -> bool:
        """Keeps Ctrl+C to itself, which would copy the board's cells."""
        is_copy = isinstance(event, QKeyEvent) and event.matches(QKeySequence.StandardKey.Copy)
        if event.type() == QEvent.Type.ShortcutOverride and is_copy:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+C copies."""
        if event.matches(QKeySequence.StandardKey.Copy):
            QGuiApplication.clipboard().setText(self.as_tsv())
            event.accept()
            return
        super().keyPressEvent(event)
