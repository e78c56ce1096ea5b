import asyncio
import faulthandler
import gc
import logging
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from PySide6.QtCore import (
    QCoreApplication,
    QEventLoop,
    QObject,
    QRunnable,
    Qt,
    QThread,
    QThreadPool,
    QTimer,
    QUrl,
    Signal,
    Slot,
    qCritical,
    qDebug,
    qInstallMessageHandler,
    qWarning,
)
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QDialogButtonBox, QLabel, QPlainTextEdit, QPushButton, QWidget

from gui.unexpected import UnexpectedErrors
from gui.unexpected_dialog import UnexpectedDialog
from gui.unexpected_hooks import MAILBOX_SIZE
from gui.unexpected_reports import MOST_KINDS, Event, Report, Reports
from life.witness import Witness

ROOT = Path(__file__).resolve().parent.parent.parent


class Before:
    """The hooks that were there before, which print."""

    def __init__(self):
        self.uncaught = []
        self.unraisable = []
        self.died = []
        self.qt = []

    def install(self, monkeypatch):
        monkeypatch.setattr(sys, "excepthook", lambda kind, *_: self.uncaught.append(kind))
        monkeypatch.setattr(sys, "unraisablehook", lambda args: self.unraisable.append(args.exc_type))
        monkeypatch.setattr(threading, "excepthook", lambda args: self.died.append(args.exc_type))


class Clock:
    now = 0.0

    def __call__(self):
        return self.now


@pytest.fixture
def before(monkeypatch, qapp):
    hooks = Before()
    hooks.install(monkeypatch)
    earlier = qInstallMessageHandler(lambda _kind, _context, text: hooks.qt.append(text))
    yield hooks
    qInstallMessageHandler(earlier)


class Watch:
    """Errors that are collected, what was reported of them, and what the log says."""

    def __init__(self, folder):
        self.clock = Clock()
        self.path = folder / "log" / "lifeloom.log"
        self.errors = UnexpectedErrors(self.path, clock=self.clock)
        self.reports = []
        self.errors.reported.connect(self.hear)

    def hear(self, report):
        self.reports.append(report)

    @property
    def summaries(self):
        self.errors.drain()
        return [report.event.summary for report in self.reports]

    @property
    def log(self):
        return self.path.read_text(encoding="utf-8")


@pytest.fixture
def watch(before, tmp_path):
    watch = Watch(tmp_path)
    with watch.errors:
        yield watch


def fail(reason="broken"):
    raise LookupError(reason)


class Emitter(QObject):
    happened = Signal()


class Receiver(QObject):
    @Slot()
    def fail(self):
        fail()


def in_a_slot():
    emitter, receiver = Emitter(), Receiver()
    emitter.happened.connect(receiver.fail)
    emitter.happened.emit()


def in_a_timer():
    receiver = Receiver()
    QTimer.singleShot(0, receiver.fail)
    QCoreApplication.processEvents()


def in_a_paint_event():
    loop = QEventLoop()

    class Painted(QWidget):
        def paintEvent(self, _event):
            QTimer.singleShot(0, loop.quit)
            fail()

    widget = Painted()
    widget.show()
    loop.exec()


def in_a_qthread():
    class Work(QThread):
        def run(self):
            fail()

    thread = Work()
    thread.start()
    assert thread.wait(10_000)


def in_a_runnable():
    class Work(QRunnable):
        def run(self):
            fail()

    pool = QThreadPool()
    pool.start(Work())
    assert pool.waitForDone(10_000)


def in_a_thread(error=None):
    def body():
        raise error or LookupError("broken")

    thread = threading.Thread(target=body, name="worker-7")
    thread.start()
    thread.join()


def in_a_finaliser():
    class Resource:
        def __del__(self):
            fail()

    Resource()


@pytest.mark.parametrize("fails", [in_a_slot, in_a_timer, in_a_paint_event, in_a_qthread, in_a_runnable])
def test_what_nobody_caught_in_qt_is_reported_logged_and_printed(fails, watch, before):
    fails()
    assert any("broken" in summary for summary in watch.summaries)
    assert "in fail" in watch.log
    assert before.uncaught


def test_what_ended_a_thread_is_reported_logged_and_printed(watch, before):
    in_a_thread()
    assert watch.summaries == ["LookupError: broken"]
    assert watch.reports[0].event.thread == "worker-7"
    assert "in thread worker-7" in watch.log
    assert before.died == [LookupError]


def test_what_a_finaliser_raised_is_reported_logged_and_printed(watch, before):
    in_a_finaliser()
    assert watch.summaries == ["LookupError: broken"]
    assert "__del__" in watch.log
    assert before.unraisable == [LookupError]


def test_a_failed_task_that_nobody_awaited_is_reported_and_logged(watch):
    async def forget_a_task():
        async def task():
            fail()

        asyncio.get_running_loop().create_task(task())
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        gc.collect()

    asyncio.run(forget_a_task())
    gc.collect()
    assert watch.summaries == ["asyncio: Task exception was never retrieved"]
    assert "LookupError: broken" in watch.log


def test_what_a_library_warns_of_is_logged_but_not_reported(watch):
    logging.getLogger("library").warning("careful with %s", "that")
    assert watch.summaries == []
    assert "library: careful with that" in watch.log


def test_being_the_only_one_that_listens_to_logging_does_not_silence_stderr(before, tmp_path, capsys, monkeypatch):
    monkeypatch.setattr(logging.getLogger(), "handlers", [])
    with UnexpectedErrors(tmp_path / "a.log"):
        logging.getLogger("library").warning("careful")
    assert capsys.readouterr().err == "careful\n"


def test_a_log_record_that_cannot_be_formatted_does_no_harm(watch, monkeypatch):
    monkeypatch.setattr(logging, "raiseExceptions", False)
    logging.getLogger("library").error("%d", "no number")
    assert watch.summaries == []


def test_qt_complaints_are_reported_warnings_logged_and_chatter_left_alone(watch, before):
    qDebug("chatter")
    qWarning("odd")
    qCritical("bad")
    assert watch.summaries == ["Qt: bad"]
    assert "odd" in watch.log
    assert "chatter" not in watch.log
    assert before.qt == ["chatter", "odd", "bad"]


def test_qt_messages_are_printed_where_nobody_else_does(qapp, tmp_path, capsys):
    earlier = qInstallMessageHandler(None)
    try:
        with UnexpectedErrors(tmp_path / "a.log"):
            qWarning("odd")
        assert capsys.readouterr().err == "odd\n"
    finally:
        qInstallMessageHandler(earlier)


def test_the_end_of_a_thread_by_system_exit_is_nothing_unexpected(watch, before):
    in_a_thread(SystemExit(3))
    assert watch.summaries == []
    assert before.died == [SystemExit]


@pytest.mark.parametrize("kind", [SystemExit, KeyboardInterrupt])
def test_the_wish_to_end_is_nothing_unexpected(kind, watch, before):
    sys.excepthook(kind, kind(), None)
    assert watch.summaries == []
    assert before.uncaught == [kind]


def test_what_cells_raise_is_kept_away_by_a_witness_and_all_else_is_not(watch, capsys):
    with Witness(lambda error: isinstance(error, OSError)) as witness:
        cell = OSError("Problem with I/O")
        in_a_thread(cell)
        in_a_thread()
        assert witness.printed(cell)
    assert watch.summaries == ["LookupError: broken"]


def test_without_a_stderr_it_is_all_in_the_log(qapp, tmp_path, monkeypatch):
    monkeypatch.setattr(threading, "excepthook", threading.__excepthook__)
    monkeypatch.setattr(sys, "excepthook", sys.__excepthook__)
    earlier = qInstallMessageHandler(None)
    monkeypatch.setattr(sys, "stderr", None)
    watch = Watch(tmp_path)
    with watch.errors:
        in_a_thread()
        in_a_slot()
        qWarning("odd")
        assert len(watch.summaries) == 2
    monkeypatch.undo()
    qInstallMessageHandler(earlier)
    assert "worker-7" in watch.log
    assert "odd" in watch.log


def test_the_same_again_is_one_report_with_a_count(watch):
    for _ in range(100):
        in_a_thread()
    assert watch.summaries == ["LookupError: broken"]
    assert watch.reports[0].count == 100
    assert "(100 times)" in watch.log


def test_a_count_that_grows_is_reported_at_most_once_a_second(watch):
    in_a_slot()
    watch.errors.drain()
    in_a_slot()
    watch.errors.drain()
    assert [report.count for report in watch.reports] == [1]
    watch.clock.now = 1.0
    watch.errors.drain()
    watch.errors.drain()
    assert [report.count for report in watch.reports] == [1, 2]


def test_when_the_mailbox_overflows_it_says_how_many_were_lost(watch):
    for number in range(MAILBOX_SIZE + 25):
        qWarning(f"odd {number}")
    assert watch.summaries == ["25 more went wrong at the same time and were not written down"]


def test_a_receiver_that_fails_is_logged_but_not_reported_in_turn(before, tmp_path):
    watch, receiver = Watch(tmp_path), Receiver()
    watch.errors.reported.connect(receiver.fail)
    with watch.errors:
        in_a_thread(ValueError("first"))
        for second in range(5):
            watch.clock.now = second
            watch.errors.drain()
        assert watch.summaries == ["ValueError: first"]
    assert "LookupError: broken" in watch.log


def test_an_exception_whose_description_fails_in_a_finaliser_does_not_go_round_in_circles(watch):
    class AwkwardError(Exception):
        def __str__(self):
            in_a_finaliser()
            return "awkward"

    in_a_thread(AwkwardError())
    assert watch.summaries[0].endswith("AwkwardError: awkward")
    assert len(watch.reports) == 1


def test_an_exception_that_cannot_be_described_is_reported_by_its_name(watch, monkeypatch):
    monkeypatch.setattr("traceback.format_exception", lambda *_: fail())
    in_a_thread(ValueError())
    assert watch.summaries == ["ValueError"]


def test_a_log_that_cannot_be_written_is_reported_once(before, tmp_path):
    (tmp_path / "log").write_text("in the way")
    watch = Watch(tmp_path)
    with watch.errors:
        in_a_thread(ValueError("one"))
        in_a_thread(KeyError("two"))
        summaries = watch.summaries
    assert summaries[0] == "ValueError: one"
    assert sum("cannot be written" in summary for summary in summaries) == 1


def test_what_was_not_reported_yet_is_logged_at_the_end(before, tmp_path):
    watch = Watch(tmp_path)
    with watch.errors:
        in_a_thread()
    assert "LookupError: broken" in watch.log


def test_an_error_that_ends_the_application_is_logged_on_its_way_out(before, tmp_path):
    watch = Watch(tmp_path)
    with pytest.raises(LookupError), watch.errors:
        fail("the end")
    assert "LookupError: the end" in watch.log


def test_afterwards_all_hooks_are_the_earlier_ones(before, tmp_path):
    def hooks():
        return sys.excepthook, sys.unraisablehook, threading.excepthook, list(logging.getLogger().handlers)

    earlier = hooks()
    watch = Watch(tmp_path)
    with watch.errors:
        watch.errors.install()
        assert hooks() != earlier
    watch.errors.uninstall()
    assert hooks() == earlier
    qWarning("odd")
    assert before.qt == ["odd"]


def test_a_hook_that_somebody_put_in_front_meanwhile_stays_and_reaches_the_earlier_one(before, tmp_path):
    watch = Watch(tmp_path)
    with watch.errors:
        ours = sys.excepthook
        sys.excepthook = foreign = lambda *what: ours(*what)
    assert sys.excepthook is foreign
    sys.excepthook(LookupError, LookupError(), None)
    assert before.uncaught == [LookupError]
    assert watch.summaries == []


def test_a_worker_must_not_empty_the_mailbox(watch):
    raised = []

    def body():
        try:
            watch.errors.drain()
        except AssertionError as error:
            raised.append(str(error))

    thread = threading.Thread(target=body)
    thread.start()
    thread.join()
    assert raised == ["windows may be touched by the GUI thread alone"]


def test_the_timer_reports_by_itself(watch, qtbot):
    with qtbot.waitSignal(watch.errors.reported):
        in_a_thread()
    assert watch.reports


def test_who_has_python_write_down_crashes_already_keeps_that(watch):
    assert faulthandler.is_enabled()  # pytest does
    watch.errors.uninstall()
    assert faulthandler.is_enabled()


def crash(tmp_path, how):
    code = f"""
import faulthandler, sys
from pathlib import Path
from PySide6.QtCore import QCoreApplication, qFatal
from gui.unexpected import UnexpectedErrors
app = QCoreApplication([])
with UnexpectedErrors(Path(sys.argv[1])):
    {how}
"""
    path = tmp_path / "crash.log"
    done = subprocess.run([sys.executable, "-c", code, str(path)], cwd=ROOT, capture_output=True, timeout=60)
    return done.returncode, path.read_text(encoding="utf-8")


def test_a_crash_leaves_the_tracebacks_of_all_threads_in_the_log(tmp_path):
    code, log = crash(tmp_path, "faulthandler._sigsegv()")
    assert code != 0
    assert 'File "<string>", line 8 in <module>' in log


def test_what_qt_ends_the_process_for_is_in_the_log(tmp_path):
    code, log = crash(tmp_path, "qFatal('no way on')")
    assert code != 0
    assert "Qt ends the process: default: " in log


def event(number=0, **changes):
    fields = {
        "key": f"key {number}",
        "thread": "worker",
        "summary": f"Error: {number}",
        "details": f"traceback {number}",
    }
    return Event(**{**fields, **changes})


def test_endless_kinds_of_errors_are_lumped_together():
    reports = Reports()
    for number in range(MOST_KINDS + 50):
        reports.add(event(number))
    due = list(reports.due(0.0))
    assert len(due) == MOST_KINDS + 1
    assert due[-1].count == 50


def test_at_the_end_every_count_is_due():
    reports = Reports()
    reports.add(event())
    assert len(list(reports.due(0.0))) == 1
    reports.add(event())
    assert list(reports.due(0.5)) == []
    assert [report.count for report in reports.due(0.5, everything=True)] == [2]


@pytest.fixture
def dialog(qtbot, tmp_path):
    dialog = UnexpectedDialog(tmp_path / "lifeloom.log")
    qtbot.addWidget(dialog)
    return dialog


def child(dialog, kind, name):
    found = dialog.findChild(kind, name)
    assert found is not None
    return found


def sentence(dialog):
    return child(dialog, QLabel, "unexpected-sentence").text()


def test_the_dialog_opens_for_something_new_and_blocks_nothing(dialog):
    assert not dialog.isVisible()
    dialog.show_report(Report(event(1)))
    assert dialog.isVisible()
    assert not dialog.isModal()
    assert "Error: 1" in sentence(dialog)
    assert "traceback 1" in child(dialog, QPlainTextEdit, "unexpected-details").toPlainText()


def test_one_dialog_counts_what_comes_again_and_stays_closed_for_it(dialog):
    dialog.show_report(Report(event(1)))
    dialog.close()
    dialog.show_report(Report(event(1), 10_000))
    assert not dialog.isVisible()
    assert "(in all one thing, 10,000 times)" in sentence(dialog)
    dialog.show_report(Report(event(2)))
    assert dialog.isVisible()
    assert "(in all 2 different things, 10,001 times)" in sentence(dialog)


def test_a_count_leaves_the_readers_selection_alone(dialog):
    dialog.show_report(Report(event(1)))
    details = child(dialog, QPlainTextEdit, "unexpected-details")
    details.selectAll()
    selected = details.textCursor().selectedText()
    dialog.show_report(Report(event(1), 2))
    assert details.textCursor().selectedText() == selected != ""


def test_markup_in_an_exception_is_text(dialog, qtbot):
    dialog.show_report(Report(event(summary="ValueError: <b>bold</b>")))
    assert "<b>bold</b>" in sentence(dialog)
    assert child(dialog, QLabel, "unexpected-sentence").textFormat().name == "PlainText"


def press(qtbot, button):
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def test_the_report_can_be_copied_with_counts_and_versions(dialog, qtbot):
    dialog.show_report(Report(event(1), 3))
    press(qtbot, child(dialog, QPushButton, "unexpected-copy"))
    copied = QGuiApplication.clipboard().text()
    assert "traceback 1" in copied
    assert "(3 times)" in copied
    assert "Python 3." in copied


class FileManager(QObject):
    def __init__(self):
        super().__init__()
        self.shown = []

    @Slot(QUrl)
    def show(self, url):
        self.shown.append(Path(url.toLocalFile()))


def test_the_folder_of_the_log_is_shown_by_the_file_manager(dialog, qtbot, tmp_path):
    manager = FileManager()
    QDesktopServices.setUrlHandler("file", manager, "show")
    dialog.show_report(Report(event()))
    press(qtbot, child(dialog, QPushButton, "unexpected-folder"))
    QDesktopServices.unsetUrlHandler("file")
    assert manager.shown == [tmp_path]


def test_the_dialog_can_be_closed(dialog, qtbot):
    dialog.show_report(Report(event()))
    press(qtbot, dialog.findChild(QDialogButtonBox).button(QDialogButtonBox.StandardButton.Close))
    assert not dialog.isVisible()
