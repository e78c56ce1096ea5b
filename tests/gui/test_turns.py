"""Turns are short where few threads run, and Python's own where many compete; afterwards they are as they were."""

import sys
from dataclasses import replace

import pytest

from gui.turns import SHORT_TURN, TurnsAsThreadsNeed
from life.board import Board
from life.experiment import Experiment
from life.rule import CONWAY
from life.topology import TORUS
from tests.gui.fakes import session


@pytest.fixture
def usual(qapp):
    before = sys.getswitchinterval()
    yield before
    assert sys.getswitchinterval() == before


def test_a_generation_on_few_threads_gets_short_turns(usual):
    made, _, _ = session()
    made.configure(Experiment("coroutines"))
    with TurnsAsThreadsNeed(made):
        assert sys.getswitchinterval() == pytest.approx(SHORT_TURN)


def test_the_turns_follow_the_strategy_and_the_board(usual):
    made, _, _ = session()
    made.configure(Experiment("coroutines"))
    with TurnsAsThreadsNeed(made):
        made.configure(replace(made.experiment, strategy="thread-per-cell"))
        made.load(Board(3, 3), CONWAY, TORUS)
        assert sys.getswitchinterval() == pytest.approx(SHORT_TURN)
        made.load(Board(40, 40), CONWAY, TORUS)
        assert sys.getswitchinterval() == pytest.approx(usual)
