"""The same random commands, and what is around the board besides: races, files, copies for a crash, windows."""

import threading
from collections.abc import Callable
from pathlib import Path

from gui.document import Answer
from gui.files.left_over import OwnCopy, copies_folder
from gui.race.choices import Choices
from gui.window import MainWindow
from gui.workspaces import Workspace
from life.board import Board
from life.experiment import WireKind
from life.patterns.files import read_pattern
from life.patterns.pattern import from_world
from life.patterns.placing import place
from life.world import World
from tests.gui.fakes import FakeQuestions
from tests.gui.soaking import Soak, until, wait
from tests.life.child_processes import children

RACE = Choices(strategies=("coroutines", "serial"), sizes=(9,), wire=WireKind.WAIT, latency=0.001, repeat=1)
SIZES = ((1000, 700), (640, 480), (1400, 900), (800, 1000))


class SoakOfWindows(Soak):
    """Closes its window now and then, and goes on with another one on the same settings.

    Attributes:
        closed: how many windows have been closed.
    """

    def __init__(self, open_one: Callable[[], MainWindow], questions: FakeQuestions, seed: int, folder: Path) -> None:
        """`open_one` opens a window that runs; `questions` are those that it asks."""
        self._others = set(threading.enumerate())  # that live while there is no window
        self._open_one = open_one
        self._questions = questions
        self._folder = folder
        self.closed = 0
        super().__init__(open_one(), seed, folder)

    def _weighted(self) -> list[Callable[[], None]]:
        around = (
            self.race, self.leave_race, self.save, self.crash, self.restore, self.size_window, self.fill_screen,
            self.fast_plane,
        )  # fmt: skip
        return [*super()._weighted(), *around * 2, self.close]

    def race(self) -> None:
        """Starts a race, and cancels it, waits for it, or leaves it to itself."""
        self.window.workspaces.show(Workspace.RACE)
        page, runner = self.window.race.page, self.window.race.runner
        assert page is not None
        assert runner is not None
        if not runner.is_running:
            page.ask_for_guesses(RACE)
            page.skip()
        wait(self.random.choice((0, 30, 200)))
        if self.random.random() < 0.6:
            runner.cancel()
        if self.random.random() < 0.3:
            until(lambda: not runner.is_running)

    def leave_race(self) -> None:
        self.window.workspaces.show(self.random.choice((Workspace.PLAY, Workspace.WATCH)))

    def save(self) -> None:
        """What is shown at this moment is in the file then."""
        self._questions.path = self._folder / f"saved-{self.random.randrange(3)}.rle"
        self.window.document.save_as()
        self._is_in(self._questions.path, self.session.board)
        assert not self.window.document.is_edited, self._story()

    def crash(self) -> None:
        """If the program ended now, there would be a copy."""
        self.window.files.keep()
        if self.window.document.is_edited:
            self._is_in(self.window.files.autosave._copy.path, self.session.board)

    def restore(self) -> None:
        """What somebody left is restored, and is what is shown."""
        left = OwnCopy(copies_folder())
        world = self.session.board
        left.write(from_world(world, self.session.moment.rule, self.session.moment.topology), None)
        left._lock.unlock()
        self.session.undo()
        self.window.files.rescue.look(copies_folder())
        self.window.files.notice.chosen.emit(0)
        assert not left.path.exists(), self._story()
        self._is_same(self.session.board, world)
        self._anchor_here()

    def _is_in(self, path: Path, world: World) -> None:
        self._is_same(place(read_pattern(path)).board, world)

    def _is_same(self, one: World, other: World) -> None:
        """The same world; a plane's cells may have another place in a file that knows none."""
        if isinstance(other, Board):
            assert one == other, self._story()
        else:
            assert one.population == other.population, self._story()

    def size_window(self) -> None:
        self.window.resize(*self.random.choice(SIZES))

    def fill_screen(self) -> None:
        self.window.actions_by_id["full-screen"].trigger()

    def fast_plane(self) -> None:
        """A plane as fast as it goes."""
        self.change_edges()
        self._configure(strategy="whole-board")
        self.session.set_rate(None)
        self.session.play()
        self.session.accept_limit()

    def leave(self) -> None:
        """Whatever goes on, the window is gone with all that it had."""
        self._questions.answer = Answer.DISCARD
        self.window.close()
        assert not self.window.isVisible(), self._story()
        assert children() == [], self._story()
        self.window.deleteLater()
        wait(0)
        until(lambda: not self._left())
        assert list(copies_folder().glob("board-*")) == [], self._story()
        self.closed += 1

    def close(self) -> None:
        """The next window is as this one was."""
        self._stay_if_not_wanted()
        rate, tool, experiment = self.session.rate, self.window.view.tool, self.session.experiment
        self.leave()
        self.window = self._open_one()
        self.session = self.window.session
        self.session._bridge.cells_failed.connect(self._hear_failures)
        now = self.session.experiment
        remembered = [(e.strategy, e.workers, e.wire, e.latency, e.fault_rate) for e in (now, experiment)]
        assert remembered[0] == remembered[1], self._story()
        assert (self.session.rate, self.window.view.tool) == (rate, tool), self._story()
        assert self.session.board.is_empty, self._story()
        self._anchor_here()

    def _stay_if_not_wanted(self) -> None:
        """Who does not want to lose what was drawn goes on as before."""
        if self.window.document.is_edited and self.random.random() < 0.5:
            self._questions.answer = Answer.CANCEL
            board = self.session.board
            self.window.close()
            assert self.window.isVisible(), self._story()
            assert self.session.board == board, self._story()

    def _left(self) -> list[threading.Thread]:
        names = ("Dummy-", "Dask-Offload")
        return [t for t in threading.enumerate() if t not in self._others and not t.name.startswith(names)]
