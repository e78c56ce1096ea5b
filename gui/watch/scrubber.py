"""The time travel bar: one of the last generations, and any instant of it."""

from collections.abc import Callable

from PySide6.QtCore import QSignalBlocker, QSize, Qt, Slot
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QSlider, QToolButton, QWidget

from gui import words
from gui.look.icons import icon
from gui.look.theme import MARGIN, SPACING
from gui.look.type_size import TypeFollower, enlarged
from gui.watch.instants import clamped, event_beside, position_text
from gui.watch.playback import Playback
from gui.watch.watch import Watch
from life.fanout import strategy_class
from life.history import Record
from life.trace.columns import Trace
from life.trace.moments import first_failure, first_lock_wait, peak_of_threads

SPEEDS = (("1×", 1.0), ("1/10×", 0.1), ("1/100×", 0.01))
_STEPS = 10_000  # of the slider
_ICON = 18
_LIVE = "Under way"


class ScrubBar(QWidget):
    """A slider over a finished generation, buttons that play, step and jump, and a choice of generations."""

    def __init__(self, watch: Watch, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._watch = watch
        self.playback = Playback(watch, self)
        self.setObjectName("scrub-bar")
        self.setAccessibleName("Time travel")
        self.generations = _combo("generations", "Generation", "Which of the last generations is looked at")
        self.generations.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.generations.setMinimumContentsLength(12)
        self.play = _button("play-back", "play", "Play back", self.playback.toggle)
        self.back = _button("previous-event", "event-back", "Previous event", self._go_back)
        self.forward = _button("next-event", "event-next", "Next event", self._go_forward)
        self.failure = _button("first-failure", "jump-failure", "First failure", self._go_to_failure)
        self.peak = _button("peak", "jump-peak", "Most threads alive", self._go_to_peak)
        self.lock_wait = _button("first-lock-wait", "jump-lock", "First wait for the lock", self._go_to_lock_wait)
        self.speed = _combo("speed", "Speed", "How fast it is played back, against how fast it was")
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.position = QLabel()
        self._build()
        self._wire()
        self._show_history()
        TypeFollower(self, self._show_record)

    def _build(self) -> None:
        self.speed.addItems([text for text, _ in SPEEDS])
        self.slider.setObjectName("instant")
        self.slider.setAccessibleName("Instant of the generation")
        self.slider.setRange(0, _STEPS)
        self.slider.setPageStep(_STEPS // 20)
        self.slider.setSingleStep(_STEPS // 200)
        self.slider.setMinimumWidth(80)
        self.position.setObjectName("position")
        self.position.setAccessibleName("Position")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(MARGIN, SPACING // 2, MARGIN, SPACING // 2)
        layout.setSpacing(2)
        for widget in (self.back, self.play, self.forward, self.speed):
            layout.addWidget(widget)
        layout.addSpacing(SPACING)
        layout.addWidget(self.slider, 1)
        layout.addSpacing(SPACING)
        layout.addWidget(self.position)
        layout.addSpacing(SPACING)
        for widget in (self.failure, self.peak, self.lock_wait, self.generations):
            layout.addWidget(widget)

    def _wire(self) -> None:
        watch = self._watch
        watch.history_changed.connect(self._show_history)
        watch.record_selected.connect(self._show_record)
        watch.instant_moved.connect(self._show_instant)
        self.generations.activated.connect(self._choose)
        self.slider.valueChanged.connect(self._drag_to)
        self.speed.currentIndexChanged.connect(self._set_speed)
        self.playback.running_changed.connect(self._show_running)

    # What is shown

    @Slot()
    def _show_history(self) -> None:
        with QSignalBlocker(self.generations):
            self.generations.clear()
            for record in reversed(self._watch.records):
                self.generations.addItem(icon("error") if record.failures else QIcon(), _title(record), record)
                last = self.generations.count() - 1
                for role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleDescriptionRole):
                    self.generations.setItemData(last, _description(record), role)
        self._show_choice()

    def _show_choice(self) -> None:
        records = list(reversed(self._watch.records))
        record = self._watch.record
        at = records.index(record) if record in records else -1
        with QSignalBlocker(self.generations):
            self.generations.setCurrentIndex(at)
        is_gone = record is not None and at < 0
        self.generations.setPlaceholderText(_title(record) if record and is_gone else _LIVE)
        self.generations.setEnabled(bool(records))

    @Slot()
    def _show_record(self) -> None:
        record = self._watch.record
        self._show_choice()
        for widget in (self.play, self.back, self.forward, self.slider, self.speed):
            widget.setEnabled(record is not None and not record.trace.is_whole)
        for button, is_there, none in (
            (self.failure, record is not None and first_failure(record.trace) is not None, "No cell failed"),
            (self.peak, record is not None and record.peak_threads > 0, "No cell began"),
            (self.lock_wait, record is not None and first_lock_wait(record.trace) is not None, "No cell waited for it"),
        ):
            button.setEnabled(is_there)
            button.setToolTip(button.accessibleName() if is_there or record is None else none)
        self._show_instant()

    @Slot()
    def _show_instant(self) -> None:
        record = self._watch.record
        if record is None:
            self.position.setText("")
            return
        trace, instant = record.trace, self._watch.instant
        if trace.is_whole:
            self.position.setText("")
            return
        self.position.setText(position_text(trace, instant))
        widest = position_text(trace, None).replace("1", "0")
        self.position.setMinimumWidth(self.position.fontMetrics().horizontalAdvance(widest))
        share = 1.0 if instant is None else (instant - trace.started) / max(trace.finished - trace.started, 1)
        with QSignalBlocker(self.slider):
            self.slider.setValue(round(share * _STEPS))

    @Slot(bool)
    def _show_running(self, is_running: bool) -> None:
        self.play.setIcon(icon("pause" if is_running else "play"))
        name = "Pause" if is_running else "Play back"
        self.play.setAccessibleName(name)
        self.play.setToolTip(name)

    # What the user does

    @Slot(int)
    def _choose(self, index: int) -> None:
        self._watch.select_record(self.generations.itemData(index))

    @Slot(int)
    def _drag_to(self, value: int) -> None:
        record = self._watch.record
        if record is not None:
            trace = record.trace
            self._watch.move_to(trace.started + round((trace.finished - trace.started) * value / _STEPS))

    @Slot(int)
    def _set_speed(self, index: int) -> None:
        self.playback.set_speed(SPEEDS[index][1])

    @Slot()
    def _go_back(self) -> None:
        self._step_to(-1)

    @Slot()
    def _go_forward(self) -> None:
        self._step_to(1)

    def _step_to(self, direction: int) -> None:
        """To the nearest event before or after the instant."""
        record = self._watch.record
        if record is None:
            return
        self.playback.stop()
        instant = record.trace.finished if self._watch.instant is None else self._watch.instant
        self._watch.move_to(event_beside(record.trace, instant, direction))

    @Slot()
    def _go_to_failure(self) -> None:
        self._jump(first_failure)

    @Slot()
    def _go_to_peak(self) -> None:
        self._jump(peak_of_threads)

    @Slot()
    def _go_to_lock_wait(self) -> None:
        self._jump(first_lock_wait)

    def _jump(self, moment: Callable[[Trace], int | None]) -> None:
        record = self._watch.record
        instant = moment(record.trace) if record else None
        if record and instant is not None:
            self.playback.stop()
            self._watch.move_to(clamped(record.trace, instant))


def _title(record: Record) -> str:
    return f"Generation {record.trace.generation:,}"


def _description(record: Record) -> str:
    failed = ", failed" if record.failures else ""
    return f"{strategy_class(record.strategy).title}, {words.duration(record.seconds)}{failed}"


def _button(name: str, drawing: str, text: str, clicked: Callable[[], None]) -> QToolButton:
    button = QToolButton()
    button.setObjectName(name)
    button.setIcon(icon(drawing))
    TypeFollower(button, lambda: button.setIconSize(QSize(enlarged(_ICON), enlarged(_ICON))))
    button.setToolTip(text)
    button.setAccessibleName(text)
    button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    button.clicked.connect(clicked)
    return button


def _combo(name: str, text: str, tip: str) -> QComboBox:
    combo = QComboBox()
    combo.setObjectName(name)
    combo.setAccessibleName(text)
    combo.setToolTip(tip)
    return combo
