"""Everything that can be done in the window, one row each: what menus, toolbar and shortcuts are made from."""

from collections.abc import Callable
from dataclasses import dataclass

from gui.dock_table import DOCKS
from life.facts import Mode


@dataclass(frozen=True, slots=True)
class Situation:
    """What decides which actions make sense at the moment."""

    mode: Mode = Mode.PAUSED
    has_report: bool = False
    is_slowest: bool = False
    is_fastest: bool = False
    can_undo: bool = False
    can_redo: bool = False
    can_step_back: bool = False
    has_selection: bool = False
    has_floating: bool = False

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
    Row(
        "new", "&New", "start_new", ("Ctrl+N",), "new",
        "An empty board of the same size and kind; on the endless plane, an empty plane.",
    ),
    Row(
        "new-torus", "New &torus", "start_new_board",
        tip="An empty board whose edges meet: what leaves on one side comes back on the other.",
    ),
    Row("new-plane", "New end&less plane", "start_new_plane", tip="An empty plane without edges."),
    Row("open", "&Open…", "open", ("Ctrl+O",), "open", "Opens a pattern file; dropping one on the window does it too."),
    Row("save", "&Save", "save", ("Ctrl+S",), "save", "Saves the board as it is shown."),
    Row("save-as", "Save &as…", "save_as", ("Ctrl+Shift+S",), "save"),
    Row(
        "export-trace", "&Trace of the generation…", "export_trace", ("Ctrl+Shift+T",), "export",
        "Saves what happened in the generation for ui.perfetto.dev or profiler.firefox.com.",
    ),
    Row(
        "information", "Pattern &information…", "show_information", ("Alt+Return",), "",
        "Name, author and comments, which are kept in the file.",
    ),
    Row(
        "export-picture", "&Picture of the board…", "export_picture", ("Ctrl+Shift+E",), "",
        "The board or the selection as PNG or SVG.",
    ),
    Row("export-animation", "&Animation…", "export_animation", tip="A run of generations as an animated GIF."),
    Row("export-population", "P&opulation…", "export_population", tip="Every generation's population as CSV."),
    Row("export-board", "The board as it is on the &screen…", "export_board"),
    Row("export-timeline", "T&imeline as a picture…", "export_timeline"),
    Row("quit", "&Quit", "quit", ("Ctrl+Q",)),
    Row(
        "undo", "&Undo", "undo", ("Ctrl+Z",), "undo", "Every stroke, every edit and every run is one step.",
        is_enabled=lambda now: now.can_undo,
    ),
    Row("redo", "Red&o", "redo", ("Ctrl+Shift+Z", "Ctrl+Y"), "redo", is_enabled=lambda now: now.can_redo),
    Row(
        "cut", "Cu&t", "cut", ("Ctrl+X",), "cut", "The selection goes onto the clipboard, and off the board.",
        is_enabled=lambda now: now.has_selection and not now.has_floating,
    ),
    Row("copy", "&Copy", "copy", ("Ctrl+C",), "copy", "The selection, or the whole board, as text that others read."),
    Row("paste", "&Paste", "paste", ("Ctrl+V", "V"), "paste", "The clipboard's pattern follows the pointer."),
    Row("paste-copy", "&Copy: replace what is there", "paste_by_copy", is_checkable=True, group="paste-mode"),
    Row("paste-or", "&Or: add live cells", "paste_by_or", is_checkable=True, group="paste-mode"),
    Row("paste-xor", "&Xor: turn cells over", "paste_by_xor", is_checkable=True, group="paste-mode"),
    Row("paste-and", "&And: keep what both have", "paste_by_and", is_checkable=True, group="paste-mode"),
    Row("next-paste-mode", "&Next mode", "next_paste_mode", ("Shift+M",)),
    Row("select-all", "Select &all", "select_all", ("A", "Ctrl+A")),
    Row(
        "remove-selection", "R&emove the selection", "remove_selection", ("Ctrl+Shift+A",),
        tip="The cells stay; Escape does it too.", is_enabled=lambda now: now.has_selection,
    ),
    Row("shrink", "S&hrink to the live cells", "shrink_selection", ("S",)),
    Row(
        "lift", "Mo&ve the selection", "lift_selection", ("M",),
        tip="The arrow keys or the pointer take its cells along, Enter or a click places them.",
        is_enabled=lambda now: now.has_selection and not now.has_floating,
    ),
    Row("rotate-clockwise", "&Rotate clockwise", "rotate_clockwise", (">",), "rotate-clockwise"),
    Row("rotate-counterclockwise", "Rotate &counterclockwise", "rotate_counterclockwise", ("<",),
        "rotate-counterclockwise"),
    Row("flip-left-right", "Flip &left to right", "flip_left_right", ("X",), "flip-left-right"),
    Row("flip-top-bottom", "Flip &top to bottom", "flip_top_bottom", ("Y",), "flip-top-bottom"),
    Row("invert", "&Invert", "invert", ("Ctrl+I",), "invert", "The living die, and the dead come to life."),
    Row(
        "clear-inside", "Clear &inside", "clear_inside", ("Delete",),
        is_enabled=lambda now: now.has_selection and not now.has_floating,
    ),
    Row(
        "clear-outside", "Clear out&side", "clear_outside", ("Shift+Delete",),
        is_enabled=lambda now: now.has_selection and not now.has_floating,
    ),
    Row(
        "clear", "Clear the &board", "clear", ("Ctrl+Backspace",), "clear", "Every cell dies.",
        is_enabled=lambda now: not now.has_floating,
    ),
    Row(
        "random", "Random &fill", "fill_randomly", ("Ctrl+5",), "random",
        "Fills the selection, or the whole board, by chance.",
    ),
    Row("fill", "Random fill &with…", "choose_fill", ("Ctrl+Shift+5",), tip="Asks for density and symmetry first."),
    Row("play", "&Play", "toggle_play", ("Return", "Enter"), "play", "Makes generations until you pause."),
    Row("step", "&One generation", "step", ("Space",), "step", "Makes one generation."),
    Row("steps", "&Several generations", "step_several", ("Tab", "Shift+Space"), "step"),
    Row("count", "&How many are several…", "choose_steps"),
    Row(
        "step-back", "One generation &back", "step_back", ("Backspace",), "step-back",
        "Goes back one generation, and pauses.", is_enabled=lambda now: now.can_step_back,
    ),
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
        is_checkable=True, short="As Python",
    ),
    Row(
        "pause-at-end", "Pause when empty, st&ill or cyclic", "pause_at_end",
        tip="Pauses when nothing new can come, and says what the board has become.", is_checkable=True,
    ),
    Row(
        "draw", "&Draw", "draw", ("F2",), "draw",
        "Click or drag to set and clear cells.", is_checkable=True, group="tool",
    ),
    Row(
        "pick", "&Pick", "pick", ("F3",), "pick",
        "Click a live cell to draw only live ones, or a dead cell to erase.", is_checkable=True, group="tool",
    ),
    Row(
        "select", "&Select", "select_cells", ("F4",), "select",
        "Drag to select, drag the selection to move it; Shift extends it.", is_checkable=True, group="tool",
    ),
    Row("pan", "&Move the view", "pan", ("F5",), "pan", "Drag to move the view.", is_checkable=True, group="tool"),
    Row(
        "fault", "Plant &faults", "plant_faults", ("F7",), "fault",
        "Click a cell to plant a fault in it, or to take it out.", is_checkable=True, group="tool",
    ),
    Row("use-tool", "&Use the tool at the cell cursor", "use_tool_at_cursor", ("D",)),
    Row("watch-cell", "&Watch the cell at the cell cursor", "watch_at_cursor", ("I",)),
    Row("fit", "&Fit the board", "fit", ("F",), "fit", "Shows the whole board, or all that lives on the plane."),
    Row(
        "go-to-pattern", "Go to the pa&ttern", "go_to_pattern", ("Home",), "",
        "Where nothing that lives is in sight: goes to the nearest live cells.",
    ),
    Row(
        "keep-in-sight", "Keep the pattern in sig&ht", "set_kept_in_sight", ("Shift+Home",), "",
        "Steps back where a pattern on the plane grows out of sight.", is_checkable=True,
    ),
    Row(
        "fit-selection", "Fit the s&election", "fit_selection", ("Shift+F",), "", "Shows what is selected.",
        is_enabled=lambda now: now.has_selection,
    ),
    Row("zoom-in", "Zoom &in", "zoom_in", ("]", "Ctrl++", "Ctrl+="), "zoom-in"),
    Row("zoom-out", "Zoom &out", "zoom_out", ("[", "Ctrl+-"), "zoom-out"),
    Row("scale-1", "&1 pixel a cell", "show_scale_1", ("1",)),
    Row("scale-2", "&2 pixels a cell", "show_scale_2", ("2",)),
    Row("scale-4", "&4 pixels a cell", "show_scale_4", ("4",)),
    Row("scale-8", "&8 pixels a cell", "show_scale_8", ("8",)),
    Row("scale-16", "1&6 pixels a cell", "show_scale_16", ("6",)),
    Row("scale-32", "&32 pixels a cell", "show_scale_32", ("3",)),
    Row("grid", "&Grid lines", "set_grid", ("L",), tip="Lines between cells, every tenth bold.", is_checkable=True),
    Row(
        "ages", "Colours &by age", "set_ages", ("Shift+L",), "",
        "Colours every cell by how many generations it has lived.", is_checkable=True,
    ),
    Row("system-look", "As the &system", "look_as_system", is_checkable=True, group="appearance"),
    Row("light-look", "&Light", "look_light", (), "sun", is_checkable=True, group="appearance"),
    Row("dark-look", "&Dark", "look_dark", (), "moon", is_checkable=True, group="appearance"),
    Row(
        "play-workspace", "&Workspace for playing", "show_play", ("Ctrl+1",), "board",
        "The board and how it is run.", is_checkable=True, group="workspace", short="Board",
    ),
    Row(
        "watch-workspace", "Workspace for w&atching", "show_watch", ("Ctrl+2",), "watch",
        "Every thread of a generation, as it happens and in slow motion.",
        is_checkable=True, group="workspace", short="Watch",
    ),
    Row(
        "race-workspace", "Wor&kspace for racing", "show_race", ("Ctrl+3",), "race",
        "The same work in every strategy, measured.", is_checkable=True, group="workspace", short="Race",
    ),
    *(Row(dock.id, dock.text, dock.slot, dock.shortcuts, dock.icon, dock.tip, is_checkable=True) for dock in DOCKS),
    Row("save-to-library", "Save into my &patterns…", "save_to_library"),
    Row(
        "present", "P&resenter mode", "present", ("F12",), "present",
        "For a projector: large type, thick lines, only what matters, on the whole screen.", is_checkable=True,
    ),
    Row("full-screen", "F&ull screen", "show_full_screen", ("F11",), is_checkable=True),
    Row("next-pane", "Ne&xt part of the window", "go_to_next_pane", ("F6",)),
    Row("previous-pane", "Pre&vious part of the window", "go_to_previous_pane", ("Shift+F6",)),
    Row("keys", "&Keyboard shortcuts", "show_keys", ("F1",), "help"),
    Row(
        "diagnostics", "Copy &diagnostics", "copy_diagnostics",
        tip="Versions, limits and the last failures, for somebody who is to help; they go onto the clipboard only.",
    ),
    Row("about", "&About Lifeloom", "show_about"),
)  # fmt: skip
