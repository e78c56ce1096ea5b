"""The entry of a menu that is chosen can be told from the others, and read."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QMenu

from gui.look.theme import apply_theme, current_theme
from tests.gui.pixels import colours, distance


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
    most = {action: found.most_common(1)[0][0] for action, found in rows.items()}
    assert most == {chosen: theme.accent, other: theme.raised}
    letters = QColor(theme.accent_text)  # which are smooth
    assert min(distance(QColor(colour), letters) for colour in rows[chosen]) < 40
    assert rows[other][theme.accent] == 0
