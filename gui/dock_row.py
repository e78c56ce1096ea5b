"""What is said of a dock in one row, and what it is made from."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from gui.session import Session
from gui.stderr_tee import StderrTee
from gui.watch.watch import Watch


@dataclass(frozen=True, slots=True)
class Parts:
    """What a dock may look at.

    Attributes:
        session: what the window is about, with a signal for everything that happens in it.
        watch: which of its generations is looked at, and when in it.
        tee: what goes to stderr.
    """

    session: Session
    watch: Watch
    tee: StderrTee


@dataclass(frozen=True, slots=True)
class DockRow:
    """One dock.

    Attributes:
        id: its name in tables and in remembered layouts.
        text: of its entry in the menu, with its mnemonic.
        shortcuts: of that entry; the first is the one that is shown.
        make: makes its content; None where the window does, because others are to find it.
        title: above it; "" for the text of the menu.
        tip: one sentence on what it is for.
        icon: name in `gui.look.icons`, or "".
        is_watching: whether it is one with which generations are watched: they are recorded while it is open, and it is
            shown in the workspace for that.
        slot: name of the method that opens and closes it; see `gui.actions.table.Row`.
    """

    id: str
    text: str
    shortcuts: tuple[str, ...]
    make: Callable[[Parts], QWidget] | None = None
    title: str = ""
    tip: str = ""
    icon: str = ""
    is_watching: bool = False
    slot: str = "show_dock"

    @property
    def heading(self) -> str:
        """What stands above it."""
        return self.title or self.text.replace("&", "")
