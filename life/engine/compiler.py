"""Machine code for the loops of `life.engine.loops`, made by numba in a thread of its own and kept on disk.

To import numba takes half a second and to compile a loop one or two more, so nobody waits for it who does not want to:
who asks for a loop that is not there yet gets None, and asks again later. Code from an earlier run is there in a
fraction of that. numba is an extra, and where it is missing, or fails, everything goes on without it.
"""

from collections.abc import Callable, Iterable
from functools import cache
from threading import Lock, Thread
from typing import Any, cast

from life.engine import loops
from life.engine.loops import Advance, AdvanceChanges, advance_by, advance_changes_by
from life.rule import Rule
from life.user_folders import cache_folder

LoopBy = Callable[[int, int], Any]  # a loop in plain Python for births and survivals as bits
Compile = Callable[[LoopBy, Rule], Any]

_IMPORTING = Lock()  # numba's modules import one another: two threads that import it at once find half of it

_WIDE = "avx512vbmi2"  # on processors with this, 512 bits at once cost no clock speed, which LLVM does not count on


class Compiler:
    """The loops of the rules that were asked for. Any thread may ask.

    Attributes:
        trouble: why there is and will be no loop, in one sentence; "" as long as nothing has gone wrong.
    """

    def __init__(self, compile_loop: Compile | None = None) -> None:
        """Uses `compile_loop` in the place of numba where there is one."""
        self.trouble = ""
        self._compile_loop = compile_loop or compiled_loop
        self._loops: dict[tuple[LoopBy, Rule], Any] = {}
        self._thread: Thread | None = None

    def loop(self, rule: Rule) -> Advance | None:
        """The loop for `rule`; None until it is compiled, which this call begins, one loop at a time."""
        return cast("Advance | None", self.find(advance_by, rule))

    def changes_loop(self, rule: Rule) -> AdvanceChanges | None:
        """The loop for `rule` that leaves out what does not change; None until it is compiled, as above."""
        return cast("AdvanceChanges | None", self.find(advance_changes_by, rule))

    def wait(self, rule: Rule) -> Advance | None:
        """The loop for `rule` as soon as it is compiled; None where it cannot be, and `trouble` says why."""
        while (found := self.loop(rule)) is None and not self.trouble:
            self.join()
        return found

    def join(self) -> None:
        """Waits until nothing is being compiled."""
        if self._thread is not None:
            self._thread.join()

    def find(self, loop_by: LoopBy, rule: Rule) -> Any:
        """Any loop for `rule`; None until it is compiled, as above."""
        found = self._loops.get((loop_by, rule))
        if found is None and not self.trouble and not (self._thread and self._thread.is_alive()):
            self._begin(loop_by, rule)
        return found

    def _begin(self, loop_by: LoopBy, rule: Rule) -> None:
        thread = Thread(target=self._compile, args=(loop_by, rule), name=f"compile {rule}")
        try:
            thread.start()
        except RuntimeError:  # the system has no more threads to give; perhaps it has when somebody asks again
            return
        self._thread = thread

    def _compile(self, loop_by: LoopBy, rule: Rule) -> None:
        try:
            self._loops[loop_by, rule] = self._compile_loop(loop_by, rule)
        except ImportError as error:
            self.trouble = f"Without numba the fast engine cannot be compiled ({error}); pip install numba."
        except Exception as error:  # numba's errors are of many kinds, and none of them is worth losing a board for
            self.trouble = f"numba could not compile {rule}, and NumPy does its work: {error}"


@cache  # a process never gets back what LLVM takes for a loop: 2.5 MB to compile it, 0.1 to load it
def compiled_loop(loop_by: LoopBy, rule: Rule) -> Any:
    """Compiles a loop for `rule`, or loads what an earlier run has compiled; takes from 0.1 to 3 seconds, once.

    Raises:
        ImportError: numba is not installed.
    """
    return machine_code(specialised(loop_by, rule), loops.PARTS, lambda types: _signature(types, loop_by))


def machine_code(loop: Any, parts: Iterable[Any], signature_in: Callable[[Any], Any], **options: Any) -> Any:
    """Compiles any loop, or loads what an earlier run has compiled.

    Args:
        loop: a function in plain Python, as numba knows it.
        parts: the functions that it calls, which become part of it.
        signature_in: the types of its arguments, out of the package `numba.types`.
        options: those of `numba.njit` that are to hold for the loop and its parts.

    Raises:
        ImportError: numba is not installed.
    """
    numba = numba_package()
    for part in parts:
        _make_known(part, **options)
    signature = signature_in(numba.types)
    try:
        return numba.njit(signature, nogil=True, cache=True, **options)(loop)
    except OSError:  # the folder cannot be written, or the disk is full
        return numba.njit(signature, nogil=True, **options)(loop)


@cache
def _make_known(part: Any, **options: Any) -> None:
    """Has numba put a function into those that call it, whose constants are constants in it only then."""
    extending = numba_package().extending
    extending.register_jitable(forceinline=True, **options)(part)


def specialised(loop_by: LoopBy, rule: Rule) -> Any:
    """A loop in plain Python for `rule`."""
    return loop_by(*(sum(1 << count for count in counts) for counts in (rule.births, rule.survivals)))


def _signature(types: Any, loop_by: LoopBy) -> Any:
    """The types of a loop's arguments, so that it is compiled before it is first called."""
    words, flags = types.Array(types.uint64, 1, "C"), types.Array(types.uint8, 1, "C")
    common = (words, *[types.int64] * 5, types.boolean, types.boolean, types.int64)
    if loop_by is advance_by:
        return types.void(*common)
    return types.UniTuple(types.int64, 2)(*common, flags, flags, types.int64)


def numba_package() -> Any:
    """The package, with `numba.extending`, for any thread.

    Raises:
        ImportError: it is not installed.
    """
    with _IMPORTING:
        return _numba()


@cache
def _numba() -> Any:
    """The package, imported and set up once a process.

    Its cache would lie beside the source, or where an environment variable says that has to be set before the import.
    The setting that the variable ends up in is looked at when a function is compiled, so that is what is set here.
    """
    import numba
    import numba.extending
    from llvmlite import binding

    if not numba.config.CACHE_DIR:
        numba.config.CACHE_DIR = str(cache_folder())
    features = binding.get_host_cpu_features()
    if numba.config.CPU_FEATURES is None and numba.config.ENABLE_AVX and features.get(_WIDE):
        numba.config.CPU_FEATURES = features.flatten() + ",-prefer-256-bit"
    return numba
