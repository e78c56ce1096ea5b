"""Boards in, boards out, by the fastest kernel that is ready."""

from life.board import Board
from life.engine.compiler import Compiler
from life.engine.field import Field
from life.engine.fused import FusedKernel
from life.engine.kernel import Kernel
from life.engine.packed import PackedKernel
from life.rule import Rule
from life.stop import StopSignal
from life.topology import Topology

_CELLS_A_TURN = 1 << 27  # cells after which somebody who waits for the compiler looks again whether it is done


class Engine:
    """Takes whole boards further: in compiled code once there is some, in NumPy until then.

    It keeps its work buffers, so that one thread at a time may use it; and what it gave last, so that to go on from
    there costs no copy.
    """

    def __init__(self, compiler: Compiler | None = None) -> None:
        self._compiler = compiler or Compiler()
        self._packed = PackedKernel()
        self._fused = FusedKernel(self._compiler)
        self._field = Field(1, 1)
        self._last: Board | None = None

    @property
    def trouble(self) -> str:
        """Why there is no compiled code and will be none, in one sentence; else ""."""
        return self._compiler.trouble

    def kernel_for(self, rule: Rule) -> Kernel:
        """The kernel that would do the work now; has the compiler begin where it has not seen the rule."""
        return self._packed if self._compiler.loop(rule) is None else self._fused

    def step(
        self, board: Board, rule: Rule, topology: Topology, generations: int = 1, stop: StopSignal | None = None
    ) -> Board:
        """The board that is `generations` further, which may be 0.

        Raises:
            Stopped: `stop` was set; what was computed is dropped.
        """
        if generations == 0:
            return board
        self._load(board)
        while generations:
            kernel = self.kernel_for(rule)
            turn = generations if kernel is self._fused else min(generations, self._turn(board))
            kernel.advance(self._field, rule, topology, turn, stop)
            generations -= turn
        self._last = self._field.board()
        return self._last

    def _load(self, board: Board) -> None:
        last, self._last = self._last, None
        if board is last:
            return
        if (self._field.height, self._field.width) != (board.height, board.width):
            self._field = Field(board.height, board.width)
        self._field.load(board)

    @staticmethod
    def _turn(board: Board) -> int:
        return max(_CELLS_A_TURN // (board.height * board.width), 1)
