"""The entry of a menu that is chosen can be told from the others, and read."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication, QMenu

from gui.look.theme import apply_theme, current_theme


def colours(picture: QImage) -> dict[str, int]:
    """How many pixels have which colour."""
    found: dict[str, int] = {}
    for y in range(picture.height()):
        for x in range(picture.width()):
            name = picture.pixelColor(x, y).name()
            found[name] = found.get(name, 0) + 1
    return found


def distance(one: str, other: str) -> int:
    """By how much two colours differ, at most 765."""
    pairs = zip(QColor(one).getRgb(), QColor(other).getRgb(), strict=True)
    return sum(abs(a - b) for a, b in pairs)


@pytest.mark.parametrize("scheme", [Qt.ColorScheme.Light, Qt.ColorScheme.Dark], ids=["light", "dark"])
def test_the_chosen_entry_stands_out_in_its_colours_and_the_others_do_not(qtbot, scheme):
    keeper = apply_theme(QApplication.instance(), scheme)
    qtbot.addWidget(menu := QMenu())
    chosen, other = menu.addAction("Open"), menu.addAction("Save")
    menu.setActiveAction(chosen)
    picture = menu.grab().toImage()
    theme = current_theme()
    keeper.follow(Qt.ColorScheme.Unknown)
    rows = {action: colours(picture.copy(menu.actionGeometry(action))) for action in (chosen, other)}
    most = {action: max(found, key=found.__getitem__) for action, found in rows.items()}
    assert most == {chosen: theme.accent, other: theme.raised}
    assert min(distance(colour, theme.accent_text) for colour in rows[chosen]) < 40  # its letters are smooth
    assert rows[other].get(theme.accent, 0) == 0
