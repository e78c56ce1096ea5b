"""Which action stands where: menus and toolbar as nested tuples of ids, and what is made of them."""

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QMenuBar, QSizePolicy, QToolBar, QToolButton, QWidget

DOCKS = ("panel", "timeline", "costs", "stderr", "source", "filmstrip")
WORKSPACES = ("play-workspace", "watch-workspace")

Menu = tuple[str, tuple["str | Menu", ...]]  # a menu in a menu opens beside it

MENUS: tuple[Menu, ...] = (
    ("&File", (
        "new", "open", "", "save", "save-as", "",
        ("&Export", ("export-trace", "export-board", "export-timeline")), "",
        "quit",
    )),
    ("&Edit", ("draw", "pan", "fault", "", "clear", "random", "density")),
    ("&Run", (
        "play", "step", "steps", "count", "stop", "reset", "", "slower", "faster", "", "retry", "failure", "as-python",
    )),
    ("&View", (
        "play-workspace", "watch-workspace", "",
        "panel", "timeline", "costs", "stderr", "source", "filmstrip", "",
        "fit", "zoom-in", "zoom-out", "", "full-screen",
    )),
    ("&Help", ("keys", "about")),
)  # fmt: skip

# "" is a separator, "rate" the place of the speed in words, "-" the gap before what stands at the right edge, and
# "workspaces" the place of the switch between those.
TOOLBAR: tuple[str, ...] = (
    "open", "save", "",
    "play", "step", "stop", "reset", "",
    "slower", "rate", "faster", "",
    "draw", "fault", "pan", "",
    "clear", "random", "",
    "zoom-out", "fit", "zoom-in", "-",
    "as-python", "panel", "", "workspaces",
)  # fmt: skip

WITH_TEXT = ("play", "as-python")


def ids_in(menu: Menu) -> list[str]:
    """The ids in a menu and in those that open beside it, without the separators."""
    ids: list[str] = []
    for entry in menu[1]:
        ids += ids_in(entry) if isinstance(entry, tuple) else [entry] if entry else []
    return ids


def fill_menus(bar: QMenuBar, actions: Mapping[str, QAction]) -> None:
    """The menus of `MENUS`."""
    for menu in MENUS:
        _fill_menu(bar.addMenu(menu[0]), menu, actions)


def _fill_menu(made: QMenu, menu: Menu, actions: Mapping[str, QAction]) -> None:
    title, entries = menu
    made.setObjectName(title.replace("&", ""))
    for entry in entries:
        if isinstance(entry, tuple):
            _fill_menu(made.addMenu(entry[0]), entry, actions)
        elif entry:
            made.addAction(actions[entry])
        else:
            made.addSeparator()


def fill_toolbar(bar: QToolBar, actions: Mapping[str, QAction], widgets: Mapping[str, QWidget]) -> None:
    """The buttons of `TOOLBAR`, and of `widgets` those that it names."""
    for action_id in TOOLBAR:
        if action_id in actions:
            bar.addAction(actions[action_id])
        elif action_id in widgets:
            bar.addWidget(widgets[action_id])
        elif action_id == "-":
            bar.addWidget(_gap())
        else:
            bar.addSeparator()
    for action_id in WITH_TEXT:
        button = bar.widgetForAction(actions[action_id])
        if isinstance(button, QToolButton):
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)


def _gap() -> QWidget:
    gap = QWidget()
    gap.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
    return gap
