"""Which action stands where: menus and toolbar as nested tuples of ids, and what is made of them."""

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QMenuBar, QSizePolicy, QToolBar, QToolButton, QWidget

from gui.dock_table import DOCKS

WORKSPACES = ("play-workspace", "watch-workspace", "race-workspace")

Menu = tuple[str, tuple["str | Menu", ...]]  # a menu in a menu opens beside it

MENUS: tuple[Menu, ...] = (
    ("&File", (
        "new", "new-torus", "new-plane", "", "open", ("Open &recent", ()), "",
        "save", "save-as", "save-to-library", "information", "",
        ("&Export", (
            "export-picture", "export-animation", "export-population", "",
            "export-trace", "export-board", "export-timeline",
        )), "",
        "quit",
    )),
    ("&Edit", (
        "undo", "redo", "",
        "cut", "copy", "paste",
        ("Paste &mode", ("paste-copy", "paste-or", "paste-xor", "paste-and", "", "next-paste-mode")), "",
        "select-all", "remove-selection", "shrink", "lift", "",
        ("Rotate a&nd flip", (
            "rotate-clockwise", "rotate-counterclockwise", "flip-left-right", "flip-top-bottom", "", "invert",
        )), "",
        "clear-inside", "clear-outside", "clear", "random", "fill", "",
        ("Too&ls", ("draw", "pick", "select", "pan", "fault", "", "use-tool", "watch-cell")),
    )),
    ("&Run", (
        "play", "step", "steps", "count", "step-back", "stop", "reset", "",
        "slower", "faster", "", "retry", "failure", "as-python", "pause-at-end",
    )),
    ("&View", (
        "play-workspace", "watch-workspace", "race-workspace", "",
        ("&Panels", (*(dock.id for dock in DOCKS), "", "next-pane", "previous-pane")), "",
        "fit", "fit-selection", "go-to-pattern", "keep-in-sight", "zoom-in", "zoom-out",
        ("&Scale", ("scale-1", "scale-2", "scale-4", "scale-8", "scale-16", "scale-32")), "",
        "grid", "ages", ("Appeara&nce", ("system-look", "light-look", "dark-look")), "",
        "present", "full-screen",
    )),
    ("&Help", ("keys", "", "diagnostics", "about")),
)  # fmt: skip

# "" is a separator, "rate" the place of the speed in words, "-" the gap before what stands at the right edge, and
# "workspaces" the place of the switch between those.
TOOLBAR: tuple[str, ...] = (
    "library", "open", "",
    "play", "step-back", "step", "stop", "reset", "",
    "slower", "rate", "faster", "",
    "undo", "redo", "",
    "draw", "select", "fault", "",
    "random", "fit", "-",
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
