"""The source of the strategy that runs, from the very file that runs, with the line in which its caller stands."""

from PySide6.QtCore import Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from gui.cards import dim
from gui.look.theme import MARGIN
from gui.watch.code_view import CodeView
from gui.watch.source_text import HANDING_OUT, Source, place_of_caller, source_of
from gui.watch.watch import Watch
from life.errors import LifeError
from life.fanout import strategy_class
from life.history import Record


class SourceDock(QWidget):
    """Shows the strategy of the generation that is looked at, or the one that was chosen last."""

    def __init__(self, watch: Watch, strategy: str, parent: QWidget | None = None) -> None:
        """`strategy` is the key of the one that is chosen."""
        super().__init__(parent)
        self.setAccessibleName("Source")
        self._watch = watch
        self._strategy = strategy
        self._shown = ""
        self._source: Source | None = None
        self.file = dim(QLabel())
        self.file.setObjectName("source-file")
        self.file.setContentsMargins(MARGIN, 4, MARGIN, 4)
        self.code = CodeView()
        self.code.setAccessibleName("Source of the strategy")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.code, 1)
        layout.addWidget(self.file)
        watch.record_selected.connect(self._follow_record)
        watch.instant_moved.connect(self._follow_instant)

    @Slot(str)
    def show_strategy(self, key: str) -> None:
        """Another one was chosen, for the next generation."""
        self._strategy = key
        self._refresh()

    def showEvent(self, event: QShowEvent) -> None:
        """Reads the source only now that somebody looks."""
        super().showEvent(event)
        self._refresh()

    @Slot(object)
    def _follow_record(self, record: Record | None) -> None:
        if record:
            self._strategy = record.strategy
        self._refresh()

    @Slot(object)
    def _follow_instant(self, _instant: int | None) -> None:
        self._refresh()

    def _refresh(self) -> None:
        if not self.isVisible():
            return
        if self._strategy != self._shown:
            self._shown = self._strategy
            self._read()
        self._mark()

    def _read(self) -> None:
        try:
            self._source = source_of(strategy_class(self._strategy))
        except (OSError, LifeError) as error:
            self._source = None
            self.code.show_code("")
            self.file.setText(f"The source cannot be shown: {error}.")
            return
        self.code.show_code(self._source.text)
        if places := self._source.places[HANDING_OUT]:
            self.code.bring_into_sight(places[0])

    def _mark(self) -> None:
        source, trace, instant = self._source, self._watch.trace, self._watch.instant
        if not source:
            return
        place = place_of_caller(trace, instant) if trace and instant is not None else None
        self.code.mark(source.places[place] if place else ())
        name = "/".join(source.path.parts[-3:])
        where = f": the caller is at its {place.lower().replace(' ', '-')}" if place else ""
        self.file.setText(f"{name}{where}")
        self.code.setAccessibleDescription(f"{name}{where}")
