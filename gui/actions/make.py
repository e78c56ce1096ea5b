"""From the table's rows to actions that can be triggered."""

from collections.abc import Callable, Mapping, Sequence
from typing import cast

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QWidget

from gui.actions.table import ROWS, Row, Situation
from gui.look.icons import icon


def make_actions(parent: QWidget, owners: Sequence[QObject]) -> dict[str, QAction]:
    """An action for every row, owned by `parent`, whose shortcuts work in its window.

    What a row does is the method of that name of the first of `owners` that has one.
    """
    actions: dict[str, QAction] = {}
    groups: dict[str, QActionGroup] = {}
    for row in ROWS:
        action = actions[row.id] = QAction(row.text, parent)
        action.setObjectName(row.id)
        action.setShortcuts([QKeySequence(keys) for keys in row.shortcuts])
        action.setCheckable(row.is_checkable)
        if row.icon:
            action.setIcon(icon(row.icon))
        if row.short:
            action.setIconText(row.short)
        set_tip(action, row.tip)
        if row.group:
            groups.setdefault(row.group, QActionGroup(parent)).addAction(action)
        signal = action.toggled if row.is_checkable and not row.group else action.triggered
        signal.connect(slot_of(row, owners))
        parent.addAction(action)
    return actions


def set_tip(action: QAction, tip: str = "") -> None:
    """Has the pointer over the toolbar told the action's text, its first key and, where there is one, a sentence."""
    text = action.text().replace("&", "").rstrip("…")
    keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
    title = f"{text} ({keys})" if keys else text
    action.setToolTip(f"{title}\n{tip}" if tip else title)


def enable_actions(actions: Mapping[str, QAction], now: Situation) -> None:
    """Enables what makes sense."""
    for row in ROWS:
        actions[row.id].setEnabled(row.is_enabled(now))


def slot_of(row: Row, owners: Sequence[object]) -> Callable[..., object]:
    """The method of that name, of the first of `owners` that has one."""
    for owner in owners:
        slot = getattr(owner, row.slot, None)
        if slot is not None:
            return cast(Callable[..., object], slot)
    raise LookupError(f"nobody has the slot {row.slot!r} of the action {row.id!r}")
