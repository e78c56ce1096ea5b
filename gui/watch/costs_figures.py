"""What a generation cost besides time: figures, each with a word on how it came about."""

from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from gui import words
from gui.cards import dim, heading
from gui.look.type_size import TypeFollower, enlarged, larger_font
from life.trace.costs import ORIGINS, Costs

_COLUMN = 150  # device-independent pixels that a figure takes at least, in type of the usual size
_OF_ORIGIN = 0.85  # of other type


@dataclass(frozen=True, slots=True)
class Told:
    """A figure in words: what it is, how much, and how one knows."""

    caption: str
    value: str
    origin: str


def figures_of(costs: Costs, *, is_over: bool = True) -> tuple[Told, ...]:
    """The figures of a generation; of one that is not over, those so far."""
    return (
        _told("Threads started", "threads_started", f"{costs.threads_started:,}"),
        _told("Alive at once, at most", "peak_alive", f"{costs.peak_alive:,}"),
        _told("Failures", "failures", _failures(costs, is_over)),
        _told("Memory reserved", "stack_reserved", words.size(costs.stack_reserved), "address space, "),
        _measured("Memory really used", "memory_used", _size_or_none(costs.memory_used), is_over),
        _measured("Context switches", "voluntary_switches", _switches(costs), is_over),
        _told("Waits for the lock", "lock_contended", _lock(costs)),
    )


def _told(caption: str, attribute: str, value: str, before: str = "") -> Told:
    return Told(caption, value, before + ORIGINS[attribute].value)


def _measured(caption: str, attribute: str, value: str | None, is_over: bool) -> Told:
    if value is not None:
        return _told(caption, attribute, value)
    return Told(caption, "–", "not counted on this platform" if is_over else "counted when it is over")


def _size_or_none(number: int | None) -> str | None:
    return None if number is None else words.size(number)


def _switches(costs: Costs) -> str | None:
    if costs.voluntary_switches is None or costs.involuntary_switches is None:
        return None
    return f"{costs.voluntary_switches + costs.involuntary_switches:,}, {costs.involuntary_switches:,} forced"


def _lock(costs: Costs) -> str:
    if not costs.lock_contended:
        return "none"
    return f"{words.count(costs.lock_contended, 'cell')}, {words.duration(costs.lock_waited / 1e9)} in all"


def _failures(costs: Costs, is_over: bool) -> str:
    if not is_over:  # who sees them is known only afterwards
        return f"{costs.failures or 'none'} so far"
    if not costs.failures:
        return "none"
    return f"{costs.failures:,}, {costs.failures_unseen:,} reached nobody"


class Figures(QWidget):
    """The figures in as many columns as there is room for."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("costs-figures")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._cells: list[_Figure] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(8)
        self._columns = 0
        TypeFollower(self, self._arrange_anew)

    @property
    def told(self) -> tuple[Told, ...]:
        """What is shown."""
        return tuple(cell.told for cell in self._cells)

    def show_figures(self, figures: tuple[Told, ...]) -> None:
        """Shows other figures."""
        while len(self._cells) < len(figures):
            self._cells.append(_Figure())
            self._columns = 0
        for cell, told in zip(self._cells, figures, strict=True):
            cell.show_told(told)
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """There may be room for another number of columns now."""
        super().resizeEvent(event)
        self._arrange()

    def minimumSizeHint(self) -> QSize:
        """One column, so that a narrow dock shows them one below the other."""
        return QSize(enlarged(_COLUMN), super().minimumSizeHint().height())

    def _arrange_anew(self) -> None:
        self._columns = 0
        self._arrange()

    def _arrange(self) -> None:
        columns = max(1, min(self.width() // enlarged(_COLUMN), 4))
        if columns == self._columns:
            return
        for column in range(max(columns, self._columns)):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)
        self._columns = columns
        for number, cell in enumerate(self._cells):
            self._grid.addWidget(cell, number // columns, number % columns, Qt.AlignmentFlag.AlignTop)
        self.updateGeometry()


class _Figure(QWidget):
    """A caption, the figure, and how one knows."""

    def __init__(self) -> None:
        super().__init__()
        self.told = Told("", "", "")
        self._caption, self._value, self._origin = dim(QLabel()), heading(""), dim(QLabel())
        TypeFollower(self, lambda: self._origin.setFont(larger_font(_OF_ORIGIN)))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        for label in (self._caption, self._value, self._origin):
            label.setWordWrap(True)
            layout.addWidget(label)

    def show_told(self, told: Told) -> None:
        """Shows another figure."""
        if told == self.told:
            return
        self.told = told
        self._caption.setText(told.caption)
        self._value.setText(told.value)
        self._origin.setText(told.origin)
        self.setAccessibleName(told.caption)
        self.setAccessibleDescription(f"{told.value} ({told.origin})")
