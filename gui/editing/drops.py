"""Patterns that are dragged onto the board from the library or from another program."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent

from gui.board.gestures import point_of
from gui.board.view import BoardView
from gui.editing.clipboard import has_text, pattern_in
from gui.editing.editing import Editing
from life.errors import PatternError


class DropTarget(QObject):
    """Installed on a board, has what is dragged over it float there, and places it where it is dropped.

    What is no pattern is left to the window: a file is opened, anything else refused by the pointer's look.
    """

    def __init__(self, editing: Editing, view: BoardView) -> None:
        super().__init__(view)
        self._editing = editing
        self._view = view
        self._is_over = False
        view.setAcceptDrops(True)
        view.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follows a drag."""
        if isinstance(event, QDragEnterEvent):
            self._enter(event)
        elif isinstance(event, QDragMoveEvent) and self._is_over:
            self._move(event)
        elif isinstance(event, QDropEvent) and self._is_over:
            self._drop(event)
        elif event.type() == QEvent.Type.DragLeave and self._is_over:
            self._is_over = False
            self._editing.hold(None)
        else:
            return super().eventFilter(watched, event)
        return True

    def _enter(self, event: QDragEnterEvent) -> None:
        event.ignore()
        if self._view.is_past or not has_text(event.mimeData()):
            return
        try:
            pattern = pattern_in(event.mimeData())
        except PatternError:
            return
        self._editing.float_pattern(pattern)
        self._is_over = self._editing.floating is not None
        if self._is_over:
            self._editing.is_carried = True
            self._move(event)

    def _move(self, event: QDropEvent) -> None:
        self._editing.move_to(self._view.viewport.cell_at(point_of(event.position())))
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()

    def _drop(self, event: QDropEvent) -> None:
        self._is_over = False
        self._move(event)
        self._editing.place()
