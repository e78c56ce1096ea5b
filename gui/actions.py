"""Everything that can be done in the window, one row each; menus and toolbar are nested tuples of their ids."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar, QSizePolicy, QToolBar, QToolButton, QWidget

from gui.look.icons import icon
from life.facts import Mode


@dataclass(frozen=True, slots=True)
class Situation:
    """What decides which actions make sense at the moment."""

    mode: Mode = Mode.PAUSED
    has_report: bool = False
    is_slowest: bool = False
    is_fastest: bool = False

    @property
    def is_running(self) -> bool:
        """Whether generations are being made."""
        return self.mode in (Mode.PLAYING, Mode.STEPPING)


def _always(_: Situation) -> bool:
    return True


@dataclass(frozen=True, slots=True)
class Row:
    """One action.

    Attributes:
        id: its name in the tuples below and its object name.
        text: as in the menu, with its mnemonic; "…" at the end where a question follows.
        slot: name of the method of `gui.commands.Commands` that does it.
        shortcuts: the first is the one that is shown.
        icon: name in `gui.look.icons`, or "".
        tip: one sentence, shown beside the text over the toolbar.
        is_enabled: when it makes sense.
        is_checkable: whether it is a switch; its slot takes the new position.
        group: of the actions of one group exactly one is checked.
        short: what a button says instead of `text`, where that is another word.
    """

    id: str
    text: str
    slot: str
    shortcuts: tuple[str, ...] = ()
    icon: str = ""
    tip: str = ""
    is_enabled: Callable[[Situation], bool] = _always
    is_checkable: bool = False
    group: str = ""
    short: str = ""


ROWS: tuple[Row, ...] = (
    Row("new", "&New", "start_new", ("Ctrl+N",), "new", "An empty board of the same size."),
    Row("open", "&Open…", "open", ("Ctrl+O",), "open", "Opens a pattern file; dropping one on the window does it too."),
    Row("save", "&Save", "save", ("Ctrl+S",), "save", "Saves the board as it is shown."),
    Row("save-as", "Save &as…", "save_as", ("Ctrl+Shift+S",), "save"),
    Row(
        "export-trace", "&Trace of the generation…", "export_trace", ("Ctrl+Shift+T",), "export",
        "Saves what happened in the generation for ui.perfetto.dev or profiler.firefox.com.",
    ),
    Row("export-board", "&Board as a picture…", "export_board"),
    Row("export-timeline", "T&imeline as a picture…", "export_timeline"),
    Row("quit", "&Quit", "quit", ("Ctrl+Q",)),
    Row("clear", "&Clear the board", "clear", ("Ctrl+Backspace",), "clear", "Every cell dies."),
    Row("random", "&Random fill", "fill_randomly", ("Ctrl+5",), "random", "Fills the board by chance."),
    Row("density", "D&ensity of the random fill…", "choose_density", ("Ctrl+Shift+5",)),
    Row("play", "&Play", "toggle_play", ("Return", "Enter"), "play", "Makes generations until you pause."),
    Row("step", "&One generation", "step", ("Space",), "step", "Makes one generation."),
    Row("steps", "&Several generations", "step_several", ("Shift+Space",), "step"),
    Row("count", "&How many are several…", "choose_steps"),
    Row(
        "stop", "S&top", "stop", ("Esc",), "stop", "Ends the generation under way where it stands.",
        is_enabled=lambda now: now.is_running,
    ),
    Row("reset", "R&eset", "reset", ("Ctrl+R",), "reset", "Goes back to the board that you started from."),
    Row(
        "slower", "Slo&wer", "play_slower", ("-",), "slower", "Fewer generations a second.",
        is_enabled=lambda now: not now.is_slowest,
    ),
    Row(
        "faster", "&Faster", "play_faster", ("+", "="), "faster", "More generations a second.",
        is_enabled=lambda now: not now.is_fastest,
    ),
    Row(
        "retry", "Ret&ry the generation that failed", "retry", ("Ctrl+Shift+R",), "retry",
        is_enabled=lambda now: now.has_report and not now.is_running,
    ),
    Row(
        "failure", "Show the &last failure", "show_failure", ("Ctrl+E",), "error",
        is_enabled=lambda now: now.has_report,
    ),
    Row(
        "as-python", "&As Python does it", "set_as_python", ("Ctrl+P",), "thread",
        "Says nothing when a cell fails, as Python says nothing; off, every failure is told.",
        is_checkable=True,
    ),
    Row(
        "draw", "&Draw", "draw", ("F2",), "draw",
        "Click or drag to set and clear cells.", is_checkable=True, group="tool",
    ),
    Row("pan", "&Move the view", "pan", ("F5",), "pan", "Drag to move the view.", is_checkable=True, group="tool"),
    Row(
        "fault", "Plant &faults", "plant_faults", ("F6",), "fault",
        "Click a cell to plant a fault in it, or to take it out.", is_checkable=True, group="tool",
    ),
    Row("fit", "&Fit the board", "fit", ("F",), "fit", "Shows the whole board."),
    Row("zoom-in", "Zoom &in", "zoom_in", ("]", "Ctrl++", "Ctrl+="), "zoom-in"),
    Row("zoom-out", "Zoom &out", "zoom_out", ("[", "Ctrl+-"), "zoom-out"),
    Row(
        "play-workspace", "&Workspace for playing", "show_play", ("Ctrl+1",), "board",
        "The board and how it is run.", is_checkable=True, group="workspace", short="Board",
    ),
    Row(
        "watch-workspace", "Workspace for w&atching", "show_watch", ("Ctrl+2",), "watch",
        "Every thread of a generation, as it happens and in slow motion.",
        is_checkable=True, group="workspace", short="Watch",
    ),
    Row("timeline", "&Timeline", "show_timeline", ("F7",), is_checkable=True),
    Row("costs", "&Costs", "show_costs", ("F8",), is_checkable=True),
    Row("stderr", "std&err", "show_stderr", ("F3",), is_checkable=True),
    Row("source", "&Source", "show_source", ("F4",), is_checkable=True),
    Row("filmstrip", "Fi&lmstrip", "show_filmstrip", ("F12",), is_checkable=True),
    Row("panel", "Fan-out &panel", "show_panel", ("F9",), "panel", "How a generation is run.", is_checkable=True),
    Row("full-screen", "F&ull screen", "show_full_screen", ("F11",), is_checkable=True),
    Row("keys", "&Keyboard shortcuts", "show_keys", ("F1",), "help"),
    Row("about", "&About Lifeloom", "show_about"),
)  # fmt: skip

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


def make_actions(parent: QWidget, commands: QObject) -> dict[str, QAction]:
    """An action for every row, owned by `parent`, whose shortcuts work in its window."""
    actions: dict[str, QAction] = {}
    groups: dict[str, QActionGroup] = {}
    for row in ROWS:
        action = actions[row.id] = QAction(row.text, parent)
        action.setObjectName(row.id)
        action.setShortcuts([QKeySequence(keys) for keys in row.shortcuts])
        action.setCheckable(row.is_checkable)
        if row.icon:
            action.setIcon(icon(row.icon))
        if row.short:
            action.setIconText(row.short)
        set_tip(action, row.tip)
        if row.group:
            groups.setdefault(row.group, QActionGroup(parent)).addAction(action)
        signal = action.toggled if row.is_checkable and not row.group else action.triggered
        signal.connect(getattr(commands, row.slot))
        parent.addAction(action)
    return actions


def set_tip(action: QAction, tip: str = "") -> None:
    """Has the pointer over the toolbar told the action's text, its first key and, where there is one, a sentence."""
    text = action.text().replace("&", "").rstrip("…")
    keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
    title = f"{text} ({keys})" if keys else text
    action.setToolTip(f"{title}\n{tip}" if tip else title)


def enable_actions(actions: Mapping[str, QAction], now: Situation) -> None:
    """Enables what makes sense."""
    for row in ROWS:
        actions[row.id].setEnabled(row.is_enabled(now))


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
