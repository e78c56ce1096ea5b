"""What somebody sees who starts it for the first time: three lines on the empty board, gone with the first use."""

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from gui.board.view import BoardView
from gui.cards import Card, IconMark, heading, tool_button
from gui.look.theme import MARGIN, SECTION_SPACING, SPACING
from gui.over_board import float_over
from gui.session import Session
from gui.settings import WELCOMED, Settings

EMPTY_HINT = "Click cells to draw, then press Play"  # of every later empty board
_LINES = (
    ("draw", "Click or drag on the board to draw cells"),
    ("play", "Press Play to let them live"),
    ("library", "Or begin with a glider gun from the library"),
)


class WelcomeCard(Card):
    """Two ways to get cells, and how to run them.

    Signals:
        library_wanted: the pattern library is to be shown.
        closed: it was closed.
    """

    library_wanted = Signal()
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.setObjectName("welcome")
        self.setAccessibleName("Welcome")
        self.setAccessibleDescription(". ".join(text for _, text in _LINES))
        self.setCursor(Qt.CursorShape.ArrowCursor)
        self.floats = True
        self.library = QPushButton("Show the library")
        self.library.setAccessibleDescription("Opens the library of patterns beside the board")
        self.library.setDefault(True)
        self.library.clicked.connect(self.library_wanted)
        self.close_button = tool_button("close", "Close this hint")
        self.close_button.clicked.connect(self.closed)
        self._lay_out()

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(SECTION_SPACING)
        top.addWidget(heading("Welcome to Lifeloom", 3), 1)
        top.addWidget(self.close_button, 0, Qt.AlignmentFlag.AlignTop)
        lines = QGridLayout()
        lines.setHorizontalSpacing(MARGIN)
        lines.setVerticalSpacing(SPACING)
        for row, (name, text) in enumerate(_LINES):
            lines.addWidget(IconMark(name), row, 0)
            lines.addWidget(QLabel(text), row, 1)
        layout = QVBoxLayout(self)
        lines.setColumnStretch(1, 1)
        layout.setContentsMargins(2 * MARGIN, 2 * MARGIN, 2 * MARGIN, 2 * MARGIN)
        layout.setSpacing(SECTION_SPACING)
        layout.addLayout(top)
        layout.addLayout(lines)
        layout.addWidget(self.library, 0, Qt.AlignmentFlag.AlignLeft)


class Welcome(QObject):
    """Shows the card at the first start, until it is closed or the first cell lives; later a sentence has to do.

    Signals:
        library_wanted: the pattern library is to be shown.
    """

    library_wanted = Signal()

    def __init__(self, view: BoardView, session: Session, settings: Settings) -> None:
        super().__init__(view)
        self._view = view
        self._settings = settings
        self._session = session
        self.card = WelcomeCard()
        self.card.library_wanted.connect(self._show_library)
        self.card.closed.connect(self.dismiss)
        is_first = not settings.get(WELCOMED)
        self.card.setVisible(False)
        float_over(view, self.card, Qt.AlignmentFlag.AlignCenter)
        view.hint_text = "" if is_first else EMPTY_HINT
        self.card.setVisible(is_first)
        session.board_changed.connect(self._mind_board)

    @Slot()
    def dismiss(self) -> None:
        """Shows the card never again."""
        if not self.card.isHidden():
            had_focus = self.card.isAncestorOf(self._view.window().focusWidget())
            self.card.hide()
            self._view.hint_text = EMPTY_HINT
            self._settings.set(WELCOMED, True)
            if had_focus:
                self._view.setFocus()

    @Slot()
    def _mind_board(self) -> None:
        if not self.card.isHidden() and not self._session.board.is_empty:
            self.dismiss()

    @Slot()
    def _show_library(self) -> None:
        self.dismiss()
        self.library_wanted.emit()
