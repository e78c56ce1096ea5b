"""What is seen of the window until there is more to see: the grounds of toolbar, docks, board and status bar.

They are in the colours and at the places that they will have, so that nothing jumps or flashes when the sheet is taken
away. Nothing in here may touch the namespace `Qt` or need NumPy: the first paint of the window waits for this.
"""

from PySide6.QtCore import QEvent, QMargins, QObject, QRect, QTimer, Signal, Slot
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QMainWindow, QWidget

from gui.look.colours import theme_of

# Around the board when it is first opened: the library, menu and toolbar, the panel, the status bar.
FIRST_MARGINS = QMargins(291, 70, 331, 23)


class Sheet(QWidget):
    """Covers a whole window, and takes the clicks for which there is nothing yet.

    Signals:
        painted: the first time.
    """

    painted = Signal()

    def __init__(self, window: QMainWindow, around_board: QMargins | None) -> None:
        """`around_board` is what the window has around its board; None where there is no board to be seen."""
        super().__init__(window)
        self.setObjectName("sheet")
        self._window = window
        self._around = around_board
        self._was_painted = False
        self.setAutoFillBackground(True)  # so that nothing is painted under it
        self.resize(window.size())
        window.installEventFilter(self)

    @Slot()
    def take_away(self) -> None:
        """Shows what has been put into the window meanwhile."""
        self._window.removeEventFilter(self)
        self.hide()
        self.deleteLater()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stays as large as the window is."""
        if event.type() == QEvent.Type.Resize and isinstance(watched, QWidget):
            self.resize(watched.size())
        return super().eventFilter(watched, event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paints the grounds; the widget's own is the window's."""
        if self._around is not None:
            self._paint_board(self.rect().marginsRemoved(self._around))
        if not self._was_painted:
            self._was_painted = True
            QTimer.singleShot(0, self._tell)  # when it has reached the screen

    def _paint_board(self, board: QRect) -> None:
        theme, painter = theme_of(self.palette()), QPainter(self)
        whole = self.rect()
        painter.fillRect(board, QColor(theme.outside))
        line = QColor(theme.line)
        for y in (board.top() - 1, board.bottom() + 1):
            painter.fillRect(0, y, whole.width(), 1, line)
        for x in (board.left() - 1, board.right() + 1):
            painter.fillRect(x, board.top(), 1, board.height(), line)
        painter.end()

    @Slot()
    def _tell(self) -> None:
        self.painted.emit()


def margins_to_text(margins: QMargins) -> str:
    """Margins as the settings remember them."""
    return f"{margins.left()} {margins.top()} {margins.right()} {margins.bottom()}"


def margins_from_text(text: str) -> QMargins:
    """The counterpart; those of the first time where `text` does not say any that make sense."""
    numbers = [int(word) for word in text.split() if word.isdecimal()]
    return QMargins(*numbers) if len(numbers) == 4 and max(numbers) < 10_000 else FIRST_MARGINS
