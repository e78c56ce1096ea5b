"""Goes from one part of the window to the next by key: the board, the docks that are seen, and round again."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtWidgets import QApplication, QWidget


class Panes(QObject):
    """The slots of the keys that take the focus along; each part gets it where it had it last."""

    def __init__(self, parts: Callable[[], Sequence[QWidget]], parent: QObject) -> None:
        """`parts` are all parts of the window in their order; those that cannot be seen are passed over."""
        super().__init__(parent)
        self._parts = parts
        self._last: dict[QWidget, QWidget] = {}

    @Slot()
    def go_to_next_pane(self) -> None:
        """The part after the one that has the focus."""
        self._go(1)

    @Slot()
    def go_to_previous_pane(self) -> None:
        """The part before the one that has the focus."""
        self._go(-1)

    def _go(self, step: int) -> None:
        parts = [part for part in self._parts() if not part.visibleRegion().isEmpty() and _first_in(part)]
        if not parts:
            return
        focus = QApplication.focusWidget()
        here = next((n for n, part in enumerate(parts) if focus and (part is focus or part.isAncestorOf(focus))), None)
        if here is not None and focus is not None:
            self._last[parts[here]] = focus
        there = parts[(here + step) % len(parts)] if here is not None else parts[0 if step > 0 else -1]
        self.go_to(there)

    def go_to(self, part: QWidget) -> None:
        """The focus goes to a part, to what in it had it last."""
        last = self._last.get(part)
        inside = (widget for widget in (part, *part.findChildren(QWidget)) if widget is last)
        target = next((widget for widget in inside if _takes_focus(widget, part)), None) or _first_in(part)
        if target is not None:
            part.window().activateWindow()
            target.setFocus(Qt.FocusReason.ShortcutFocusReason)


def _takes_focus(widget: QWidget, part: QWidget) -> bool:
    can = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus) and widget.isEnabled()
    return can and widget.isVisibleTo(part) and (widget is part or part.isAncestorOf(widget))


def _first_in(part: QWidget) -> QWidget | None:
    """The first widget within a part that takes the focus.

    Qt's own chain would say so too, but PySide lets the widget before own the one that `nextInFocusChain` returns: when
    the one before is deleted, the other, which may be the menu bar, counts as deleted in Python for good.
    """
    return next((widget for widget in (part, *part.findChildren(QWidget)) if _takes_focus(widget, part)), None)
