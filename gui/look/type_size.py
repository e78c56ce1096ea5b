"""How large all type is: as the system has it, or larger for people who sit far away.

The application's font *is* the state; widgets that take it as it is grow with it. Whatever has a font or a measure of
its own is refreshed by a `TypeFollower`.
"""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QObject, Signal, Slot
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication, QWidget

_NAME = "type_size"


class TypeSize(QObject):
    """The one of an application; see `type_size`.

    Attributes:
        factor: how many times larger than the system's all type is.

    Signals:
        changed: everything has its new font, but for what follows by itself.
    """

    changed = Signal()

    def __init__(self, application: QCoreApplication | None) -> None:
        super().__init__(application)
        self.setObjectName(_NAME)
        self.factor = 1.0
        self._usual: QFont | None = None

    def enlarge(self, factor: float) -> None:
        """Makes all type so many times as large as the system's; 1 puts it back."""
        if factor == self.factor:
            return
        if self._usual is None:
            self._usual = QApplication.font()
        self.factor = factor
        QApplication.setFont(_times(self._usual, factor))
        if factor == 1:
            self._usual = None  # the system may choose another one meanwhile
        self.changed.emit()


class TypeFollower(QObject):
    """Calls `refresh` at once, and again whenever all type becomes larger or smaller, while `owner` exists."""

    def __init__(self, owner: QWidget, refresh: Callable[[], object]) -> None:
        super().__init__(owner)
        self._refresh = refresh
        type_size().changed.connect(self._follow)
        refresh()

    @Slot()
    def _follow(self) -> None:
        self._refresh()


def type_size() -> TypeSize:
    """The type size of the application, which there must be."""
    application = QCoreApplication.instance()
    found = application.findChild(TypeSize, _NAME) if application else None
    return found or TypeSize(application)


def enlarged(pixels: float) -> int:
    """A measure that goes with type of the usual size, in pixels, for the type of now."""
    return round(pixels * type_size().factor)


def larger_font(times: float, *, bold: bool = False) -> QFont:
    """The application's font as it is now, so many times as large."""
    font = _times(QApplication.font(), times)
    font.setBold(bold)
    return font


def _times(font: QFont, factor: float) -> QFont:
    """The same font, larger, whether its size is kept in points or in pixels."""
    larger = QFont(font)
    if font.pointSizeF() > 0:
        larger.setPointSizeF(font.pointSizeF() * factor)
    else:
        larger.setPixelSize(round(font.pixelSize() * factor))
    return larger
