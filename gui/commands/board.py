"""Which tool is used on the board, and the cell that the arrow keys chose."""

from PySide6.QtCore import QObject, Signal, Slot

from gui.board.tools import Tool
from gui.board.view import BoardView


class BoardCommands(QObject):
    """The slots that choose a tool, or use it without a mouse.

    Signals:
        pen_taken: the draw tool was taken by picking a cell's state, and not by its own action.
    """

    pen_taken = Signal()

    def __init__(self, view: BoardView, parent: QObject) -> None:
        super().__init__(parent)
        self._view = view
        view.state_picked.connect(self._draw_as_picked)

    @Slot()
    def draw(self) -> None:
        """The tool that sets and clears cells, each stroke as its first cell needs it."""
        self._view.hand.pen = None
        self._view.set_tool(Tool.DRAW)

    @Slot(bool)
    def _draw_as_picked(self, alive: bool) -> None:
        self._view.hand.pen = alive
        self._view.set_tool(Tool.DRAW)
        self.pen_taken.emit()

    @Slot()
    def pick(self) -> None:
        """The tool that picks what is drawn from now on: live cells or dead ones."""
        self._view.set_tool(Tool.PICK)

    @Slot()
    def select_cells(self) -> None:
        """The tool that selects a part of the board, and moves it."""
        self._view.set_tool(Tool.SELECT)

    @Slot()
    def pan(self) -> None:
        """The tool that moves the view."""
        self._view.set_tool(Tool.PAN)

    @Slot()
    def plant_faults(self) -> None:
        """The tool that plants faults and takes them out."""
        self._view.set_tool(Tool.FAULT)

    @Slot()
    def use_tool_at_cursor(self) -> None:
        """What a click with the tool does, at the cell of the arrow keys."""
        self._view.use_tool_at_cursor()

    @Slot()
    def watch_at_cursor(self) -> None:
        """Has the cell of the arrow keys watched."""
        self._view.pick_at_cursor()
