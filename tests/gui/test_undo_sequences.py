"""Whatever is done in whatever order: it can be undone to the start, done again to the end, and nothing is stale.

The real simulation, obeying and running in the test's own thread, so that it falls behind, runs ahead, and is
interrupted in the middle of a generation exactly where a sequence says so.
"""

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gui.bridge import SimulationBridge
from gui.session import Session
from gui.undo.snapshot import Snapshot
from life.board import Board
from life.experiment import Experiment, WireKind
from life.facts import FailureReport, Mode, Result, State
from life.moment import Moment
from life.patch import Patch
from life.recent import Recent
from life.rule import CONWAY, Rule
from life.simulation import Simulation
from life.topology import TORUS, Topology
from life.trace.columns import Trace

RULES = (CONWAY, Rule(frozenset({3, 6}), frozenset({2, 3})), Rule(frozenset({2}), frozenset()))
QUICK = Experiment(strategy="serial", wire=WireKind.NONE)
START = State(0, 0, Board.from_live(5, 6, [(2, 1), (2, 2), (2, 3), (3, 3), (0, 5)]), CONWAY, TORUS, QUICK, Mode.PAUSED)


class Midway:
    """A listener that passes everything on to the bridge, and may do something in the middle of a generation."""

    def __init__(self, bridge: SimulationBridge) -> None:
        self.bridge = bridge
        self.interrupt: Callable[[], None] | None = None

    def generation_started(self, trace: Trace) -> None:
        self.bridge.generation_started(trace)
        interrupt, self.interrupt = self.interrupt, None
        if interrupt:
            interrupt()

    def generation_finished(self, result: Result) -> None:
        self.bridge.generation_finished(result)

    def failed(self, report: FailureReport) -> None:
        self.bridge.failed(report)

    def state_changed(self, state: State) -> None:
        self.bridge.state_changed(state)


class Bench:
    """A session and its simulation, which does something only when it is told to."""

    def __init__(self) -> None:
        self.bridge = SimulationBridge()
        self.midway = Midway(self.bridge)
        start, recent = START, Recent(most_moments=30)
        self.simulation = Simulation(
            self.midway, start.board, start.rule, start.topology, start.experiment, rate=None, recent=recent
        )
        self.session = Session(self.simulation, self.bridge, start, rate=None, recent=recent)
        self.bridge.setParent(self.session)

    # Time.

    def turn(self) -> bool:
        """The simulation obeys what has come in and makes a generation if one is due; whether there was anything."""
        if not self.simulation._inbox.commands and not self.simulation.player.is_due:
            return False
        self.simulation.player.take_a_turn()
        return True

    def settle(self) -> None:
        """Pauses, and lets everything come through; what is shown then is what is there."""
        self.session.pause()
        while self.turn():
            pass
        self.bridge._deliver()
        assert self.session.moment == self.simulation.player.now
        assert self.session.experiment == self.simulation.player.experiment
        assert self.session.mode is self.simulation.player.mode
        assert self.session._history.present == self.snapshot()

    def snapshot(self) -> Snapshot:
        return self.session._snapshot()

    def all_the_way(self, go: Callable[[], None], has_more: Callable[[], str]) -> list[Snapshot]:
        snapshots = [self.snapshot()]
        while has_more():
            go()
            self.settle()
            snapshots.append(self.snapshot())
        return snapshots


def patch_of(cells: list[tuple[int, int]], alive: bool) -> Patch:
    ys, xs = np.array(cells, np.int64).T
    return Patch(ys, xs, alive)


def soup(board: Board, seed: int) -> Board:
    return Board.from_cells(np.random.default_rng(seed).random((board.height, board.width)) < 0.4)


CELLS = st.tuples(st.integers(0, 6), st.integers(0, 6))
EDITS = st.one_of(
    st.builds(
        lambda cells, alive: lambda s: s.edit(patch_of(cells, alive)),
        st.lists(CELLS, min_size=1, max_size=3),
        st.booleans(),
    ),
    st.builds(lambda seed: lambda s: s.change(soup(s.board, seed), "Random fill"), st.integers(0, 9)),
    st.builds(lambda h, w: lambda s: s.resize(h, w), st.integers(1, 7), st.integers(1, 7)),
    st.builds(lambda rule: lambda s: s.set_rule(rule), st.sampled_from(RULES)),
    st.builds(lambda y, x: lambda s: s.set_topology(Topology(y, x)), st.booleans(), st.booleans()),
    st.builds(lambda cell: lambda s: s.toggle_fault(*cell), st.tuples(st.integers(0, 4), st.integers(0, 5))),
    st.sampled_from([Session.undo, Session.redo, Session.step_back, Session.reset]),
)
MOTIONS = st.one_of(
    st.sampled_from([Session.play, Session.pause, Session.stop, Session.retry, Session.keep_going]),
    st.builds(lambda count: lambda s: s.step(count), st.integers(1, 4)),
    st.sampled_from([Session.end_stroke, Session.mark_saved]),
)
OPERATIONS = st.one_of(
    st.tuples(st.just("edit"), EDITS),
    st.tuples(st.just("move"), MOTIONS),
    st.tuples(st.just("midway"), EDITS),
    st.tuples(st.just("turns"), st.integers(1, 4)),
    st.tuples(st.just("deliver"), st.none()),
)


def edit_what_is_seen(bench: Bench, edit: Callable[[Session], None]) -> None:
    """Whatever was on its way before an edit changes nothing of it."""
    epoch = bench.simulation._inbox.epoch
    edit(bench.session)
    shown = bench.session.moment
    bench.bridge._deliver()
    assert bench.session.moment == shown or bench.simulation._inbox.epoch == epoch


def perform(bench: Bench, kind: str, what: object) -> None:
    if kind == "edit":
        edit_what_is_seen(bench, what)
    elif kind == "move":
        what(bench.session)
    elif kind == "midway":
        bench.midway.interrupt = lambda: edit_what_is_seen(bench, what)
        bench.turn()
        bench.midway.interrupt = None
    elif kind == "turns":
        for _ in range(what):
            bench.turn()
    else:
        bench.bridge._deliver()


@pytest.fixture(scope="module", autouse=True)
def application(qapp_cls):
    return qapp_cls.instance() or qapp_cls([])


@settings(max_examples=200)
@given(st.lists(OPERATIONS, max_size=25))
def test_all_is_undone_to_the_start_and_done_again_to_the_end(operations):
    bench = Bench()
    for kind, what in operations:
        perform(bench, kind, what)
    bench.settle()
    session = bench.session
    last = bench.all_the_way(session.redo, lambda: session.redo_text)[-1]
    back = bench.all_the_way(session.undo, lambda: session.undo_text)
    assert back[-1] == Snapshot(start_moment(), start_moment(), {})
    forth = bench.all_the_way(session.redo, lambda: session.redo_text)
    assert forth[-1] == last
    assert forth == back[::-1]
    session.close()


def start_moment() -> Moment:
    return Moment(START.generation, START.board, START.rule, START.topology)


@settings(max_examples=200)
@given(st.lists(OPERATIONS, max_size=15), EDITS)
def test_what_is_done_is_undone_by_one_undo_and_brought_back_by_one_redo(operations, edit):
    bench = Bench()
    for kind, what in operations:
        perform(bench, kind, what)
    session = bench.session
    if edit in (Session.undo, Session.redo):
        return
    session._history.close()
    before = bench.snapshot()
    edit(session)
    after = bench.snapshot()
    if after == before:
        return
    session.undo()
    assert bench.snapshot() == before
    session.redo()
    assert bench.snapshot() == after
    bench.settle()
    assert bench.snapshot() == after
    session.close()
