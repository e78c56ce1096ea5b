"""The colours themselves, light and dark, and Qt's palette of them.

Apart from the rest of the theme because the first paint of the window waits for this: whoever touches the namespace
`Qt` has all its enums made, which takes longer than everything in here.
"""

from typing import NamedTuple

from PySide6.QtGui import QColor, QPalette

_Role = QPalette.ColorRole


class Theme(NamedTuple):
    """Colours as "#rrggbb", which both QColor and a style sheet read.

    Attributes:
        is_dark: whether light things stand on a dark ground.
        window, base, raised: ground of panels, of fields to type in, of buttons.
        hover, chosen: ground under the pointer, and of a tool that is switched on.
        line, control: hairlines between things, and around things to click.
        text, dim_text, disabled_text: what is to be read, what explains it, what cannot be used now.
        accent, accent_text: the one colour for what is chosen, and text on it.
        board, cell: a dead cell and a live one.
        newborn: a live cell that was just born, where cells are coloured by age.
        grid, bold_grid, edge, outside: lines between cells, every tenth of them, the board's border, what lies beyond.
        fault, failed: mark of a planted fault, and of a cell that raised something.
        mark_rim: the dark around a mark that lets it stand on any cell.
        waiting, running, io_wait, lock_wait: of a cell that has not begun, that runs, that waits for its answer, and
            that waits for the grid's lock. Their lightness differs by at least a tenth of the way from black to white.
        handing_out, collecting: what the caller is about.
    """

    is_dark: bool
    window: str
    base: str
    raised: str
    hover: str
    chosen: str
    line: str
    control: str
    text: str
    dim_text: str
    disabled_text: str
    accent: str
    accent_text: str
    board: str
    cell: str
    newborn: str
    grid: str
    bold_grid: str
    edge: str
    outside: str
    waiting: str
    running: str
    io_wait: str
    lock_wait: str
    handing_out: str
    collecting: str
    fault: str = "#e69f00"
    failed: str = "#cc79a7"
    mark_rim: str = "#16202c"


LIGHT = Theme(
    is_dark=False,
    window="#f5f4f1",
    base="#ffffff",
    raised="#fdfdfc",
    hover="#eae8e3",
    chosen="#dbe7ef",
    line="#dedbd4",
    control="#c9c5bd",
    text="#1d2733",
    dim_text="#5d6670",
    disabled_text="#a3a7ab",
    accent="#0072b2",
    accent_text="#ffffff",
    board="#ffffff",
    cell="#1c2b3d",
    newborn="#4a97d0",
    grid="#e9e7e2",
    bold_grid="#cfccc4",
    edge="#a8a49b",
    outside="#e7e5df",
    waiting="#c9ccd0",
    running="#009e73",
    io_wait="#56b4e9",
    lock_wait="#a84300",
    handing_out="#f0e442",
    collecting="#8d99a6",
)

DARK = Theme(
    is_dark=True,
    window="#1d2228",
    base="#15191e",
    raised="#2a3038",
    hover="#323a44",
    chosen="#203a4c",
    line="#323a43",
    control="#434c57",
    text="#e6e8ea",
    dim_text="#a0a8b1",
    disabled_text="#666e77",
    accent="#56b4e9",
    accent_text="#0b1620",
    board="#12161b",
    cell="#f0e6d2",
    newborn="#2f74ad",
    grid="#20262d",
    bold_grid="#353d47",
    edge="#5a6470",
    outside="#1b2026",
    waiting="#474d55",
    running="#4fd6ae",
    io_wait="#2a78b0",
    lock_wait="#e5742a",
    handing_out="#f0e442",
    collecting="#6f7d8b",
)


def theme_of(palette: QPalette) -> Theme:
    """The theme that a widget with this palette has."""
    return DARK if palette.color(QPalette.ColorRole.Window).lightness() < 128 else LIGHT


def chosen_theme(look: str, palette: QPalette) -> Theme:
    """That of the `look` "light" or "dark", or where it is "system" the one that is like the system's `palette`."""
    return {"light": LIGHT, "dark": DARK}.get(look) or theme_of(palette)


def palette_for(theme: Theme) -> QPalette:
    """The same colours in the roles that Qt's own widgets ask for."""
    palette = QPalette()
    for role, colour in _roles(theme).items():
        palette.setColor(role, QColor(colour))
    for role in (_Role.WindowText, _Role.Text, _Role.ButtonText, _Role.PlaceholderText, _Role.HighlightedText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, QColor(theme.disabled_text))
    palette.setColor(QPalette.ColorGroup.Disabled, _Role.Highlight, QColor(theme.line))
    return palette


def _roles(theme: Theme) -> dict[QPalette.ColorRole, str]:
    return {
        _Role.Window: theme.window,
        _Role.Base: theme.base,
        _Role.AlternateBase: theme.window,
        _Role.Button: theme.raised,
        _Role.ToolTipBase: theme.raised,
        _Role.WindowText: theme.text,
        _Role.Text: theme.text,
        _Role.ButtonText: theme.text,
        _Role.ToolTipText: theme.text,
        _Role.PlaceholderText: theme.dim_text,
        _Role.BrightText: theme.text,
        _Role.Highlight: theme.accent,
        _Role.Accent: theme.accent,
        _Role.HighlightedText: theme.accent_text,
        _Role.Link: theme.accent,
        _Role.LinkVisited: theme.accent,
        _Role.Light: theme.hover,
        _Role.Midlight: theme.hover,
        _Role.Mid: theme.line,
        _Role.Dark: theme.edge,
        _Role.Shadow: theme.edge,
    }
