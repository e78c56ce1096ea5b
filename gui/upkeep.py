"""Keeps the actions as the session is: what makes sense, what a button does now, how fast it goes."""

from collections.abc import Mapping

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLabel, QToolBar

from gui import words
from gui.actions.make import enable_actions, set_tip
from gui.actions.table import Situation
from gui.docks import Docks
from gui.editing.editing import Editing
from gui.look.icons import icon
from gui.session import RATES, Session
from gui.workspaces import Workspace, Workspaces
from life.facts import FailureReport

SPEEDS = (*(words.rate(rate) for rate in RATES), *(words.speed(None, 1 << power) for power in (19, 60)))  # the widest


class ActionUpkeep(QObject):
    """Looks after the actions of one window."""

    def __init__(
        self, actions: Mapping[str, QAction], session: Session, editing: Editing, rate: QLabel, steps: int
    ) -> None:
        """`rate` is the label between slower and faster, `steps` how many generations are several."""
        super().__init__(rate)
        self._actions = actions
        self._session = session
        self._editing = editing
        self._rate = rate
        self._edited = False, False
        session.state_changed.connect(self.refresh)
        session.undo_changed.connect(self.refresh)
        editing.selection_changed.connect(self._mind_editing)
        editing.floating_changed.connect(self._mind_editing)
        session.rate_changed.connect(self._show_rate)
        session.experiment_changed.connect(self.refresh)
        session.failed.connect(self._note_failure)
        session.as_python_changed.connect(actions["as-python"].setChecked)
        actions["as-python"].setChecked(session.as_python)
        self.show_steps(steps)
        self._show_rate(session.rate)

    @Slot()
    def refresh(self) -> None:
        """Enables what makes sense, and has the first button play or pause."""
        session, play = self._session, self._actions["play"]
        now = Situation(
            session.mode,
            has_report=session.report is not None,
            is_slowest=session.is_slowest,
            is_fastest=session.is_fastest,
            can_undo=bool(session.undo_text),
            can_redo=bool(session.redo_text),
            can_step_back=session.can_step_back,
            has_selection=self._editing.selection is not None,
            has_floating=self._editing.floating is not None,
        )
        enable_actions(self._actions, now)
        name, text, tip = (
            ("pause", "&Pause", "Makes no more generations after this one.")
            if session.is_running
            else ("play", "&Play", "Makes generations until you pause.")
        )
        if play.text() != text:
            play.setText(text)
            play.setIcon(icon(name))
            set_tip(play, tip)

    @Slot()
    def _mind_editing(self) -> None:
        """Not at every move of what is selected or floats, only when it comes or goes."""
        edited = self._editing.selection is not None, self._editing.floating is not None
        if edited != self._edited:
            self._edited = edited
            self.refresh()

    @Slot(int)
    def show_steps(self, steps: int) -> None:
        """Says how many generations are several."""
        self._actions["steps"].setText(f"&{words.count(steps, 'generation')}")
        set_tip(self._actions["steps"])

    @Slot(object)
    def _show_rate(self, rate: float | None) -> None:
        self._rate.setText(words.speed(rate, self._session.stride))
        self.refresh()

    @Slot(FailureReport)
    def _note_failure(self, _report: FailureReport) -> None:
        self.refresh()


class DockUpkeep(QObject):
    """Checks the actions of the docks and workspaces that are shown."""

    def __init__(self, actions: Mapping[str, QAction], docks: Docks, workspaces: Workspaces, parent: QObject) -> None:
        super().__init__(parent)
        self._actions = actions
        docks.shown_changed.connect(self._show_dock)
        workspaces.changed.connect(self._show_workspace)

    @Slot(str, bool)
    def _show_dock(self, dock_id: str, shown: bool) -> None:
        self._actions[dock_id].setChecked(shown)

    @Slot(object)
    def _show_workspace(self, workspace: Workspace) -> None:
        self._actions[f"{workspace.value}-workspace"].setChecked(True)


def rate_label() -> QLabel:
    """A label for the speed that keeps its width whatever it says."""
    label = QLabel()
    label.setObjectName("rate")
    label.setAccessibleName("Speed")
    label.setAlignment(Qt.AlignmentFlag.AlignCenter)
    label.setFixedWidth(max(map(label.fontMetrics().horizontalAdvance, SPEEDS)) + 12)
    return label


def keep_width(bar: QToolBar, action: QAction, *texts: str) -> None:
    """Makes an action's button as wide as the widest of its `texts`, so that those beside it never move."""
    button, text = bar.widgetForAction(action), action.text()
    widths = []
    for candidate in texts:
        action.setText(candidate)
        widths.append(button.sizeHint().width())
    action.setText(text)
    button.setMinimumWidth(max(widths))
