import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QFontInfo, QIcon, QPalette, QPixmapCache
from PySide6.QtWidgets import QGroupBox, QPushButton, QVBoxLayout, QWidget

from gui.actions.table import ROWS
from gui.look.assets import assets_folder
from gui.look.icons import application_icon, icon
from gui.look.theme import (
    DARK,
    LIGHT,
    apply_theme,
    current_theme,
    monospace_font,
    palette_for,
    stylesheet_for,
    theme_of,
)

NAMES = sorted({file.stem for file in (assets_folder() / "icons").glob("*.svg")} - {"lifeloom"})
DARK_SCHEME, LIGHT_SCHEME = Qt.ColorScheme.Dark, Qt.ColorScheme.Light


@pytest.fixture
def app(qapp):
    """The application, which afterwards looks as it did before."""
    palette, sheet, style = qapp.palette(), qapp.styleSheet(), qapp.style().objectName()
    yield qapp
    qapp.styleHints().setColorScheme(Qt.ColorScheme.Unknown)
    qapp.setStyleSheet(sheet)
    qapp.setStyle(style)
    qapp.setPalette(palette)


def contrast(one, other):
    """The ratio of luminances as in WCAG 2, 1 to 21."""

    def luminance(colour):
        parts = [channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4 for channel in colour]
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]

    bright, dim = sorted((luminance(QColor(colour).getRgbF()[:3]) for colour in (one, other)), reverse=True)
    return (bright + 0.05) / (dim + 0.05)


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_what_is_to_be_read_can_be_read(theme):
    for ground in (theme.window, theme.base, theme.raised, theme.hover, theme.chosen):
        assert contrast(theme.text, ground) > 7
    for ground in (theme.window, theme.base, theme.raised):
        assert contrast(theme.dim_text, ground) > 4.5
    assert contrast(theme.accent_text, theme.accent) > 4.5
    assert contrast(theme.accent, theme.window) > 4.5


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_cells_lines_and_marks_tell_themselves_apart_without_colour(theme):
    assert contrast(theme.cell, theme.board) > 10
    assert 1.1 < contrast(theme.grid, theme.board) < contrast(theme.bold_grid, theme.board) < 3
    assert contrast(theme.outside, theme.board) > 1.05
    for mark in (theme.fault, theme.failed):
        for ground in (theme.board, theme.cell):
            assert max(contrast(mark, ground), contrast(theme.mark_rim, ground)) > 4.5
        assert contrast(mark, theme.mark_rim) > 4.5


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_a_palette_leads_back_to_its_theme(theme):
    assert theme_of(palette_for(theme)) is theme


def test_what_cannot_be_used_looks_fainter_in_both_themes():
    for theme in (LIGHT, DARK):
        palette = palette_for(theme)
        faint = palette.color(QPalette.ColorGroup.Disabled, QPalette.ColorRole.ButtonText)
        usual = palette.color(QPalette.ColorGroup.Active, QPalette.ColorRole.ButtonText)
        assert contrast(faint, theme.window) < contrast(usual, theme.window) / 2


def test_a_style_sheet_names_files_that_exist_and_leaves_no_gap():
    for theme in (LIGHT, DARK):
        sheet = stylesheet_for(theme)
        assert "$" not in sheet
        files = [part.split('")')[0] for part in sheet.split('url("')[1:]]
        assert files
        assert all(Path(file).is_file() for file in files)


def test_the_application_switches_live_between_light_and_dark(app, qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    layout = QVBoxLayout(window)
    layout.addWidget(QGroupBox("Group"))
    layout.addWidget(QPushButton("Button"))
    window.show()
    for scheme, theme in ((DARK_SCHEME, DARK), (LIGHT_SCHEME, LIGHT), (DARK_SCHEME, DARK)):
        apply_theme(app, scheme)
        assert current_theme() is theme
        assert theme_of(window.palette()) is theme
        assert window.grab().toImage().pixelColor(1, 1) == QColor(theme.window)


def test_a_switch_is_announced_once_everything_has_its_new_colours(app, qtbot):
    keeper = apply_theme(app, LIGHT_SCHEME)
    seen = []
    keeper.theme_changed.connect(lambda theme: seen.append((theme, current_theme())))
    assert apply_theme(app, DARK_SCHEME) is keeper
    assert seen == [(DARK, DARK)]
    assert keeper.scheme is DARK_SCHEME


def test_where_the_system_says_nothing_its_palette_decides(app):
    keeper = apply_theme(app, DARK_SCHEME)
    keeper.follow(Qt.ColorScheme.Unknown)
    if app.styleHints().colorScheme() is Qt.ColorScheme.Unknown:
        assert current_theme() is LIGHT  # the palette of Qt's offscreen platform is light


def test_a_change_of_the_system_is_followed(app):
    keeper = apply_theme(app, Qt.ColorScheme.Unknown)
    app.setPalette(palette_for(DARK))
    app.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Unknown)
    assert current_theme() is theme_of(app.palette())
    assert app.styleSheet() == stylesheet_for(current_theme())
    assert keeper.scheme is Qt.ColorScheme.Unknown


def test_letters_of_the_monospace_font_are_equally_wide(qapp):
    font = monospace_font(13)
    assert QFontInfo(font).fixedPitch()
    assert font.pointSizeF() == 13


@pytest.mark.parametrize("name", NAMES)
def test_every_icon_is_drawn_in_the_colour_of_the_text(app, name):
    for scheme, theme in ((LIGHT_SCHEME, LIGHT), (DARK_SCHEME, DARK)):
        apply_theme(app, scheme)
        assert is_drawn_in(theme.text, icon(name).pixmap(QSize(96, 96), 1.0))
        assert is_drawn_in(theme.disabled_text, icon(name).pixmap(QSize(96, 96), 1.0, QIcon.Mode.Disabled))


@pytest.mark.parametrize("name", NAMES)
def test_every_icon_can_be_seen_when_it_is_small_and_keeps_off_the_rim(qapp, name):
    pixels = pixels_of(icon(name).pixmap(QSize(16, 16), 1.0))
    assert sum(pixel.alpha() > 150 for pixel in pixels.values()) >= 12
    assert all(pixel.alpha() < 100 for at, pixel in pixels.items() if {0, 15} & {*at})


def is_drawn_in(colour, pixmap):
    """Whether the pixels that are wholly covered, of which there are some, have this colour, but for rounding."""
    wanted = QColor(colour).getRgb()
    covered = [pixel.getRgb() for pixel in pixels_of(pixmap).values() if pixel.alpha() == 255]
    off = [abs(one - other) for pixel in covered for one, other in zip(pixel, wanted, strict=True)]
    return bool(covered) and max(off) <= 1


def pixels_of(pixmap):
    image = pixmap.toImage()
    return {(x, y): image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height())}


def test_every_icon_that_an_action_asks_for_is_drawn():
    asked_for = {row.icon for row in ROWS if row.icon}
    assert asked_for
    assert asked_for <= {*NAMES}


def test_icons_are_sharp_on_every_screen(qapp):
    for ratio in (1.0, 1.5, 2.0):
        pixmap = icon("play").pixmap(QSize(24, 24), ratio)
        assert pixmap.size() == QSize(24, 24) * ratio
        assert pixmap.devicePixelRatio() == ratio


def test_an_icon_follows_a_switch_of_theme_without_being_made_anew(app, qtbot):
    apply_theme(app, LIGHT_SCHEME)
    button = QPushButton(icon("stop"), "")
    qtbot.addWidget(button)
    before = button.grab().toImage()
    apply_theme(app, DARK_SCHEME)
    assert is_drawn_in(DARK.text, button.icon().pixmap(QSize(96, 96), 1.0))
    assert button.grab().toImage() != before


def test_what_was_drawn_once_is_not_drawn_again(qapp):
    QPixmapCache.clear()
    first = icon("open").pixmap(QSize(24, 24), 1.0)
    assert icon("open").pixmap(QSize(24, 24), 1.0).cacheKey() == first.cacheKey()


def test_an_icon_that_does_not_exist_is_refused(qapp):
    with pytest.raises(FileNotFoundError):
        icon("no-such-icon")


def test_the_applications_icon_has_every_usual_size_and_its_own_colours(qapp):
    sizes = {size.width() for size in application_icon().availableSizes()}
    assert {16, 32, 48, 256} <= sizes
    image = application_icon().pixmap(QSize(16, 16), 1.0).toImage()
    live, dead = [(1, 0), (2, 1), (0, 2), (1, 2), (2, 2)], [(0, 0), (2, 0), (0, 1), (1, 1)]
    lightness = {(x, y): image.pixelColor(3 + 5 * x, 3 + 5 * y).lightness() for x, y in live + dead}
    assert min(lightness[cell] for cell in live) > max(lightness[cell] for cell in dead) + 60


def test_assets_are_found_from_any_folder_and_in_a_frozen_program(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert (assets_folder() / "icons" / "lifeloom.svg").is_file()
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)
    assert assets_folder() == tmp_path / "assets"
