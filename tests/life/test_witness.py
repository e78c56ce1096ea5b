import gc
import io
import sys
import threading
import weakref

import pytest

from life.errors import Stopped
from life.thread_hook import ThreadHook
from life.witness import Witness


class CellError(Exception):
    pass


class Recorder:
    """A hook that somebody else had installed before."""

    def __init__(self):
        self.seen = []

    def __call__(self, args):
        self.seen.append(args.exc_type)


@pytest.fixture
def earlier_hook(monkeypatch):
    recorder = Recorder()
    monkeypatch.setattr(threading, "excepthook", recorder)
    return recorder


def die_of(error, name="cell-3-4"):
    def body():
        raise error

    thread = threading.Thread(target=body, name=name)
    thread.start()
    thread.join()
    return error


def only_cells(error):
    return isinstance(error, CellError)


def test_an_exception_that_ended_a_thread_was_printed_as_python_prints_it(capsys):
    with Witness() as witness:
        error = die_of(CellError("Problem with I/O"))
    assert witness.printed(error)
    printed = capsys.readouterr().err
    assert printed.startswith("Exception in thread cell-3-4:\nTraceback")
    assert printed.rstrip().endswith("CellError: Problem with I/O")


def test_an_exception_that_never_reached_the_hook_was_not_printed():
    with Witness() as witness:
        assert not witness.printed(CellError("raised nowhere"))


def test_an_exception_equal_to_the_printed_one_is_not_that_one():
    with Witness() as witness:
        die_of(CellError("the same"))
        assert not witness.printed(CellError("the same"))


def test_a_system_exit_is_not_printed(capsys):
    with Witness() as witness:
        error = die_of(SystemExit(3))
    assert not witness.printed(error)
    assert capsys.readouterr().err == ""


def test_nothing_is_printed_where_there_is_no_stderr(monkeypatch):
    monkeypatch.setattr(sys, "stderr", None)
    with Witness() as witness:
        assert not witness.printed(die_of(CellError()))


def test_a_thread_made_while_there_was_a_stderr_still_prints_to_it(monkeypatch):
    stderr = io.StringIO()
    error = CellError("late")

    def body():
        raise error

    monkeypatch.setattr(sys, "stderr", stderr)
    thread = threading.Thread(target=body)
    monkeypatch.setattr(sys, "stderr", None)
    with Witness() as witness:
        thread.start()
        thread.join()
    assert witness.printed(error)
    assert stderr.getvalue().startswith("Exception in thread")


def test_threads_that_a_stop_ended_are_silent(capsys, earlier_hook):
    with Witness(only_cells) as witness:
        error = die_of(Stopped())
    assert not witness.printed(error)
    assert capsys.readouterr().err == ""
    assert earlier_hook.seen == []


def test_what_is_not_expected_goes_to_the_hook_that_was_there_before(earlier_hook, capsys):
    with Witness(only_cells) as witness:
        unexpected = die_of(ZeroDivisionError())
        expected = die_of(CellError())
    assert earlier_hook.seen == [ZeroDivisionError]
    assert witness.printed(expected)
    assert not witness.printed(unexpected)
    assert "ZeroDivisionError" not in capsys.readouterr().err


def test_an_expectation_that_raises_hides_nothing(earlier_hook):
    def broken(_error):
        raise LookupError

    with Witness(broken):
        die_of(CellError())
    assert earlier_hook.seen == [CellError]


def test_a_witness_that_left_hears_no_more(earlier_hook):
    with Witness() as witness:
        pass
    assert threading.excepthook is earlier_hook
    assert not witness.printed(die_of(CellError()))


def test_the_inner_one_of_two_witnesses_leaves_the_outer_one_in_place(earlier_hook):
    with Witness(only_cells) as outer:
        with Witness(lambda error: isinstance(error, KeyError)) as inner:
            cell, key = die_of(CellError()), die_of(KeyError())
            assert (outer.printed(cell), inner.printed(cell)) == (True, False)
            assert (outer.printed(key), inner.printed(key)) == (False, True)
        assert outer.printed(die_of(CellError()))
    assert threading.excepthook is earlier_hook


def test_witnesses_may_leave_in_the_order_in_which_they_came(earlier_hook):
    first, second = Witness(only_cells), Witness(only_cells)
    first.__enter__()
    second.__enter__()
    first.__exit__(None, None, None)
    assert second.printed(die_of(CellError()))
    second.__exit__(None, None, None)
    assert threading.excepthook is earlier_hook


def test_a_foreign_hook_put_in_front_survives_and_still_reaches_the_ones_before(earlier_hook):
    passed_on = []

    def foreign(args):
        passed_on.append(args.exc_type)
        following(args)

    with Witness(only_cells):
        following = threading.excepthook
        threading.excepthook = foreign
    die_of(CellError())
    assert threading.excepthook is foreign
    assert passed_on == earlier_hook.seen == [CellError]


def test_what_was_forgotten_is_let_go():
    with Witness() as witness:
        error = die_of(CellError())
        gone = weakref.ref(error)
        witness.forget()
        assert not witness.printed(error)
    del error
    gc.collect()
    assert gone() is None


def test_threads_that_die_at_once_are_all_noted():
    errors = [CellError(number) for number in range(200)]
    together = threading.Barrier(len(errors))

    def body(error):
        together.wait()
        raise error

    with Witness(only_cells) as witness:
        threads = [threading.Thread(target=body, args=(error,)) for error in errors]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert all(witness.printed(error) for error in errors)


class FullDisk(io.StringIO):
    """Refuses the first write, as a file on a full disk does until somebody makes room."""

    room = False

    def write(self, text):
        if not self.room:
            self.room = True
            raise OSError("No space left on device")
        return super().write(text)


def test_what_could_not_be_printed_was_not_printed(monkeypatch):
    complaints = []
    monkeypatch.setattr(sys, "stderr", FullDisk())
    monkeypatch.setattr(sys, "excepthook", lambda kind, *_: complaints.append(kind))
    with Witness() as witness:
        assert not witness.printed(die_of(CellError()))
    assert complaints == [OSError]


def test_a_hook_installed_or_removed_twice_is_there_once_or_not_at_all(earlier_hook):
    calls = []
    hook = ThreadHook(lambda args, _pass_on: calls.append(args.exc_type))
    hook.install()
    hook.install()
    die_of(CellError())
    assert calls == [CellError]
    hook.remove()
    hook.remove()
    assert threading.excepthook is earlier_hook


class CountedWrites(io.StringIO):
    """Counts how often something was handed on."""

    def __init__(self):
        super().__init__()
        self.writes = 0

    def write(self, text):
        self.writes += 1
        return super().write(text)


def die_of_a_cause():
    def body():
        try:
            raise KeyError("below")
        except KeyError as error:
            raise CellError("above") from error

    thread = threading.Thread(target=body, name="cell-3-4")
    thread.start()
    thread.join()


def test_what_is_printed_is_to_the_letter_what_python_would_print_and_in_one_piece(monkeypatch):
    pythons, ours = io.StringIO(), CountedWrites()
    monkeypatch.setattr(threading, "excepthook", threading.__excepthook__)
    monkeypatch.setattr(sys, "stderr", pythons)
    die_of_a_cause()
    monkeypatch.setattr(sys, "stderr", ours)
    with Witness():
        die_of_a_cause()
    assert ours.getvalue() == pythons.getvalue()
    assert ours.writes == 1


def test_exceptions_that_came_of_others_are_not_taken_for_the_same(capsys):
    def body(cause):
        raise CellError("Problem with I/O") from cause

    with Witness():
        for cause in (OSError("first"), OSError("second")):
            thread = threading.Thread(target=body, args=(cause,))
            thread.start()
            thread.join()
    printed = capsys.readouterr().err
    assert "OSError: first" in printed
    assert "OSError: second" in printed
