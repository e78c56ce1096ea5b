"""Everything that can be done in the window, one row each: what menus, toolbar and shortcuts are made from."""

from collections.abc import Callable
from dataclasses import dataclass

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
        id: its name in the tuples of `gui.actions.menus`, and its object name.
        text: as in the menu, with its mnemonic; "…" at the end where a question follows.
        slot: name of the method that does it, of whoever has it; see `gui.actions.make.make_actions`.
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
