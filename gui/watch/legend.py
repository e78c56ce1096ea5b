"""What the colours and marks over the board mean, and how many cells have each; there only while they are."""

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, Qt, Slot
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget

from gui.board.overlay import look_of, paint_mark, tint_of
from gui.look.theme import LIGHT, MARGIN, SPACING, Theme, theme_of
from gui.look.type_size import TypeFollower, enlarged
from gui.watch.instants import position_text
from gui.watch.watch import Watch
from life.trace.columns import Trace
from life.trace.states import CellState

_SIDE = 18
_WIDTH_FOR_WORDS = 880
_LEAST_WIDTH = 440


def swatch(state: CellState, theme: Theme, ratio: float) -> QPixmap:
    """A cell in one state."""
    side = enlarged(_SIDE)
    pixmap = QPixmap(round(side * ratio), round(side * ratio))
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(theme.edge), 1))
    square = QRectF(0.5, 0.5, side - 1, side - 1)
    for colour in (QColor(theme.board), tint_of(state, theme)):
        painter.setBrush(colour)
        painter.drawRoundedRect(square, 3, 3)
    paint_mark(painter, state, side, theme)
    painter.end()
    return pixmap


class _Entry(QWidget):
    """A swatch, a word and a count that keeps its width.

    Nothing of it is painted in Python: while cells run, each such call would have to wait for the interpreter's lock.
    """

    def __init__(self, state: CellState) -> None:
        super().__init__()
        self._state = state
        self._word = look_of(state, LIGHT).word
        self._shown: tuple[int, int] | None = None
        self._swatch = QLabel()
        self._count = QLabel()
        self._count.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACING // 2)
        self._label = QLabel(self._word)
        for widget in (self._swatch, self._label, self._count):
            layout.addWidget(widget)
        self.setToolTip(self._word)
        self.setObjectName(f"legend-{state.name.lower().replace('_', '-')}")
        self.show_count(0, 0)

    def show_word(self, shown: bool) -> None:
        self._label.setVisible(shown)

    def show_colours(self, theme: Theme) -> None:
        self._swatch.setPixmap(swatch(self._state, theme, self.devicePixelRatioF()))

    def show_count(self, number: int, most: int) -> None:
        before, self._shown = self._shown, (number, most)
        if before == self._shown:
            return
        if before is None or before[1] != most:
            self._count.setMinimumWidth(self._count.fontMetrics().horizontalAdvance(f"{most:,}") + 2)
        self._count.setText(f"{number:,}")
        self.setAccessibleName(f"{self._word}: {number:,}")


class OverlayLegend(QWidget):
    """One row: which instant is shown, what each colour means and how many cells have it, and the way back to now."""

    def __init__(self, watch: Watch, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._watch = watch
        self.setObjectName("overlay-legend")
        self.setAccessibleName("Legend of the cells' states")
        self._title_text = ""
        self.title = QLabel()
        self.title.installEventFilter(self)
        self.title.setObjectName("legend-title")
        self.title.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.now = QPushButton("Back to now")
        self.now.setObjectName("back-to-now")
        self.now.setToolTip("Shows the newest generation again; while an earlier one is shown, cells cannot be drawn")
        self.now.clicked.connect(self._go_to_now)
        self._entries = {state: _Entry(state) for state in CellState}
        layout = QHBoxLayout(self)
        layout.setContentsMargins(MARGIN, SPACING // 2, MARGIN, SPACING // 2)
        layout.setSpacing(SPACING)
        for entry in self._entries.values():
            layout.addWidget(entry)
        layout.addWidget(self.title, 1)
        layout.addWidget(self.now)
        TypeFollower(self, self._show_colours)
        self.hide()

    def _show_colours(self) -> None:
        for entry in self._entries.values():
            entry.show_colours(theme_of(self.palette()))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.PaletteChange:
            self._show_colours()
        super().changeEvent(event)

    def show_counts(self, counts: list[int], trace: Trace, instant: int | None) -> None:
        """Shows how many cells are in each `CellState`, in a generation at an instant (None: at its end)."""
        for state, entry in self._entries.items():
            entry.show_count(counts[state], sum(counts))
        is_live = trace is self._watch.live
        self._say(f"Generation {trace.generation:,}{', live' if is_live else ''}")
        if not is_live:
            self.title.setToolTip(position_text(trace, instant))
        self._reveal(not is_live)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leaves the words to the tooltips where there is no room for them."""
        for entry in self._entries.values():
            entry.show_word(event.size().width() >= enlarged(_WIDTH_FOR_WORDS))
        super().resizeEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Shortens the title when it gets less room, and all of it when there is enough again."""
        if event.type() == QEvent.Type.Resize:
            self._fit_title()
        return super().eventFilter(watched, event)

    def _fit_title(self) -> None:
        metrics, room = self.title.fontMetrics(), self.title.width()
        self.title.setText(metrics.elidedText(self._title_text, Qt.TextElideMode.ElideRight, room))

    def minimumSizeHint(self) -> QSize:
        return QSize(_LEAST_WIDTH, super().minimumSizeHint().height())

    def say(self, text: str) -> None:
        """Says why the board shows nothing of the generation that is looked at."""
        for entry in self._entries.values():
            entry.show_count(0, 0)
        self._say(text)
        self.title.setToolTip(text)
        self._reveal(True)

    def _say(self, text: str) -> None:
        if text != self._title_text:
            self._title_text = text
            self.title.setAccessibleName(text)
            self._fit_title()

    def _reveal(self, is_past: bool) -> None:
        if self.isHidden() or self.now.isHidden() == is_past:
            self.now.setVisible(is_past)
            self.show()

    @Slot()
    def _go_to_now(self) -> None:
        self._watch.select_record(None)
