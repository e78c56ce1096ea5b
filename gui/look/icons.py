"""Icons drawn as lines in the colour of the text beside them, so that they are right in light and in dark.

An icon is drawn when it is shown, for the size, the screen and the palette of that moment; a switch of theme needs no
new icons. What was drawn is kept in Qt's own cache of pixmaps.
"""

from functools import cache

from PySide6.QtCore import QByteArray, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QGuiApplication, QIcon, QIconEngine, QPainter, QPalette, QPixmap, QPixmapCache
from PySide6.QtSvg import QSvgRenderer

from gui.look.assets import assets_folder

_APPLICATION = "lifeloom"
_APPLICATION_SIZES = (16, 20, 24, 32, 48, 64, 128, 256)


def icon(name: str) -> QIcon:
    """The icon drawn in `assets/icons/NAME.svg`.

    Raises:
        FileNotFoundError: there is no such drawing.
    """
    return QIcon(_LineEngine(name, _drawing(name)))


def application_icon() -> QIcon:
    """The application's own icon, in its own colours, at every size that a desktop asks for."""
    renderer = QSvgRenderer(QByteArray(_drawing(_APPLICATION).encode()))
    result = QIcon()
    for size in _APPLICATION_SIZES:
        result.addPixmap(_rendered(renderer, QSize(size, size)))
    return result


@cache
def _drawing(name: str) -> str:
    return (assets_folder() / "icons" / f"{name}.svg").read_text(encoding="utf-8")


def _rendered(renderer: QSvgRenderer, size: QSize) -> QPixmap:
    """A drawing of `size` device pixels, in the middle of them and as large as it goes."""
    pixmap = QPixmap(size)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    side = min(size.width(), size.height())
    renderer.render(painter, QRectF((size.width() - side) / 2, (size.height() - side) / 2, side, side))
    painter.end()
    return pixmap


class _LineEngine(QIconEngine):
    """Draws `currentColor` in whatever colour the application's text has now."""

    def __init__(self, name: str, drawing: str) -> None:
        super().__init__()
        self._name = name
        self._drawing = drawing

    def clone(self) -> QIconEngine:
        return _LineEngine(self._name, self._drawing)

    def key(self) -> str:
        return "lifeloom-line"

    def pixmap(self, size: QSize, mode: QIcon.Mode, _state: QIcon.State) -> QPixmap:
        """The drawing at `size` device pixels; QIcon asks for as many as the screen has."""
        if size.isEmpty():  # a button that has no room yet
            return QPixmap()
        colour = _colour(mode)
        key = f"lifeloom/{self._name}/{size.width()}x{size.height()}/{colour}"
        pixmap = QPixmap()
        if not QPixmapCache.find(key, pixmap):
            tinted = self._drawing.replace("currentColor", colour)
            pixmap = _rendered(QSvgRenderer(QByteArray(tinted.encode())), size)
            QPixmapCache.insert(key, pixmap)
        return pixmap

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        """Draws it into `rect`, as sharp as the painter's device is."""
        painter.drawPixmap(rect, self.pixmap(rect.size() * painter.device().devicePixelRatioF(), mode, state))


def _colour(mode: QIcon.Mode) -> str:
    palette = QGuiApplication.palette()
    if mode is QIcon.Mode.Disabled:
        return palette.color(QPalette.ColorGroup.Disabled, QPalette.ColorRole.WindowText).name()
    if mode is QIcon.Mode.Selected:
        return palette.color(QPalette.ColorRole.HighlightedText).name()
    return palette.color(QPalette.ColorRole.WindowText).name()
