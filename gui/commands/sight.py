"""How the board is seen: scales, lines, colours by age, light and dark. What is chosen here is remembered."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QCoreApplication, QObject, Qt, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication

from gui.board.age_keeper import AgeKeeper
from gui.board.age_legend import AgeLegend
from gui.board.scale_bar import ScaleBar
from gui.board.view import BoardView
from gui.board.way import Way
from gui.look.theme import SCHEMES, apply_theme
from gui.over_board import float_over
from gui.session import Session
from gui.settings import AGES, APPEARANCE, GRID, KEEP_IN_SIGHT, Settings
from life.editing.selection import Selection
from life.plane.box import Box


class SightCommands(QObject):
    """The slots of those actions that change nothing but how the board looks."""

    def __init__(
        self, view: BoardView, session: Session, settings: Settings, selected: Callable[[], Selection | None]
    ) -> None:
        """`selected` tells which cells are selected at the moment."""
        super().__init__(view)
        self._view = view
        self._settings = settings
        self._selected = selected
        self._ages = AgeKeeper(session, view.ages, self)
        self._ages.shown_changed.connect(view.update)
        legend = AgeLegend()
        float_over(view, legend, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom)
        self._ages.shown_changed.connect(legend.show_ages)
        self.scale_bar = ScaleBar(view)
        float_over(view, self.scale_bar, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
        self.way = Way(view)
        view.board_shown.connect(self._follow)

    @Slot()
    def _follow(self) -> None:
        if self._settings.get(KEEP_IN_SIGHT):
            self._view.fit_where_outgrown()

    @Slot(bool)
    def set_kept_in_sight(self, wanted: bool) -> None:
        """Whether the view steps back where a pattern on the plane grows out of it."""
        self._settings.set(KEEP_IN_SIGHT, wanted)
        if wanted:
            self._view.fit_where_outgrown()

    @Slot()
    def go_to_pattern(self) -> None:
        """The nearest live cells, where none is in sight; else everything."""
        self.way.go()

    def restore(self, actions: Mapping[str, QAction]) -> None:
        """Has everything look as it did last time, and `actions` say so."""
        look = self._settings.get(APPEARANCE)
        actions[f"{look}-look"].setChecked(True)
        if look != "system":  # which is how the application was dressed when it began
            self._dress(look)
        actions["grid"].setChecked(self._settings.get(GRID))
        self._view.show_grid(self._settings.get(GRID))
        actions["ages"].setChecked(self._settings.get(AGES))
        actions["keep-in-sight"].setChecked(self._settings.get(KEEP_IN_SIGHT))

    @Slot()
    def fit_selection(self) -> None:
        """What is selected, as large as it goes."""
        chosen = self._selected()
        if chosen is not None:
            bottom, right = chosen.top + chosen.height, chosen.left + chosen.width
            self._view.fit_box(Box(chosen.top, chosen.left, bottom, right))

    @Slot()
    def show_scale_1(self) -> None:
        """A pixel a cell."""
        self._view.show_scale(1)

    @Slot()
    def show_scale_2(self) -> None:
        """Two pixels a cell."""
        self._view.show_scale(2)

    @Slot()
    def show_scale_4(self) -> None:
        """Four pixels a cell."""
        self._view.show_scale(4)

    @Slot()
    def show_scale_8(self) -> None:
        """Eight pixels a cell."""
        self._view.show_scale(8)

    @Slot()
    def show_scale_16(self) -> None:
        """Sixteen pixels a cell."""
        self._view.show_scale(16)

    @Slot()
    def show_scale_32(self) -> None:
        """Thirty-two pixels a cell."""
        self._view.show_scale(32)

    @Slot(bool)
    def set_grid(self, shown: bool) -> None:
        """Whether there are lines between cells."""
        self._settings.set(GRID, shown)
        self._view.show_grid(shown)

    @Slot(bool)
    def set_ages(self, shown: bool) -> None:
        """Whether cells are coloured by how many generations they have lived."""
        self._settings.set(AGES, shown)
        self._ages.set_wanted(shown)

    @Slot()
    def look_as_system(self) -> None:
        """Light or dark, as the system is."""
        self._look("system")

    @Slot()
    def look_light(self) -> None:
        """Light, whatever the system is."""
        self._look("light")

    @Slot()
    def look_dark(self) -> None:
        """Dark, whatever the system is."""
        self._look("dark")

    def _look(self, look: str) -> None:
        self._settings.set(APPEARANCE, look)
        self._dress(look)

    def _dress(self, look: str) -> None:
        application = QCoreApplication.instance()
        if isinstance(application, QApplication):
            apply_theme(application, SCHEMES[look])
