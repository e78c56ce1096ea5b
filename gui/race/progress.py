"""How far a race is: a bar, the run under way, and the time left, which goes down between two runs as well."""

from time import monotonic

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QSizePolicy, QWidget

from gui import words
from gui.look.theme import SPACING
from gui.race.runner import Progress
from life.fanout import strategy_class

_TICK_MS = 500
_STEPS = 1_000  # of the bar


class ProgressStrip(QWidget):
    """One row that is there while a race runs.

    Signals:
        cancelled: the button was pressed.
    """

    cancelled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("race-progress")
        self.setAccessibleName("Progress of the race")
        self._progress = Progress(0, 1, 0.0)
        self._began = self._heard_at = 0.0
        self.bar = QProgressBar()
        self.bar.setObjectName("race-bar")
        self.bar.setAccessibleName("Share of the race that is done")
        self.bar.setRange(0, _STEPS)
        self.bar.setTextVisible(False)
        self.bar.setFixedWidth(180)
        self.text = QLabel()
        self.text.setObjectName("race-progress-text")
        self.text.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.cancel = QPushButton("Cancel")
        self.cancel.setObjectName("cancel-race")
        self.cancel.setToolTip("Ends the race now and keeps what was measured (Esc)")
        self.cancel.clicked.connect(self.cancelled)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACING + 4)
        layout.addWidget(self.bar)
        layout.addWidget(self.text, 1)
        layout.addWidget(self.cancel)
        self._timer = QTimer(self)
        self._timer.setInterval(_TICK_MS)
        self._timer.timeout.connect(self._tick)

    def begin(self) -> None:
        """A race begins."""
        self._began = monotonic()
        self.show_progress(Progress(0, 1, 0.0))
        self._timer.start()

    def end(self) -> None:
        """It is over."""
        self._timer.stop()

    def show_progress(self, progress: Progress) -> None:
        """Shows how far it is now."""
        self._progress, self._heard_at = progress, monotonic()
        self._tick()

    @Slot()
    def _tick(self) -> None:
        progress = self._progress
        left = max(progress.seconds_left - (monotonic() - self._heard_at), 0.0)
        gone = monotonic() - self._began
        share = gone / (gone + left) if progress.job or progress.done else 0.0
        self.bar.setValue(min(round(share * _STEPS), _STEPS - 1))
        self.text.setText(sentence_of(progress, left))


def sentence_of(progress: Progress, left: float) -> str:
    """How many runs are done, which is under way, and how long it still takes."""
    parts = [f"{progress.done:,} of {words.count(progress.of, 'run')} done"]
    if progress.job:
        title = strategy_class(progress.job.experiment.strategy).title
        parts.append(f"now {title[:1].lower()}{title[1:]}, {words.count(progress.job.cells, 'cell')}")
    if left >= 1:
        parts.append(f"about {words.duration(round(left))} left")
    return "; ".join(parts) + "."
