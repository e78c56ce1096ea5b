"""How everything looks: two sets of colours, light and dark, and what follows from them for Qt's widgets.

The application's palette *is* the state: whoever paints asks `theme_of(self.palette())` while painting, and so is
right after every switch without being told. Colours that carry a meaning are those of Okabe and Ito, which people with
colour-blindness tell apart; each also has its own shape, because a projector washes colours out.
"""

import re
from string import Template

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QFont, QFontDatabase, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from gui.look.assets import assets_folder
from gui.look.colours import DARK as DARK
from gui.look.colours import LIGHT as LIGHT
from gui.look.colours import Theme as Theme
from gui.look.colours import palette_for as palette_for
from gui.look.colours import theme_of as theme_of
from gui.look.stylesheet import STYLESHEET
from gui.look.type_size import type_size

MARGIN = 12  # device-independent pixels around what a panel holds
SPACING = 8  # between two things that belong together
SECTION_SPACING = 16  # between two groups

# By the words that the settings remember.
SCHEMES = {"system": Qt.ColorScheme.Unknown, "light": Qt.ColorScheme.Light, "dark": Qt.ColorScheme.Dark}

_KEEPER_NAME = "theme_keeper"
_MONOSPACE = ("Cascadia Mono", "SF Mono", "Menlo", "Consolas", "DejaVu Sans Mono", "Noto Sans Mono", "Liberation Mono")


def current_theme() -> Theme:
    """The theme of the whole application as it is now."""
    return theme_of(QGuiApplication.palette())


def monospace_font(points: float | None = None) -> QFont:
    """A font whose letters are equally wide; of the system's size, or of `points`."""
    font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
    font.setFamilies([*_MONOSPACE, font.family()])
    font.setStyleHint(QFont.StyleHint.Monospace)
    font.setPointSizeF(points if points is not None else QGuiApplication.font().pointSizeF())
    return font


def stylesheet_for(theme: Theme, times: float = 1.0) -> str:
    """The application's style sheet in the colours of `theme`, its measures so many `times` as large."""
    marks = (assets_folder() / "icons" / "marks").as_posix()
    sheet = Template(STYLESHEET).substitute(theme._asdict(), marks=marks, ink="ink" if theme.is_dark else "white")
    if times == 1:
        return sheet
    icons = f"QPushButton, QToolButton, QTabBar {{ icon-size: {round(16 * times)}px; }}\n"
    return icons + re.sub(r"\b(\d+)px", lambda pixels: f"{round(int(pixels[1]) * times)}px", sheet)


def apply_theme(app: QApplication, scheme: Qt.ColorScheme = Qt.ColorScheme.Unknown) -> "ThemeKeeper":
    """Dresses the application, and again whenever the system changes between light and dark.

    Args:
        app: the application; it owns the keeper, so that the result may be ignored.
        scheme: light or dark whatever the system says; Unknown follows the system.

    Returns:
        The keeper, to switch later and to hear of switches; always the same one for the same application.
    """
    keeper = app.findChild(ThemeKeeper, _KEEPER_NAME) or ThemeKeeper(app)
    keeper.follow(scheme)
    return keeper


class ThemeKeeper(QObject):
    """Puts a theme on the application and keeps it in step with the system.

    Signals:
        theme_changed(Theme): everything has its new colours.
    """

    theme_changed = Signal(object)

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self.setObjectName(_KEEPER_NAME)
        self._app = app
        self._scheme = Qt.ColorScheme.Unknown
        if app.style().name() != "fusion":
            app.setStyle("Fusion")
        app.styleHints().colorSchemeChanged.connect(self._follow_system)
        type_size().changed.connect(self._dress)

    @property
    def scheme(self) -> Qt.ColorScheme:
        """What the user asked for; Unknown follows the system."""
        return self._scheme

    def follow(self, scheme: Qt.ColorScheme) -> None:
        """Light or dark from now on, or, with Unknown, whatever the system has."""
        self._scheme = scheme
        self._app.styleHints().setColorScheme(scheme)
        self._dress()

    @Slot(Qt.ColorScheme)
    def _follow_system(self, _scheme: Qt.ColorScheme) -> None:
        self._dress()

    @Slot()
    def _dress(self) -> None:
        theme = DARK if self._is_dark() else LIGHT
        palette, sheet = palette_for(theme), stylesheet_for(theme, type_size().factor)
        if self._app.palette() != palette:  # a whole window that is dressed anew takes its time
            self._app.setPalette(palette)
        if self._app.styleSheet() != sheet:
            self._app.setStyleSheet(sheet)
        self.theme_changed.emit(theme)

    def _is_dark(self) -> bool:
        scheme = self._scheme
        if scheme is Qt.ColorScheme.Unknown:
            scheme = self._app.styleHints().colorScheme()
        if scheme is Qt.ColorScheme.Unknown:
            self._app.setPalette(QPalette())  # back to the system's own, which is the only hint left
            return theme_of(self._app.palette()).is_dark
        return scheme is Qt.ColorScheme.Dark
