"""The window that most tests of windows are about. Who needs another one has a fixture of the same name."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from gui.document import Answer
from gui.settings import Settings
from gui.window import MainWindow
from tests.gui.editing_window import with_glider
from tests.gui.fakes import FakeQuestions
from tests.gui.windows import Opener, opener, settings_in


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """A board of 12 rows and 16 columns, and generations that take no time."""
    return settings_in(tmp_path)


@pytest.fixture
def questions() -> FakeQuestions:
    """How the window asks: whatever is not saved may go."""
    return FakeQuestions(Answer.DISCARD)


@pytest.fixture
def opened_on(qtbot: QtBot, settings: Settings, questions: FakeQuestions) -> Iterator[Opener]:
    """Opens windows, one after the other, on the same settings."""
    yield from opener(qtbot, settings, questions)


@pytest.fixture
def window(opened_on: Opener) -> MainWindow:
    """A window that is shown and runs."""
    return opened_on()


@pytest.fixture
def glider(window: MainWindow) -> MainWindow:
    """The window with a glider that was drawn and is selected."""
    return with_glider(window)
