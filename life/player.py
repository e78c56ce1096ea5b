"""What the simulation's thread does: it obeys commands, has generations made, and tells the listener of both.

Everything in here runs on that thread, and nothing of it is read or written by another one; but a player that was left
behind on an errand hands all that it has to its successor (`life.inbox`).
"""

import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from threading import Thread
from time import monotonic
from weakref import WeakSet

from life import commands
from life.caller import Caller, Outcome, record_of
from life.commands import Command
from life.engine.world_engine import WorldEngine
from life.errors import LifeError
from life.experiment import HASHLIFE, Experiment
from life.facts import Listener, Mode, State
from life.history import History
from life.inbox import Errand, Inbox, LeftBehind
from life.moment import Moment
from life.observer import Observer
from life.recent import Recent
from life.reports import report_of, result_of
from life.trace.columns import Trace
from life.visits import Pace, Visits, seconds_of_visit
from life.world import World


class Player:
    """Plays, pauses and steps generations, and keeps every edit. For the arguments, see `life.simulation.Simulation`.

    Attributes:
        now: the last good generation.
        experiment: how the next one is run.
        mode: what it is about.
        epoch: counts the commands that begin an epoch and have been obeyed.
    """

    def __init__(
        self,
        inbox: Inbox,
        listener: Listener,
        now: Moment,
        experiment: Experiment,
        *,
        rate: float | None,
        stride: int,
        hold_on_failure: bool,
        recording: bool,
        history: History | None,
        recent: Recent | None,
        observer: Observer | None,
        engine: WorldEngine | None = None,
    ) -> None:
        self.now = now
        self.experiment = experiment
        self.mode = Mode.PAUSED
        self.epoch = 0
        self._inbox = inbox
        self._listener = listener
        self._rate = rate
        self._stride = stride
        self._hold = hold_on_failure
        self._recording = recording
        self._history = history
        self._recent = recent
        self._observer = observer
        self._before_failure: Moment | None = None
        self._mode_before_halt: Mode | None = None  # where it paused by itself
        self._last_step = 0  # the generation with which STEPPING ends
        self._attempt = 0
        self._due = 0.0
        self._caller: Caller | None = None
        self._others: WeakSet[Thread] = WeakSet()  # than those of the caller
        self._engine = engine or WorldEngine()  # outlives the callers: what it has compiled, and what it keeps
        self._visits = Visits()
        self._pace = Pace()
        self._began_visit = 0.0

    def successor(self) -> "Player":
        """Another one that goes on from the last good generation, paused, and shares nothing that a strategy has.

        To be called while this one is on an errand, which it is then not to come back from.
        """
        other = Player(
            self._inbox,
            self._listener,
            self.now,
            self.experiment,
            rate=self._rate,
            stride=self._stride,
            hold_on_failure=self._hold,
            recording=self._recording,
            history=self._history,
            recent=self._recent,
            observer=self._observer,
        )
        other.epoch = self.epoch
        other._before_failure, other._attempt = self._before_failure, self._attempt
        return other

    def live(self) -> None:
        """Obeys until it is told to close, or was left behind."""
        try:
            self._announce()
            self._guarded(self._tell_observer_where_it_begins)
            while self.mode is not Mode.CLOSED:
                self._guarded(self.take_a_turn)
            self._close_caller()
        except LeftBehind:
            self._let_go_of_caller()

    def _guarded(self, what: Callable[[], None]) -> None:
        try:
            what()
        except Exception as error:  # a defect of ours must be seen, and must not take the board with it
            threading.excepthook(threading.ExceptHookArgs((*sys.exc_info(), threading.current_thread())))
            self._halt(f"The simulation met an error of its own and paused: {error!r}.")

    def take_a_turn(self) -> None:
        """Obeys what has come in, and makes a generation where one is due; waits where there is neither."""
        for command in self._next_commands():
            if self.mode is not Mode.CLOSED:
                self._guarded(partial(self._obey, command))  # one that fails must not take the others along
        if self.is_due:
            self._advance()

    def _next_commands(self) -> list[Command]:
        """All commands that have come in; waits for one while no generation is due."""
        with self._inbox.changed:
            while not self._inbox.commands and not self.is_due:
                self._inbox.changed.wait(max(self._due - monotonic(), 0) if self.mode is Mode.PLAYING else None)
            return self._inbox.take()

    @property
    def is_due(self) -> bool:
        """Whether a generation is to be made now."""
        if self.mode is Mode.PLAYING:
            return monotonic() >= self._due
        return self.mode is Mode.STEPPING

    def _obey(self, command: Command) -> None:
        match command:
            case commands.SetRate(rate):
                self._rate, self._due = rate, min(self._due, monotonic() + _interval(rate))
            case commands.SetStride(generations):
                self._stride = generations
            case commands.SetHold(hold):
                self._hold = hold
            case commands.SetRecording(record):
                self._recording = record
            case commands.Close():
                self.mode = Mode.CLOSED
            case commands.GoTo() | commands.Load() | commands.Configure():
                self.epoch += 1
                self._change(command)
                self._announce()
            case _:
                self._mode_before_halt = None
                self._pace.begin()
                self._move(command)
                self._announce()

    def _move(self, command: Command) -> None:
        """The commands that say whether generations are made."""
        match command:
            case commands.Play():
                self.mode, self._due = Mode.PLAYING, monotonic()
            case commands.Pause() | commands.Stop():
                self.mode = Mode.PAUSED
            case commands.Step(count):
                start = self._last_step if self.mode is Mode.STEPPING else self.now.generation
                self._step_until(start + count)
            case commands.Retry():
                self._go_back_and_retry()

    def _change(self, command: commands.GoTo | commands.Load | commands.Configure) -> None:
        """The commands that begin a new epoch."""
        match command:
            case commands.GoTo(moment, pause, resume):
                self._choose_mode(pause, resume)
                self._begin_at(moment)
                if self.mode is Mode.STEPPING:
                    self._step_until(self._last_step)
            case commands.Load(moment):
                for kept in (self._history, self._recent):
                    if kept is not None:
                        kept.clear()
                self._choose_mode(pause=True, resume=False)
                self._begin_at(moment)
            case commands.Configure(experiment):  # after which the failed generation can still be tried again
                self.experiment = experiment

    def _choose_mode(self, pause: bool, resume: bool) -> None:
        before_halt, self._mode_before_halt = self._mode_before_halt, None
        if pause:
            self.mode = Mode.PAUSED
        elif resume and before_halt:
            self.mode = before_halt
        elif self.mode is Mode.HELD:  # by a generation that is not the last one any more
            self.mode = Mode.PAUSED

    def _begin_at(self, moment: Moment) -> None:
        self._before_failure, self._attempt = None, 0
        self.now = moment
        self._visits.begin()
        self._tell_observer_where_it_begins()

    def _tell_observer_where_it_begins(self) -> None:
        if self._observer:
            self._observer.began(self.now)

    def _step_until(self, generation: int) -> None:
        self._last_step = generation
        self.mode = Mode.STEPPING if self.now.generation < generation else Mode.PAUSED

    def _go_back_and_retry(self) -> None:
        if self._before_failure and self.now is not self._before_failure:
            self._attempt = 1
            self.now = self._before_failure
            self._tell_observer_where_it_begins()
        self._step_until(self.now.generation + 1)

    def _advance(self) -> None:
        """Runs one generation, or a visit of many, unless a command has come in meanwhile."""
        try:
            caller = self._opened_caller()
            generations = self._generations_of_visit(caller)
            number = self.now.generation + generations
            trace = caller.trace(
                self.now.board, number, self.epoch, generations=generations, is_recorded=self._recording
            )
        except (LifeError, RuntimeError, MemoryError, OSError) as error:
            self._halt(f"No generation can be run: {error}.")
            return
        outcome = self._run(caller, trace)
        if outcome is None:
            return
        if not self._is_stale:
            self._conclude(outcome, trace)
        if caller.is_whole and outcome.board is not None:
            rest = monotonic() - self._began_visit - outcome.seconds
            target = seconds_of_visit(self.now.board, is_stepping=self.mode is Mode.STEPPING)
            is_proportional = outcome.engine != HASHLIFE
            self._visits.note(generations, outcome.seconds, rest, target, is_proportional=is_proportional)

    def _run(self, caller: Caller, trace: Trace) -> Outcome | None:
        """How it ended; None where a command has come in before it began."""
        errand = Errand(caller.experiment.strategy, self._others, trace=trace, is_long=trace.generations > 1)
        if not self._inbox.begin(errand):
            return None
        self._began_visit = monotonic()
        self._due = max(self._due, self._began_visit - _interval(self._rate)) + _interval(self._rate)
        try:
            self._listener.generation_started(trace)
            return caller.run(self.now.board, trace, errand.stop, self._attempt)
        finally:
            self._inbox.end(errand)

    @property
    def _is_stale(self) -> bool:
        """Whether an epoch has begun since the last command that was obeyed."""
        with self._inbox.changed:
            return self._inbox.epoch != self.epoch

    def _generations_of_visit(self, caller: Caller) -> int:
        if not caller.is_whole:
            return 1
        if self.mode is Mode.STEPPING:
            return min(self._visits.fits, self._last_step - self.now.generation)
        if self._rate is not None:
            return 1
        return self._stride if self._stride > 1 else self._visits.fits

    def _conclude(self, outcome: Outcome, trace: Trace) -> None:
        before, mode_before, message = self.now, self.mode, ""
        if self._history and not outcome.stopped:
            self._history.add(record_of(before.board, trace, self.experiment, outcome))
        if outcome.board is not None:
            message = self._move_on(outcome.board, trace.generation)
            pace = self._pace.note(self._began_visit, monotonic(), before.generation, trace.generation)
            self._listener.generation_finished(result_of(self.now, self.experiment, outcome, trace, pace))
        elif not outcome.stopped:
            self._attempt += 1
        if outcome.error:
            message = f"Generation {trace.generation:,} failed: {outcome.error}."
        held = bool(outcome.failures) and self._hold and not outcome.stopped
        if held:
            self.mode = Mode.HELD
        elif message or (self.mode is Mode.STEPPING and self.now.generation >= self._last_step):
            self.mode = Mode.PAUSED
        if outcome.failures:
            self._before_failure = before
            self._listener.failed(report_of(self.experiment, outcome, trace, held=held))
        if self.mode is not mode_before:
            self._mode_before_halt = mode_before
            self._announce(message)

    def _move_on(self, board: World, generation: int) -> str:
        """Returns why to pause here, or ""."""
        before = self.now
        self.now = Moment(generation, board, before.rule, before.topology)
        self._attempt = 0
        if self._recent is not None:
            self._recent.add(before, self.now)
        reason = self._observer.made(self.now) if self._observer else None
        return reason if reason and self.mode is Mode.PLAYING else ""

    def _opened_caller(self) -> Caller:
        """The caller for what is set now; another one is opened only where the old one would not do."""
        experiment, rule, topology = self.experiment, self.now.rule, self.now.topology
        if self._caller and self._caller.suits(experiment, rule, topology):
            self._caller.experiment = experiment
            return self._caller
        self._close_caller()
        self._others = WeakSet(threading.enumerate())
        with self._inbox.on(Errand(experiment.strategy, self._others)):
            self._caller = caller = Caller(experiment, rule, topology, self._engine).__enter__()
        return caller

    def _close_caller(self) -> None:
        caller = self._caller
        if caller:
            errand = Errand(caller.experiment.strategy, self._others)
            errand.tell_to_end()
            with self._inbox.on(errand):
                self._caller = None
                caller.__exit__(None, None, None)

    def _let_go_of_caller(self) -> None:
        """Closes it, where it is still open, for nobody's sake but the system's."""
        caller, self._caller = self._caller, None
        if caller:
            with suppress(Exception):  # there is nobody left to tell
                caller.__exit__(None, None, None)

    def _halt(self, message: str) -> None:
        if self.mode in (Mode.PLAYING, Mode.STEPPING):
            self._mode_before_halt = self.mode
        self.mode = Mode.PAUSED
        self._announce(message)

    def _announce(self, message: str = "") -> None:
        now, epoch = self.now, self.epoch
        state = State(epoch, now.generation, now.board, now.rule, now.topology, self.experiment, self.mode, message)
        self._listener.state_changed(state)


def _interval(rate: float | None) -> float:
    return 1 / rate if rate else 0.0
