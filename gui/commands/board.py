"""What is done with the board, and with which tool."""

import numpy as np
from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QWidget

from gui.board.tools import Tool
from gui.board.view import BoardView
from gui.dialogs import choose_number
from gui.document import Document
from gui.session import Session
from gui.settings import DENSITY, Settings
from life.board import Board


class BoardCommands(QObject):
    """The slots that change the board or choose a tool."""

    def __init__(
        self,
        session: Session,
        document: Document,
        view: BoardView,
        settings: Settings,
        window: QWidget,
        chance: np.random.Generator | None = None,
    ) -> None:
        """`chance` fills boards; `window` is what dialogs belong to."""
        super().__init__(window)
        self._session = session
        self._document = document
        self._view = view
        self._settings = settings
        self._window = window
        self._chance = chance or np.random.default_rng()

    @Slot()
    def clear(self) -> None:
        """Every cell dies."""
        self._document.unless_unsaved(self._clear)

    def _clear(self) -> None:
        board = self._session.board
        self._session.replace(Board(board.height, board.width))

    @Slot()
    def fill_randomly(self) -> None:
        """Fills the board by chance with the density that is set."""
        self._document.unless_unsaved(self._fill_randomly)

    def _fill_randomly(self) -> None:
        board = self._session.board
        alive = self._chance.random((board.height, board.width)) < self._settings.get(DENSITY) / 100
        self._session.replace(Board.from_cells(alive))

    @Slot()
    def choose_density(self) -> None:
        """Asks for the density, and fills the board with it."""
        now = self._settings.get(DENSITY)
        dialog = choose_number(self._window, "Random fill", "Share of live cells, in per cent:", now, 99)
        dialog.intValueSelected.connect(self._set_density)

    @Slot(int)
    def _set_density(self, percent: int) -> None:
        self._settings.set(DENSITY, percent)
        self.fill_randomly()

    @Slot()
    def draw(self) -> None:
        """The tool that sets and clears cells."""
        self._view.set_tool(Tool.DRAW)

    @Slot()
    def pan(self) -> None:
        """The tool that moves the view."""
        self._view.set_tool(Tool.PAN)

    @Slot()
    def plant_faults(self) -> None:
        """The tool that plants faults and takes them out."""
        self._view.set_tool(Tool.FAULT)
