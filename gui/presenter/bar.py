"""What can be clicked while presenting: run, stop, how fast, and the way back; in large type with words."""

from collections.abc import Mapping

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtGui import QAction, QKeySequence, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QToolButton

from gui import words
from gui.look.icons import icon
from gui.look.type_size import TypeFollower, enlarged
from gui.session import Session
from gui.upkeep import SPEEDS

_BEFORE = ("play", "step", "stop")
_AROUND_RATE = ("slower", "faster")
_ICON = 22


class PresenterBar(QFrame):
    """A row of large buttons above the board."""

    def __init__(self, session: Session, actions: Mapping[str, QAction]) -> None:
        super().__init__()
        self._session = session
        self.setObjectName("presenter-bar")
        self.setAccessibleName("Presenter")
        self._buttons = {action_id: _button(actions[action_id]) for action_id in (*_BEFORE, *_AROUND_RATE)}
        self.leave = _button(None)
        self.leave.setIcon(icon("close"))
        self.leave.setText("Leave")
        self.leave.setAccessibleName("Leave the presenter mode")
        self.leave.clicked.connect(actions["present"].trigger)
        self._present = actions["present"]
        self.rate = QLabel()
        self.rate.setAccessibleName("Speed")
        self.rate.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._lay_out()
        session.rate_changed.connect(self._show_rate)
        self._show_rate(session.rate)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        TypeFollower(self, self._take_size)

    def _lay_out(self) -> None:
        layout = QHBoxLayout(self)
        for action_id in _BEFORE:
            layout.addWidget(self._buttons[action_id])
        layout.addStretch(1)
        slower, faster = (self._buttons[action_id] for action_id in _AROUND_RATE)
        for widget in (slower, self.rate, faster):
            layout.addWidget(widget)
        layout.addStretch(1)
        layout.addWidget(self.leave)
        for button in (slower, faster):
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)

    def _take_size(self) -> None:
        margin = enlarged(8)
        layout = self.layout()
        if layout is not None:
            layout.setContentsMargins(0, 0, 0, 0)
            layout.setSpacing(enlarged(4))
        for button in (*self._buttons.values(), self.leave):
            button.setIconSize(QSize(enlarged(_ICON), enlarged(_ICON)))
        metrics = self.rate.fontMetrics()
        self.rate.setMinimumWidth(max(map(metrics.horizontalAdvance, SPEEDS)) + margin)
        play = self._buttons["play"]
        play.setMinimumWidth(enlarged(_ICON) + play.fontMetrics().horizontalAdvance("Pause") + 4 * margin)

    def show_run(self, shown: bool) -> None:
        """Shows all buttons, or none but the way back."""
        for widget in (*self._buttons.values(), self.rate):
            widget.setVisible(shown)

    @Slot(object)
    def _show_rate(self, rate: float | None) -> None:
        self.rate.setText(words.speed(rate, self._session.stride))

    def showEvent(self, event: QShowEvent) -> None:
        """Says by which key one leaves, which may have been changed."""
        keys = self._present.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        self.leave.setToolTip(f"Back to the usual window ({keys})" if keys else "Back to the usual window")
        super().showEvent(event)


def _button(action: QAction | None) -> QToolButton:
    button = QToolButton()
    if action is not None:
        button.setDefaultAction(action)
    button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return button
