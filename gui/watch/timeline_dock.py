"""The dock around the timeline: the generation in one sentence, or the story of a cell."""

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QDockWidget, QLabel, QVBoxLayout, QWidget

from gui import words
from gui.look.theme import MARGIN, SPACING
from gui.look.type_size import TypeFollower
from gui.watch.timeline import Timeline
from gui.watch.watch import Cell, Watch
from gui.watch.whole import told_of
from life.trace.columns import Trace
from life.trace.story import story_of


class TimelineDock(QDockWidget):
    """Lanes over time, and below them a line of words about the bar that is pointed at or selected."""

    def __init__(self, watch: Watch, parent: QWidget | None = None) -> None:
        super().__init__("Timeline", parent)
        self._watch = watch
        self.setObjectName("timeline-dock")
        self.timeline = Timeline(watch)
        self.story = QLabel()
        self.story.setObjectName("timeline-story")
        self.story.setAccessibleName("Story of the cell")
        self.story.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.story.setMinimumWidth(1)
        self.story.setWordWrap(True)
        self.story.setAlignment(Qt.AlignmentFlag.AlignTop)
        TypeFollower(self, self._keep_height)
        self.story.setContentsMargins(MARGIN, SPACING // 2, MARGIN, SPACING // 2)
        inside = QWidget()
        layout = QVBoxLayout(inside)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.timeline, 1)
        layout.addWidget(self.story)
        self.setWidget(inside)
        watch.cell_pointed.connect(self._tell_of)
        watch.cell_selected.connect(self._tell)
        self.timeline.bars_shown.connect(self._tell)
        self._tell()

    def _keep_height(self) -> None:
        """So that nothing jumps."""
        self.story.setFixedHeight(2 * self.story.fontMetrics().lineSpacing() + SPACING)

    @Slot(object)
    def _tell_of(self, pointed: Cell | None) -> None:
        self._say(pointed or self._watch.cell)

    @Slot()
    def _tell(self) -> None:
        self._say(self._watch.cell)

    def _say(self, cell: Cell | None) -> None:
        trace = self._watch.trace
        if trace is None:
            self.story.setText("")
        elif trace.is_whole:
            self.story.setText(told_of(trace, self._watch.record))
        elif cell and (number := trace.cell_at(*cell)) is not None:
            failures = self._watch.record.failures if self._watch.record else ()
            story = story_of(trace, number, failures)
            self.story.setText(f"Cell {cell}: {story}.")
        else:
            self.story.setText(self._summary(trace))

    def _summary(self, trace: Trace) -> str:
        bars, record = self.timeline.bars, self._watch.record
        if bars is None or self.timeline.trace is not trace:
            return ""
        cells = words.count(trace.cells, "cell")
        noun = "task" if bars.lanes.is_task else "thread"
        many = words.count(bars.lanes.count, noun)
        if record is None:
            return f"Generation {trace.generation:,} is under way: {cells}, up to {many} at once so far."
        return (
            f"Generation {trace.generation:,}: {cells} in {words.duration(record.seconds)}, up to {many} at once. "
            "Point at a bar for its cell's story."
        )
