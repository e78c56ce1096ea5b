"""The simulation: one plain thread that owns the board. Commands come in through a queue, facts go out to a listener.

Whoever shows the board decides where it stands: an edit is made on what was seen, and the simulation goes on from
there, even where it is some generations ahead by then. Every such command, and every change of the experiment, begins
a new *epoch*: the generation under way is stopped, its result is dropped, and what was changed is never overwritten by
something that was computed before it.
"""

import sys
import threading
from collections import deque
from collections.abc import Callable
from functools import partial
from threading import Condition, Thread
from time import monotonic

from life import commands
from life.caller import Caller, Outcome, record_of
from life.commands import Command
from life.engine.world_engine import WorldEngine
from life.errors import LifeError
from life.experiment import HASHLIFE, Experiment
from life.facts import Listener, Mode, State
from life.history import History
from life.moment import Moment
from life.observer import Observer
from life.recent import Recent
from life.reports import report_of, result_of
from life.rule import CONWAY, Rule
from life.stop import StopSignal
from life.topology import TORUS, Topology
from life.trace.columns import Trace
from life.visits import Pace, Visits, seconds_of_visit
from life.world import World


class Simulation:
    """Plays, pauses and steps generations, and keeps every edit. All methods may be called from any thread.

    Args:
        listener: hears the facts, on the simulation's thread.
        board, rule, topology: where generation 0 stands.
        experiment: how generations are run.
        rate: generations a second when playing; None is as fast as it goes.
        stride: generations a visit where there is no rate and the strategy takes many; 1 is as many as are quick.
        hold_on_failure: whether the simulation waits for `play`, `step` or `retry` once a cell has failed.
        recording: whether generations leave all their times behind; see `life.trace.columns.Trace`.
        history: is given a record of every generation before the listener hears of it.
        recent: is given every moment that it comes through.
        observer: is told of every moment, and may pause it.
        engine: takes worlds further as a whole, where a strategy wants that; one of its own where None.
    """

    def __init__(
        self,
        listener: Listener,
        board: World,
        rule: Rule = CONWAY,
        topology: Topology = TORUS,
        experiment: Experiment | None = None,
        *,
        rate: float | None = 5.0,
        stride: int = 1,
        hold_on_failure: bool = True,
        recording: bool = False,
        history: History | None = None,
        recent: Recent | None = None,
        observer: Observer | None = None,
        engine: WorldEngine | None = None,
    ) -> None:
        self._listener = listener
        self._now = Moment(0, board, rule, topology)
        self._before_failure: Moment | None = None
        self._experiment = experiment or Experiment()
        self._rate = rate
        self._stride = stride
        self._hold = hold_on_failure
        self._recording = recording
        self._history = history
        self._recent = recent
        self._observer = observer
        self._mode = Mode.PAUSED
        self._mode_before_halt: Mode | None = None  # where it paused by itself
        self._last_step = 0  # the generation with which STEPPING ends
        self._attempt = 0
        self._due = 0.0
        self._caller: Caller | None = None
        self._engine = engine or WorldEngine()  # outlives the callers: what it has compiled, and what it keeps
        self._visits = Visits()
        self._pace = Pace()
        self._began_visit = 0.0
        self._epoch_here = 0  # counts the commands that begin an epoch and have been obeyed

        # Shared with the threads that give commands, under this condition.
        self._changed = Condition()
        self._inbox: deque[Command] = deque()
        self._epoch = 0
        self._under_way = StopSignal()
        self._is_long = False  # whether many generations are under way, which nobody wants to wait for
        self._thread = Thread(target=self._live, name="simulation", daemon=True)

    def start(self) -> None:
        """Starts the thread, which first of all tells the listener where it stands."""
        self._thread.start()

    def play(self) -> None:
        """Runs one generation after another, at the rate that is set."""
        self._send(commands.Play())

    def pause(self) -> None:
        """Runs no further generation once the one under way is finished; of many, those under way are dropped."""
        self._send(commands.Pause(), stops_long=True)

    def step(self, count: int = 1) -> None:
        """Runs `count` generations, neither more nor less, as fast as it goes, then pauses."""
        self._send(commands.Step(count))

    def stop(self) -> None:
        """Ends the generation under way where it stands, and pauses; the board stays as it was before it."""
        self._send(commands.Stop(), stops=True)

    def go_to(self, moment: Moment, *, pause: bool = False, resume: bool = False) -> int:
        """Goes on from `moment`; returns the new epoch, facts of older ones are stale.

        Args:
            moment: what is shown now, and from which the next generation is made.
            pause: whether to pause there; otherwise it goes on as it went.
            resume: whether it goes on also where it has paused by itself in the meantime. Pass whether it was seen to
                run: what paused it was not seen then, and is undone with the generation in which it happened.
        """
        return self._send(commands.GoTo(moment, pause, resume), stops=True, supersedes=True)

    def load(self, board: World, rule: Rule, topology: Topology, generation: int = 0) -> int:
        """Begins anew with another pattern, which is of that generation, paused; returns the new epoch."""
        return self._send(commands.Load(Moment(generation, board, rule, topology)), stops=True, supersedes=True)

    def configure(self, experiment: Experiment) -> int:
        """Goes on with another experiment; returns the new epoch."""
        return self._send(commands.Configure(experiment), stops=True, supersedes=True)

    def set_rate(self, rate: float | None) -> None:
        """Plays at `rate` generations a second, or as fast as it goes."""
        self._send(commands.SetRate(rate), stops_long=True)

    def set_stride(self, generations: int) -> None:
        """Makes so many generations a visit where there is no rate and the strategy can; 1 is as many as are quick."""
        self._send(commands.SetStride(generations), stops_long=True)

    def set_hold_on_failure(self, hold: bool) -> None:
        """Says whether a failure holds the simulation."""
        self._send(commands.SetHold(hold))

    def set_recording(self, record: bool) -> None:
        """Says whether the generations from the next one on leave all their times behind."""
        self._send(commands.SetRecording(record))

    def retry(self) -> None:
        """Runs the generation that failed last once more, from the board before it."""
        self._send(commands.Retry())

    def close(self, timeout: float = 1.0) -> bool:
        """Ends the thread, in the middle of a generation too; returns whether it has ended within `timeout` seconds."""
        self._send(commands.Close(), stops=True)
        if self._thread.ident is not None:
            self._thread.join(timeout)
        return not self._thread.is_alive()

    def _send(
        self, command: Command, *, stops: bool = False, stops_long: bool = False, supersedes: bool = False
    ) -> int:
        with self._changed:
            self._epoch += supersedes
            epoch = self._epoch
            self._inbox.append(command)
            under_way = self._under_way
            stops |= stops_long and self._is_long
            self._changed.notify()
        if stops:
            under_way.set()
        return epoch

    # From here on everything runs on the simulation's thread.

    def _live(self) -> None:
        self._announce()
        self._guarded(self._tell_observer_where_it_begins)
        while self._mode is not Mode.CLOSED:
            self._guarded(self._take_a_turn)
        self._close_caller()

    def _guarded(self, what: Callable[[], None]) -> None:
        try:
            what()
        except Exception as error:  # a defect of ours must be seen, and must not take the board with it
            threading.excepthook(threading.ExceptHookArgs((*sys.exc_info(), threading.current_thread())))
            self._halt(f"The simulation met an error of its own and paused: {error!r}.")

    def _take_a_turn(self) -> None:
        for command in self._next_commands():
            if self._mode is not Mode.CLOSED:
                self._guarded(partial(self._obey, command))  # one that fails must not take the others along
        if self._is_due():
            self._advance()

    def _next_commands(self) -> list[Command]:
        """All commands that have come in; waits for one while no generation is due."""
        with self._changed:
            while not self._inbox and not self._is_due():
                self._changed.wait(max(self._due - monotonic(), 0) if self._mode is Mode.PLAYING else None)
            waiting = list(self._inbox)
            self._inbox.clear()
            return waiting

    def _is_due(self) -> bool:
        if self._mode is Mode.PLAYING:
            return monotonic() >= self._due
        return self._mode is Mode.STEPPING

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
                self._mode = Mode.CLOSED
            case commands.GoTo() | commands.Load() | commands.Configure():
                self._epoch_here += 1
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
                self._mode, self._due = Mode.PLAYING, monotonic()
            case commands.Pause() | commands.Stop():
                self._mode = Mode.PAUSED
            case commands.Step(count):
                start = self._last_step if self._mode is Mode.STEPPING else self._now.generation
                self._step_until(start + count)
            case commands.Retry():
                self._go_back_and_retry()

    def _change(self, command: commands.GoTo | commands.Load | commands.Configure) -> None:
        """The commands that begin a new epoch."""
        match command:
            case commands.GoTo(moment, pause, resume):
                self._choose_mode(pause, resume)
                self._begin_at(moment)
                if self._mode is Mode.STEPPING:
                    self._step_until(self._last_step)
            case commands.Load(moment):
                for kept in (self._history, self._recent):
                    if kept is not None:
                        kept.clear()
                self._choose_mode(pause=True, resume=False)
                self._begin_at(moment)
            case commands.Configure(experiment):  # after which the failed generation can still be tried again
                self._experiment = experiment

    def _choose_mode(self, pause: bool, resume: bool) -> None:
        before_halt, self._mode_before_halt = self._mode_before_halt, None
        if pause:
            self._mode = Mode.PAUSED
        elif resume and before_halt:
            self._mode = before_halt
        elif self._mode is Mode.HELD:  # by a generation that is not the last one any more
            self._mode = Mode.PAUSED

    def _begin_at(self, moment: Moment) -> None:
        self._before_failure, self._attempt = None, 0
        self._now = moment
        self._visits.begin()
        self._tell_observer_where_it_begins()

    def _tell_observer_where_it_begins(self) -> None:
        if self._observer:
            self._observer.began(self._now)

    def _step_until(self, generation: int) -> None:
        self._last_step = generation
        self._mode = Mode.STEPPING if self._now.generation < generation else Mode.PAUSED

    def _go_back_and_retry(self) -> None:
        if self._before_failure and self._now is not self._before_failure:
            self._attempt = 1
            self._now = self._before_failure
            self._tell_observer_where_it_begins()
        self._step_until(self._now.generation + 1)

    def _advance(self) -> None:
        """Runs one generation, or a visit of many, unless a command has come in meanwhile."""
        try:
            caller = self._opened_caller()
            generations = self._generations_of_visit(caller)
            number = self._now.generation + generations
            trace = caller.trace(
                self._now.board, number, self._epoch_here, generations=generations, is_recorded=self._recording
            )
        except (LifeError, RuntimeError, MemoryError, OSError) as error:
            self._halt(f"No generation can be run: {error}.")
            return
        with self._changed:
            if self._inbox:
                return
            stop, self._is_long = StopSignal(), generations > 1
            self._under_way = stop
        self._began_visit = monotonic()
        self._due = max(self._due, self._began_visit - _interval(self._rate)) + _interval(self._rate)
        self._listener.generation_started(trace)
        outcome = caller.run(self._now.board, trace, stop, self._attempt)
        with self._changed:
            is_stale = self._epoch != self._epoch_here
        if not is_stale:
            self._conclude(outcome, trace)
        if caller.is_whole and outcome.board is not None:
            rest = monotonic() - self._began_visit - outcome.seconds
            target = seconds_of_visit(self._now.board, is_stepping=self._mode is Mode.STEPPING)
            is_proportional = outcome.engine != HASHLIFE
            self._visits.note(generations, outcome.seconds, rest, target, is_proportional=is_proportional)

    def _generations_of_visit(self, caller: Caller) -> int:
        if not caller.is_whole:
            return 1
        if self._mode is Mode.STEPPING:
            return min(self._visits.fits, self._last_step - self._now.generation)
        if self._rate is not None:
            return 1
        return self._stride if self._stride > 1 else self._visits.fits

    def _conclude(self, outcome: Outcome, trace: Trace) -> None:
        before, mode_before, message = self._now, self._mode, ""
        if self._history and not outcome.stopped:
            self._history.add(record_of(before.board, trace, self._experiment, outcome))
        if outcome.board is not None:
            message = self._move_on(outcome.board, trace.generation)
            pace = self._pace.note(self._began_visit, monotonic(), before.generation, trace.generation)
            self._listener.generation_finished(result_of(self._now, self._experiment, outcome, trace, pace))
        elif not outcome.stopped:
            self._attempt += 1
        if outcome.error:
            message = f"Generation {trace.generation:,} failed: {outcome.error}."
        held = bool(outcome.failures) and self._hold and not outcome.stopped
        if held:
            self._mode = Mode.HELD
        elif message or (self._mode is Mode.STEPPING and self._now.generation >= self._last_step):
            self._mode = Mode.PAUSED
        if outcome.failures:
            self._before_failure = before
            self._listener.failed(report_of(self._experiment, outcome, trace, held=held))
        if self._mode is not mode_before:
            self._mode_before_halt = mode_before
            self._announce(message)

    def _move_on(self, board: World, generation: int) -> str:
        """Returns why to pause here, or ""."""
        before = self._now
        self._now = Moment(generation, board, before.rule, before.topology)
        self._attempt = 0
        if self._recent is not None:
            self._recent.add(before, self._now)
        reason = self._observer.made(self._now) if self._observer else None
        return reason if reason and self._mode is Mode.PLAYING else ""

    def _opened_caller(self) -> Caller:
        """The caller for what is set now; another one is opened only where the old one would not do."""
        experiment, rule, topology = self._experiment, self._now.rule, self._now.topology
        if self._caller and self._caller.suits(experiment, rule, topology):
            self._caller.experiment = experiment
            return self._caller
        self._close_caller()
        self._caller = Caller(experiment, rule, topology, self._engine).__enter__()
        return self._caller

    def _close_caller(self) -> None:
        caller, self._caller = self._caller, None
        if caller:
            caller.__exit__(None, None, None)

    def _halt(self, message: str) -> None:
        if self._mode in (Mode.PLAYING, Mode.STEPPING):
            self._mode_before_halt = self._mode
        self._mode = Mode.PAUSED
        self._announce(message)

    def _announce(self, message: str = "") -> None:
        now, epoch = self._now, self._epoch_here
        state = State(epoch, now.generation, now.board, now.rule, now.topology, self._experiment, self._mode, message)
        self._listener.state_changed(state)


def _interval(rate: float | None) -> float:
    return 1 / rate if rate else 0.0
