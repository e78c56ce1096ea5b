import io
import sys
import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gui.stderr_tee import StderrTee


def terminal_in(monkeypatch) -> io.StringIO:
    """A terminal of our own behind `sys.stderr`; not a fixture, because pytest puts its own there after those."""
    made = io.StringIO()
    monkeypatch.setattr(sys, "stderr", made)
    return made


def test_what_is_printed_reaches_the_terminal_and_is_kept(monkeypatch):
    terminal = terminal_in(monkeypatch)
    with StderrTee() as tee:
        sys.stderr.write("one\n")
        sys.stderr.writelines(["two\n", "three\n"])
    assert terminal.getvalue() == "one\ntwo\nthree\n"
    assert tee.take() == ("one\ntwo\nthree\n", 0)
    assert tee.take() == ("", 0)


def test_afterwards_stderr_is_what_it_was(monkeypatch):
    terminal = terminal_in(monkeypatch)
    with StderrTee():
        assert sys.stderr is not terminal
    assert sys.stderr is terminal


def test_somebody_elses_stderr_is_left_alone(monkeypatch):
    terminal_in(monkeypatch)
    other = io.StringIO()
    with StderrTee():
        sys.stderr = other
    assert sys.stderr is other


def test_without_a_stderr_there_is_still_none_and_python_prints_nothing(monkeypatch):
    monkeypatch.setattr(sys, "stderr", None)
    with StderrTee() as tee:
        assert sys.stderr is None
        assert not tee.has_stderr
    assert sys.stderr is None
    assert tee.take() == ("", 0)


def test_what_a_thread_dies_of_is_kept_as_python_prints_it(monkeypatch, python_prints_thread_errors):
    terminal = terminal_in(monkeypatch)

    def die() -> None:
        raise OSError("Problem with I/O")

    with StderrTee() as tee:
        thread = threading.Thread(target=die, name="cell-3-4")
        thread.start()
        thread.join()
    text, _ = tee.take()
    assert text == terminal.getvalue()
    assert text.startswith("Exception in thread cell-3-4:\nTraceback (most recent call last):\n")
    assert text.endswith("OSError: Problem with I/O\n")


def test_a_terminal_that_is_gone_is_still_an_error_and_the_text_is_kept(monkeypatch):
    terminal = terminal_in(monkeypatch)
    terminal.close()
    with StderrTee() as tee, pytest.raises(ValueError, match="closed"):
        sys.stderr.write("text")
    assert tee.take() == ("text", 0)


def test_it_is_a_text_file_like_the_one_behind_it(monkeypatch):
    terminal = terminal_in(monkeypatch)
    with StderrTee():
        assert sys.stderr.isatty() is terminal.isatty()
        assert sys.stderr.encoding == terminal.encoding
        sys.stderr.flush()


def test_nothing_is_lost_when_many_threads_print_at_once(monkeypatch):
    terminal_in(monkeypatch)

    def print_lines(number: int) -> None:
        for _ in range(200):
            sys.stderr.write(f"{number}\n")

    with StderrTee() as tee:
        threads = [threading.Thread(target=print_lines, args=(number,)) for number in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    lines = tee.take()[0].split()
    assert sorted(lines) == sorted(str(number) for number in range(8) for _ in range(200))


@given(st.lists(st.text(max_size=30)), st.integers(1, 40))
def test_the_end_is_kept_and_the_rest_is_counted(pieces, most):
    tee = StderrTee(most)
    for piece in pieces:
        tee.write(piece)
    text, left_out = tee.take()
    everything = "".join(pieces)
    assert text == everything[-most:]
    assert left_out == len(everything) - len(text)


@given(st.lists(st.text(min_size=1, max_size=9)), st.integers(1, 20))
def test_a_part_can_be_taken_at_a_time_and_nothing_is_lost(pieces, most):
    tee = StderrTee()
    for piece in pieces:
        tee.write(piece)
    taken = [tee.take(most)[0] for _ in range(len(pieces) + 1)]
    assert "".join(taken) == "".join(pieces)
    assert all(len(text) < most + 9 for text in taken)
