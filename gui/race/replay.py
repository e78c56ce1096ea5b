"""The replay: what happened on the small boards, side by side, by one clock."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSignalBlocker, QSize, Qt, Slot
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QLabel, QSlider, QToolButton, QVBoxLayout, QWidget

from gui.board.overlay import look_of
from gui.cards import sentence
from gui.look.icons import icon
from gui.look.theme import LIGHT, SECTION_SPACING, SPACING, theme_of
from gui.race.clock import ReplayClock
from gui.race.replay_board import ReplayBoard
from gui.race.tracks import Track
from gui.watch.legend import swatch
from gui.watch.scrubber import SPEEDS
from life.trace.states import CellState

EMPTY = "Nothing was recorded: boards of up to 2,048 cells are replayed here as soon as they have run."
_STEPS = 10_000  # of the slider
_TEXT_HEIGHT = 48  # of the two lines of text of a board
_BAR_HEIGHT = 80  # of what stands below all boards
_FAR_APART = 8  # times as long as the shortest is the longest
_FIRST_SPEED = 1
_ICON = QSize(18, 18)


class Replay(QWidget):
    """Boards in a grid, and a bar with which one plays, moves and slows down the clock of them all."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("replay")
        self.setAccessibleName("Replay")
        self.clock = ReplayClock(self)
        self.boards: list[ReplayBoard] = []
        self._power = 1.0
        self.play = QToolButton()
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.speed = QComboBox()
        self.position = QLabel()
        self.empty = sentence(EMPTY)
        self._grid = QGridLayout()
        self._legend = _Legend()
        self._build()
        self.play.clicked.connect(self.clock.toggle)
        self.slider.valueChanged.connect(self._drag)
        self.speed.currentIndexChanged.connect(self._set_speed)
        self.clock.moved.connect(self._show_instant)
        self.clock.running_changed.connect(self._show_running)
        self.show_tracks([])

    def _build(self) -> None:
        self.play.setObjectName("replay-play")
        self.play.setIconSize(_ICON)
        self.slider.setObjectName("replay-instant")
        self.slider.setAccessibleName("Instant of the replay")
        self.slider.setRange(0, _STEPS)
        self.slider.setSingleStep(_STEPS // 200)
        self.slider.setPageStep(_STEPS // 20)
        self.speed.setObjectName("replay-speed")
        self.speed.setAccessibleName("Speed of the replay")
        self.speed.addItems([text for text, _ in SPEEDS])
        self.speed.setCurrentIndex(_FIRST_SPEED)
        self.clock.set_speed(SPEEDS[_FIRST_SPEED][1])
        self.position.setObjectName("replay-position")
        self.position.setAccessibleName("Position of the replay")
        self.position.setMinimumWidth(self.position.fontMetrics().horizontalAdvance("00.000 of 00.000 s"))
        self._grid.setHorizontalSpacing(SECTION_SPACING)
        self._grid.setVerticalSpacing(SECTION_SPACING)
        bar = QHBoxLayout()
        bar.setSpacing(SPACING)
        bar.addWidget(self.play)
        bar.addWidget(self.speed)
        bar.addWidget(self.slider, 1)
        bar.addWidget(self.position)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, SPACING, 0, 0)
        layout.setSpacing(SPACING)
        layout.addWidget(self.empty)
        layout.addLayout(self._grid, 1)
        layout.addWidget(self._legend)
        layout.addLayout(bar)
        self._show_running(False)

    def show_tracks(self, tracks: Sequence[Track]) -> None:
        """Shows other boards, from the beginning."""
        for board in self.boards:
            self._grid.removeWidget(board)
            board.setParent(None)
            board.deleteLater()
        self.boards = [ReplayBoard(track) for track in tracks]
        lengths = [track.length for track in tracks]
        self._power = 3.0 if lengths and max(lengths) > _FAR_APART * min(lengths) else 1.0
        self.slider.setToolTip("The beginning has more room than the end" if self._power > 1 else "")
        self.empty.setVisible(not tracks)
        for widget in (self._legend, self.play, self.slider, self.speed, self.position):
            widget.setVisible(bool(tracks))
        self._place_boards()
        self.clock.set_length(max(lengths, default=0))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """As many columns as there is room for."""
        super().resizeEvent(event)
        self._place_boards()

    def _place_boards(self) -> None:
        shapes = [board.track.before.shape for board in self.boards]
        columns = best_columns(len(shapes), shapes[0], self.width(), self.height() - _BAR_HEIGHT) if shapes else 1
        rows = -(-len(shapes) // columns)
        for number, board in enumerate(self.boards):
            self._grid.addWidget(board, number // columns, number % columns)
        for column in range(self._grid.columnCount()):
            self._grid.setColumnStretch(column, int(column < columns))
        for row in range(self._grid.rowCount()):
            self._grid.setRowStretch(row, int(row < rows))

    # The clock.

    @Slot(object)
    def _show_instant(self, instant: int) -> None:
        for board in self.boards:
            board.show_instant(instant)
        length = self.clock.length
        with QSignalBlocker(self.slider):
            self.slider.setValue(round(_STEPS * (instant / length) ** (1 / self._power)) if length else 0)
        self.position.setText(f"{instant / 1e9:.3f} of {length / 1e9:.3f} s")

    @Slot(int)
    def _drag(self, value: int) -> None:
        self.clock.move_to(round(self.clock.length * (value / _STEPS) ** self._power))

    @Slot(int)
    def _set_speed(self, number: int) -> None:
        self.clock.set_speed(SPEEDS[number][1])

    @Slot(bool)
    def _show_running(self, is_running: bool) -> None:
        what = "Pause" if is_running else "Play"
        self.play.setIcon(icon(what.lower()))
        self.play.setToolTip(f"{what} (Space)")
        self.play.setAccessibleName(f"{what} the replay")


def best_columns(count: int, shape: tuple[int, ...], width: float, height: float) -> int:
    """In how many columns `count` boards of so many rows and columns of cells are largest in an area."""

    def pitch(columns: int) -> float:
        rows = -(-count // columns)
        for_width = (width - (columns - 1) * SECTION_SPACING) / columns / shape[1]
        for_height = ((height - (rows - 1) * SECTION_SPACING) / rows - _TEXT_HEIGHT) / shape[0]
        return min(for_width, for_height)

    return max(range(1, count + 1), key=pitch)


class _Legend(QWidget):
    """What the colours and marks mean."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("Legend of the cells' states")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACING // 2)
        self._swatches: dict[CellState, QLabel] = {state: QLabel() for state in CellState}
        layout.addStretch(1)
        for state, label in self._swatches.items():
            layout.addWidget(label)
            layout.addWidget(QLabel(look_of(state, LIGHT).word))
            layout.addSpacing(SPACING)
        layout.addStretch(1)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._show_colours()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.PaletteChange:
            self._show_colours()
        super().changeEvent(event)

    def _show_colours(self) -> None:
        for state, label in self._swatches.items():
            label.setPixmap(swatch(state, theme_of(self.palette()), self.devicePixelRatioF()))
