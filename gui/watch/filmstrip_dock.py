"""The last generations side by side: click one to look at it, copy all of them as the book's table."""

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Slot
from PySide6.QtGui import QGuiApplication, QIcon, QPixmap, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QListView, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from gui.cards import dim, tool_button
from gui.look.theme import MARGIN, SPACING, theme_of
from gui.watch.filmstrip import Frame, frames_of, picture, table_of
from gui.watch.watch import Watch
from life.errors import LifeError
from life.history import Record

EMPTY = "No generation was made yet. Press Space to make one."
HOW = "Click a generation to look at it."
SMALLEST, LARGEST = 64, 160  # height of a picture, in device-independent pixels
_WIDEST = 1.8  # times as wide as high
_CAPTION = 2  # lines of text that a picture leaves room for
REFRESH_EVERY_MS = 200  # where generations come faster


class FilmstripDock(QWidget):
    """A row of pictures, the newest on the right; made only while somebody looks."""

    def __init__(self, watch: Watch, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Filmstrip")
        self._watch = watch
        self._frames: list[Frame] = []
        self._icons: dict[tuple[object, ...], QIcon] = {}
        self._is_stale = True
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(REFRESH_EVERY_MS)
        self._soon.timeout.connect(self._refresh)
        self.list = QListWidget()
        self.list.setObjectName("filmstrip-frames")
        self.list.setAccessibleName("The last generations")
        self.list.setViewMode(QListView.ViewMode.IconMode)
        self.list.setFlow(QListView.Flow.LeftToRight)
        self.list.setMovement(QListView.Movement.Static)
        self.list.setWrapping(False)
        self.list.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setSpacing(4)
        self.list.setUniformItemSizes(True)
        self.list.setHorizontalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.hint = dim(QLabel(EMPTY))
        self.copy = tool_button("copy", "Copy the generations as text, side by side")
        foot = QHBoxLayout()
        foot.setContentsMargins(MARGIN, 0, SPACING, 0)
        foot.addWidget(self.hint, 1)
        foot.addWidget(self.copy)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.list, 1)
        layout.addLayout(foot)
        self.list.itemClicked.connect(self._look_at)
        self.list.itemActivated.connect(self._look_at)
        self.copy.clicked.connect(self.copy_table)
        watch.history_changed.connect(self._note_history)
        watch.record_selected.connect(self._follow_record)

    def showEvent(self, event: QShowEvent) -> None:
        """Makes the pictures that were not made while nobody looked."""
        super().showEvent(event)
        self._refresh()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Makes the pictures as large as there is room for."""
        super().resizeEvent(event)
        self._note_history()

    def changeEvent(self, event: QEvent) -> None:
        """Makes them anew after a switch between light and dark."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._icons.clear()
            self._note_history()

    @Slot()
    def copy_table(self) -> None:
        """Puts the book's table of these generations on the clipboard."""
        try:
            QGuiApplication.clipboard().setText(table_of(frames_of(self._watch.records)))
        except LifeError as error:
            self.hint.setText(f"{str(error)[:1].upper()}{str(error)[1:]}.")

    @Slot()
    def _note_history(self) -> None:
        self._is_stale = True
        if not self._soon.isActive():
            self._soon.start()

    @Slot()
    def _refresh(self) -> None:
        if not self._is_stale or not self.isVisible():
            return
        self._is_stale = False
        bar = self.list.horizontalScrollBar()
        is_at_end = bar.value() >= bar.maximum()
        self._frames = frames_of(self._watch.records)
        self._fit_pictures()
        self._icons = {frame.key: self._icon(frame) for frame in self._frames}
        self.list.clear()
        for frame in self._frames:
            self.list.addItem(self._item(frame))
        self.hint.setText(HOW if self._frames else EMPTY)
        self.copy.setEnabled(bool(self._frames))
        self._follow_record(self._watch.record)
        if is_at_end:
            bar.setValue(bar.maximum())

    def _fit_pictures(self) -> None:
        """Gives the pictures the height that there is, and the widest board its width."""
        room = self.list.height() - _CAPTION * self.list.fontMetrics().lineSpacing() - 20
        height = min(max(room, SMALLEST), LARGEST)
        shapes = [frame.seen.width / frame.seen.height for frame in self._frames] or [1.0]
        size = QSize(round(height * min(max(*shapes, 0.6), _WIDEST)), height)
        if size != self.list.iconSize():
            self.list.setIconSize(size)
            self._icons.clear()

    def _icon(self, frame: Frame) -> QIcon:
        made = self._icons.get(frame.key)
        if made is None:
            image = picture(frame, self.list.iconSize(), self.devicePixelRatioF(), theme_of(self.palette()))
            made = QIcon()
            for mode in (QIcon.Mode.Normal, QIcon.Mode.Selected):  # which else would be tinted
                made.addPixmap(QPixmap.fromImage(image), mode)
        return made

    def _item(self, frame: Frame) -> QListWidgetItem:
        item = QListWidgetItem(self._icons[frame.key], frame.caption)
        item.setData(Qt.ItemDataRole.AccessibleTextRole, frame.in_words)
        item.setToolTip(frame.in_words)
        return item

    @Slot(object)
    def _follow_record(self, record: Record | None) -> None:
        if record is None and self._frames:
            return  # one is under way; the choice stays until it has a picture
        frames = enumerate(self._frames)
        row = next((n for n, frame in frames if not frame.is_first and frame.record is record), -1)
        if row != self.list.currentRow() and not self._is_at_first_of(record):
            self.list.setCurrentRow(row)

    def _is_at_first_of(self, record: Record | None) -> bool:
        """Whether the board before that generation is chosen, which is a moment of the same record."""
        row = self.list.currentRow()
        return row == 0 and bool(self._frames) and record is self._frames[0].record and self._watch.instant is not None

    @Slot(QListWidgetItem)
    def _look_at(self, item: QListWidgetItem) -> None:
        frame = self._frames[self.list.row(item)]
        self._watch.select_record(frame.record)
        if frame.is_first:
            self._watch.move_to(frame.record.trace.started)
