"""The functions that work on a store: as machine code where numba has compiled them, and else as they are written.

To compile them takes some ten seconds the first time and half a second later on, from the cache on disk. That is done
in a thread of its own, and until it is done the plain functions do the work, a hundred times as slowly.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from hashlib import blake2s
from inspect import getsource
from threading import Thread
from types import FunctionType
from typing import Any

import numpy as np

from life.engine.compiler import machine_code, numba_package
from life.engine.loops import choose, full_add
from life.hashlife import advancing, blocks, collecting, interning, layout, planting, reading

Call = Callable[..., Any]

_PARTS: tuple[Call, ...] = (
    full_add, choose, blocks.fate_by, blocks.next_by, blocks.advance_block_words,
    interning.place_of, interning.node_of, interning.leaf_of,
    advancing.known_middle, advancing.remember, advancing.block_middle, advancing.spread, advancing.join,
    advancing.squares_between, advancing.leaves_between,
    collecting.move, collecting.where_to, collecting.enter_nodes, collecting.enter_leaves,
    planting.united, reading.leaf_count, reading.push_quarters, reading.draw_leaf, reading.write_tile,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Machine:
    """Each function under its name; `is_compiled` says which of the two kinds they are."""

    is_compiled: bool
    advance: Call
    collect: Call
    enter_nodes: Call
    enter_leaves: Call
    plant: Call
    enter: Call
    unite: Call
    count: Call
    draw: Call
    cut: Call
    list_tiles: Call


_FUNCTIONS: tuple[
    tuple[Call, str], ...
] = (  # with the types of their arguments; "I" is a whole number, "R" is only read
    (advancing.advance, "iilHil" + "iL" + "IIII"),
    (collecting.collect, "il" + "iilil" + "iii" + "III"),
    (collecting.enter_nodes, "iiI"),
    (collecting.enter_leaves, "liI"),
    (planting.plant, "iiHlil" + "RllI"),
    (planting.enter, "lHil" + "RlI"),
    (planting.unite, "iil" + "llI"),
    (reading.count, "iHdlI"),
    (reading.draw, "iHdl" + "f" + "III" + "IIII"),
    (reading.cut, "iHl" + "H" + "III" + "IIII"),
    (reading.list_tiles, "iHl" + "lHI" + "II" + "IIII"),
)


def plain_machine() -> Machine:
    """The functions as they are written; right, and slow."""
    return Machine(False, *(_plain(function) for function, _ in _FUNCTIONS))


@cache
def compiled_machine() -> Machine:
    """The functions as machine code.

    Raises:
        ImportError: numba is not installed.
    """
    _have_blocks_computed_in_words()
    return Machine(True, *(_compiled(function, letters) for function, letters in _FUNCTIONS))


def _plain(function: Call) -> Call:
    """On memory views, which give and take Python's numbers and are faster to index than arrays."""

    def call(*arguments: Any) -> Any:
        return function(*(a.data if isinstance(a, np.ndarray) else a for a in arguments))

    return call


def _compiled(function: Call, letters: str) -> Call:
    """Compiles a function under a name that says which edition of the sources it is from.

    numba's cache looks at the file of the function alone to see whether it is still valid, and here a function is made
    of several files.
    """
    name = f"{function.__name__}_{_edition()}"
    assert isinstance(function, FunctionType)
    copy = FunctionType(function.__code__, function.__globals__, name)
    copy.__qualname__ = name
    compiled: Call = machine_code(
        copy,
        _PARTS,
        lambda types: tuple(_type(types, letter) for letter in letters),
        _nrt=False,  # it makes no arrays
    )
    return compiled


def _type(types: Any, letter: str) -> Any:
    if letter == "I":
        return types.int64
    item = {
        "i": types.int32, "l": types.int64, "L": types.uint64, "H": types.uint16, "R": types.uint16,
        "d": types.float64, "f": types.float32,
    }[letter]  # fmt: skip
    return types.Array(item, 1, "C", readonly=letter == "R")


@cache
def _edition() -> str:
    sources = (*(getsource(part) for part in _PARTS), getsource(layout))
    return blake2s("".join(sources).encode(), digest_size=6).hexdigest()


def _have_blocks_computed_in_words() -> None:
    numba_package().extending.overload(blocks.advance_block, strict=False)(_in_words)


def _in_words(_0: Any, _1: Any, _2: Any, _3: Any, _4: Any, _5: Any, _6: Any, _7: Any, _8: Any, _9: Any) -> Call:
    """What numba is to compile in the place of `advance_block`, whatever the types of its arguments."""
    return blocks.advance_block_words


class Machinery:
    """Compiles the machine once; any thread may ask for it.

    Attributes:
        trouble: why there is and will be no machine code, in one sentence; else "".
    """

    def __init__(self, compile_machine: Callable[[], Machine] = compiled_machine) -> None:
        """Gets machine code from `compile_machine`."""
        self.trouble = ""
        self._compile_machine = compile_machine
        self._machine = plain_machine()
        self._thread: Thread | None = None

    @property
    def at_hand(self) -> Machine:
        """The fastest that there is by now; for what is not worth a compilation."""
        return self._machine

    @property
    def machine(self) -> Machine:
        """The fastest that there is by now; to ask for it begins the compilation."""
        if not self._machine.is_compiled and self._thread is None and not self.trouble:
            thread = Thread(target=self._compile, name="compile HashLife")
            try:
                thread.start()
            except RuntimeError:  # the system has no more threads to give; perhaps it has when somebody asks again
                return self._machine
            self._thread = thread
        return self._machine

    def wait(self) -> Machine:
        """The machine once it is compiled, or the plain one where it cannot be, and `trouble` says why."""
        machine = self.machine
        if self._thread is not None:
            self._thread.join()
            machine = self._machine
        return machine

    def _compile(self) -> None:
        try:
            self._machine = self._compile_machine()
        except ImportError as error:
            self.trouble = f"Without numba HashLife cannot be compiled ({error}); pip install numba."
        except Exception as error:  # numba's errors are of many kinds, and none of them is worth losing a plane for
            self.trouble = f"numba could not compile HashLife, which is slow without it: {error}"


@cache
def shared_machinery() -> Machinery:
    """The one that everybody uses, so that the machine is compiled once a process."""
    return Machinery()
