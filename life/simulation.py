"""The simulation: one plain thread that owns the board. Commands come in through a queue, facts go out to a listener.

Whoever shows the board decides where it stands: an edit is made on what was seen, and the simulation goes on from
there, even where it is some generations ahead by then. Every such command, and every change of the experiment, begins
a new *epoch*: the generation under way is stopped, its result is dropped, and what was changed is never overwritten by
something that was computed before it.

What the thread does is in `life.player`; this is the door, which any thread may knock at. Where a strategy never comes
back, another thread takes the place of the one that is lost in it.
"""

from threading import Thread
from time import monotonic

from life import commands
from life.commands import Command
from life.engine.world_engine import WorldEngine
from life.errors import LifeError
from life.experiment import Experiment
from life.facts import Listener, Overdue
from life.history import History
from life.inbox import Inbox
from life.moment import Moment
from life.observer import Observer
from life.player import Player
from life.recent import Recent
from life.rule import CONWAY, Rule
from life.topology import TORUS, Topology
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

    Attributes:
        player: what the thread does now; to be read by others only where it is known to rest.
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
        self._inbox = Inbox()
        self.player = Player(
            self._inbox,
            listener,
            Moment(0, board, rule, topology),
            experiment or Experiment(),
            rate=rate,
            stride=stride,
            hold_on_failure=hold_on_failure,
            recording=recording,
            history=history,
            recent=recent,
            observer=observer,
            engine=engine,
        )
        self._thread = _thread_of(self.player)

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
        """Ends the thread, in the middle of a generation too; returns whether it has ended within `timeout` seconds.

        Threads that were left behind are not waited for.
        """
        self._send(commands.Close(), stops=True)
        if self._thread.ident is not None:
            self._thread.join(timeout)
        return not self._thread.is_alive()

    def ending_for(self) -> float | None:
        """For how many seconds something has been under way that was told to end; None where there is no such thing."""
        with self._inbox.changed:
            errand = self._inbox.errand
            return None if errand is None or errand.told_at is None else monotonic() - errand.told_at

    def overdue(self) -> Overdue | None:
        """What that is; None where nothing under way was told to end."""
        with self._inbox.changed:
            errand, now = self._inbox.errand, self.player.now
        if errand is None or errand.told_at is None:
            return None
        return Overdue(errand.strategy, now.generation, int(monotonic() - errand.told_at), errand.threads())

    def leave_behind(self) -> bool:
        """Goes on without what is under way, from the last good generation, paused, on a new thread.

        That obeys the commands which are still waiting. The old thread and those of its strategy stay until they come
        back by themselves; what they do then changes nothing, and nobody is told of it.

        Returns:
            False where nothing is under way, so that nothing has to be left.

        Raises:
            LifeError: the system gives no thread that could go on.
        """
        with self._inbox.changed:
            if self._inbox.errand is None:
                return False
            player = self.player.successor()
            thread = _thread_of(player)
            try:
                thread.start()
            except RuntimeError as error:
                raise LifeError(f"no thread could be started that goes on ({error}); wait until others end") from error
            errand = self._inbox.errand_to_leave()
            self.player, self._thread = player, thread
        if errand:
            errand.stop.set()
        return True

    def _send(
        self, command: Command, *, stops: bool = False, stops_long: bool = False, supersedes: bool = False
    ) -> int:
        return self._inbox.put(command, stops=stops, stops_long=stops_long, supersedes=supersedes)


def _thread_of(player: Player) -> Thread:
    return Thread(target=player.live, name="simulation", daemon=True)
