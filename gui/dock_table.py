"""All docks, one row each, in the order of their menu; menus, keys, tabs and workspaces read this one tuple."""

from gui.dock_row import DockRow
from gui.watch.costs_dock import CostsDock
from gui.watch.filmstrip_dock import FilmstripDock
from gui.watch.stderr_dock import StderrDock

LIBRARY = DockRow(
    "library", "Li&brary of patterns", ("Ctrl+L", "Alt+8"), title="Library", icon="library", slot="show_library",
    tip="Patterns to open and to place on the board, and your own beside them.",
)  # fmt: skip
PANEL = DockRow(
    "panel", "Fan-out &panel", ("Alt+1", "F9"), title="Fan-out", icon="panel", tip="How a generation is run."
)
TIMELINE = DockRow("timeline", "&Timeline", ("Alt+2",), is_watching=True)
COSTS = DockRow("costs", "&Costs", ("Alt+3",), lambda parts: CostsDock(parts.watch), is_watching=True)
STDERR = DockRow("stderr", "std&err", ("Alt+4",), lambda parts: StderrDock(parts.tee), is_watching=True)
SOURCE = DockRow("source", "&Source", ("Alt+5",), is_watching=True)
FILMSTRIP = DockRow("filmstrip", "Fi&lmstrip", ("Alt+6",), lambda parts: FilmstripDock(parts.watch), is_watching=True)
POPULATION = DockRow("population", "P&opulation", ("Alt+7",), tip="How many live, generation by generation.")

DOCKS: tuple[DockRow, ...] = (
    LIBRARY,
    PANEL,
    TIMELINE,
    COSTS,
    STDERR,
    SOURCE,
    FILMSTRIP,
    POPULATION,
)

TABBED = tuple(row for row in DOCKS if row not in (LIBRARY, PANEL, TIMELINE))  # which share one place
