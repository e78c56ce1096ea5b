import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QWidget

from gui.knowing.object_card import ObjectCard
from gui.look.theme import apply_theme
from life.knowing.names import Names
from life.knowing.pointing import Sighting, sighting_at
from tests.life.knowing.runs import start


@pytest.fixture
def sighting() -> Sighting:
    glider = [(0, 1), (1, 2), (2, 0), (2, 1), (2, 2)]
    found = sighting_at(start(20, 20, glider), 1, 2, Names())
    assert found is not None
    return found


@pytest.fixture
def board(qtbot) -> QWidget:
    made = QWidget()
    made.resize(640, 400)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    return made


def test_it_says_what_the_object_is(board, sighting):
    card = ObjectCard(board)
    assert card.isHidden()
    card.show_sighting(sighting, QPoint(10, 10))
    assert card.isVisible()
    assert card.title.text() == "Spaceship, period 4, moves (1, 1), c/4 diagonal"
    assert card.details.text() == "5 cells"
    assert card.accessibleName() == f"{card.title.text()}: {card.details.text()}"
    card.show_sighting(None, QPoint(10, 10))
    assert card.isHidden()


def test_it_stands_in_a_lower_corner_and_gets_out_of_the_pointers_way(board, sighting, qtbot):
    card = ObjectCard(board)
    card.show_sighting(sighting, QPoint(10, 10))
    qtbot.waitUntil(lambda: card.y() > 200)
    assert board.rect().contains(card.geometry())
    card.show_sighting(sighting, QPoint(620, 380))
    qtbot.waitUntil(lambda: card.geometry().bottom() < 200)
    card.show_sighting(sighting, QPoint(10, 380))
    qtbot.waitUntil(lambda: card.y() > 200)


def test_it_has_the_colours_of_the_theme(board, sighting):
    card = ObjectCard(board)
    card.show_sighting(sighting, QPoint(10, 10))
    app = QApplication.instance()
    keeper = apply_theme(app, Qt.ColorScheme.Light)
    light = card.grab().toImage()
    keeper.follow(Qt.ColorScheme.Dark)
    dark = card.grab().toImage()
    keeper.follow(Qt.ColorScheme.Unknown)
    assert light.pixelColor(6, 20).lightness() > 180 > 90 > dark.pixelColor(6, 20).lightness()
