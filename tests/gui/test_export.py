import gzip
import json

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QFileDialog, QLabel, QWidget

from gui.questions import WindowQuestions
from gui.watch.export import NOTHING, Exporter
from gui.watch.whole import NOTHING_WAITS
from tests.gui.fakes import FakeQuestions
from tests.gui.watching import Watched
from tests.life.plain_engine import PlainEngine


@pytest.fixture
def watched(qapp) -> Watched:
    return Watched()


@pytest.fixture
def questions() -> FakeQuestions:
    return FakeQuestions()


@pytest.fixture
def pictures(qtbot) -> dict[str, QWidget]:
    widgets = {name: QLabel(name) for name in ("board", "timeline")}
    for widget in widgets.values():
        qtbot.addWidget(widget)
        widget.resize(120, 40)
    widgets["board"].show()
    return widgets


@pytest.fixture
def exporter(qapp, watched, questions, pictures, tmp_path):
    made = Exporter(watched.watch, pictures, questions, lambda: str(tmp_path))
    yield made
    made.close()


def exported(exporter, qtbot, what: str):
    with qtbot.waitSignal(exporter.exported) as saved:
        exporter.export(what)
    return saved.args[0]


def told(exporter, qtbot, what: str) -> str:
    with qtbot.waitSignal(exporter.told) as said:
        exporter.export(what)
    return said.args[0]


def test_the_trace_of_the_newest_generation_is_saved(exporter, watched, questions, qtbot, tmp_path):
    watched.run(2)
    questions.path = tmp_path / "trace.json"
    assert exported(exporter, qtbot, "trace") == questions.path
    events = json.loads(questions.path.read_text())["traceEvents"]
    assert sum(event["name"] == "step_cell" for event in events) == 48
    assert questions.suggested == tmp_path / "generation-2.json"


def test_a_name_that_ends_in_gz_is_compressed(exporter, watched, questions, qtbot, tmp_path):
    watched.run()
    questions.path = tmp_path / "trace.json.gz"
    exported(exporter, qtbot, "trace")
    assert json.loads(gzip.decompress(questions.path.read_bytes()))["traceEvents"]


def test_the_generation_that_is_looked_at_is_the_one_that_is_saved(exporter, watched, questions, qtbot, tmp_path):
    first = watched.run()
    watched.run(2)
    watched.watch.select_record(first)
    questions.path = tmp_path / "trace.json"
    exported(exporter, qtbot, "trace")
    assert json.loads(questions.path.read_text())["metadata"]["generation"] == 1


def test_without_a_generation_it_says_what_to_do_and_asks_nothing(exporter, questions, qtbot):
    assert told(exporter, qtbot, "trace") == NOTHING
    assert not questions.asked


def test_where_no_cell_waited_there_is_no_trace_to_save(exporter, watched, questions, qtbot):
    watched.engine = PlainEngine()
    watched.run(strategy="whole-board", at_once=8)
    assert NOTHING_WAITS in told(exporter, qtbot, "trace")
    assert not questions.asked


@pytest.mark.parametrize("what", ["trace", "board"])
def test_what_cannot_be_saved_is_told_in_one_sentence(exporter, watched, questions, qtbot, tmp_path, what):
    watched.run()
    questions.path = tmp_path / "gone" / "file"
    assert told(exporter, qtbot, what) == "file: this cannot be saved: there is no such file or folder."


def test_an_old_file_stays_whole_where_the_new_one_cannot_be_written(
    exporter, watched, questions, qtbot, tmp_path, monkeypatch
):
    watched.run()
    questions.path = tmp_path / "trace.json"
    questions.path.write_text("old")

    def full(*_args):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    assert told(exporter, qtbot, "trace") == "trace.json: this cannot be saved: the disk is full."
    assert questions.path.read_text() == "old"
    assert list(tmp_path.glob(".*")) == []


def test_the_board_is_saved_as_it_is_on_the_screen(exporter, pictures, questions, qtbot, tmp_path):
    questions.path = tmp_path / "board.png"
    exported(exporter, qtbot, "board")
    assert QImage(str(questions.path)) == pictures["board"].grab().toImage().convertedTo(QImage.Format.Format_RGB32)
    assert questions.suggested == tmp_path / "board.png"


def test_a_picture_of_what_is_not_on_the_screen_is_refused(exporter, questions, qtbot):
    assert told(exporter, qtbot, "timeline") == "The timeline is not on the screen: open it first, from the View menu."
    assert not questions.asked


def test_nobody_answers_and_nothing_is_saved(exporter, watched, questions, tmp_path):
    watched.run()
    exporter.export("trace")
    assert questions.asked == ["export"]
    assert not list(tmp_path.glob("*.json"))


def test_the_real_question_waits_for_nobody_and_tells_the_path(qtbot, tmp_path):
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    chosen = []
    WindowQuestions(window).file_to_export("Export", tmp_path / "a.json", "Trace (*.json)", chosen.append)
    dialog = window.findChild(QFileDialog)
    assert dialog.isVisible()
    assert dialog.defaultSuffix() == "json"
    dialog.fileSelected.emit(str(tmp_path / "b.json"))
    assert chosen == [tmp_path / "b.json"]
    dialog.reject()
