"""Every fault over every wire and in every way of asking; the service is a real child process."""

import asyncio
import gc
from collections.abc import Callable, Iterator
from functools import partial

import pytest

from life.errors import NonsenseError, Stopped
from life.experiment import Experiment, Fault, WireKind
from life.rule import CONWAY, Rule
from life.states import ALIVE, EMPTY
from life.stop import StopSignal
from life.wire import open_wire
from life.wire.base import BandQuestion, Question, Wire

Ask = Callable[[Wire, Fault | None, StopSignal], object]

WAIT = 0.01
LIMIT_OF_HANGING = 0.15
LIMIT = 30.0


def ask_in_thread(wire: Wire, fault: Fault | None, stop: StopSignal) -> object:
    return wire.ask(Question(4, 5, EMPTY, 3, WAIT, fault), stop)


def ask_in_coroutine(wire: Wire, fault: Fault | None, stop: StopSignal) -> object:
    async def cell() -> str:
        return await wire.ask_async(Question(4, 5, EMPTY, 3, WAIT, fault), stop)

    return asyncio.run(cell())


def ask_for_band(wire: Wire, fault: Fault | None, stop: StopSignal) -> object:
    return wire.ask_band(BandQuestion(bytes(range(18)), WAIT, fault), stop)


ways = pytest.mark.parametrize("ask", [ask_in_thread, ask_in_coroutine, ask_for_band])


@pytest.fixture(scope="module", params=WireKind)
def kind(request: pytest.FixtureRequest) -> WireKind:
    assert isinstance(request.param, WireKind)
    return request.param


@pytest.fixture(scope="module")
def wire(kind: WireKind) -> Iterator[Wire]:
    with open_wire(Experiment(wire=kind, time_limit=LIMIT), CONWAY) as opened:
        yield opened


@pytest.fixture(scope="module")
def hasty_wire(kind: WireKind) -> Iterator[Wire]:
    with open_wire(Experiment(wire=kind, time_limit=LIMIT_OF_HANGING), CONWAY) as opened:
        yield opened


@ways
def test_without_a_fault_the_rule_answers(wire: Wire, ask: Ask) -> None:
    alive_next = bytes([0, 0, 0, 1, 0, 0, 0, 0, 0]) + bytes([0, 0, 1, 1, 0, 0, 0, 0, 0])
    assert ask(wire, None, StopSignal()) == (alive_next if ask is ask_for_band else ALIVE)


@ways
@pytest.mark.parametrize(
    ("fault", "raised", "message"),
    [
        (Fault.ERROR, OSError, "Problem with I/O"),
        (Fault.EXIT, SystemExit, "the cell asked Python to exit"),
        (Fault.CUT, ConnectionResetError, "the service cut the connection before it answered"),
        (Fault.NONSENSE, NonsenseError, "the service answered 'perhaps', which is not the state of a cell"),
    ],
)
def test_a_fault_looks_the_same_over_every_wire(
    wire: Wire, ask: Ask, fault: Fault, raised: type[BaseException], message: str
) -> None:
    with pytest.raises(raised) as caught:
        ask(wire, fault, StopSignal())
    assert type(caught.value) is raised
    assert str(caught.value) == message
    assert caught.value.__cause__ is None
    assert ask(wire, None, StopSignal()) in (ALIVE, CONWAY.table[:18])


@ways
def test_a_cell_that_hangs_gives_up_at_the_time_limit(kind: WireKind, hasty_wire: Wire, ask: Ask) -> None:
    waited = LIMIT_OF_HANGING if kind is WireKind.NONE else LIMIT_OF_HANGING + WAIT
    with pytest.raises(TimeoutError) as caught:
        ask(hasty_wire, Fault.HANG, StopSignal())
    assert str(caught.value) == f"no answer from the service within {waited:g} seconds"


@ways
@pytest.mark.parametrize("fault", [None, *Fault])
def test_once_stopped_nothing_is_asked_any_more(wire: Wire, ask: Ask, fault: Fault | None) -> None:
    stop = StopSignal()
    stop.set()
    with pytest.raises(Stopped):
        ask(wire, fault, stop)


@pytest.mark.parametrize("fault", [Fault.ERROR, Fault.CUT, Fault.NONSENSE])
def test_a_fault_in_one_coroutine_leaves_the_others_alone(wire: Wire, fault: Fault) -> None:
    async def cells() -> list[str | BaseException]:
        stop = StopSignal()
        faults = [fault if n == 17 else None for n in range(100)]
        questions = [Question(0, n, ALIVE, n % 9, WAIT, faults[n]) for n in range(100)]
        return await asyncio.gather(*(wire.ask_async(q, stop) for q in questions), return_exceptions=True)

    answers = asyncio.run(cells())
    assert isinstance(answers.pop(17), Exception)
    expected = [CONWAY.next_state(ALIVE, n % 9) for n in range(100) if n != 17]
    assert answers == expected


def test_a_task_group_that_fails_leaves_nothing_to_complain_about(wire: Wire) -> None:
    stop = StopSignal()

    async def cell(n: int) -> None:
        fault = Fault.CUT if n % 10 == 0 else None
        await wire.ask_async(Question(0, n, ALIVE, 3, 20.0 if fault is None else 0.0, fault), stop)

    async def cells(complaints: list[object]) -> None:
        asyncio.get_running_loop().set_exception_handler(lambda _, context: complaints.append(context))
        async with asyncio.TaskGroup() as group:
            for n in range(50):
                group.create_task(cell(n))

    complaints: list[object] = []
    with pytest.raises(ExceptionGroup) as caught:
        asyncio.run(cells(complaints))
    gc.collect()  # which is when asyncio finds exceptions that nobody retrieved
    assert {type(error) for error in caught.value.exceptions} == {ConnectionResetError}
    assert complaints == []


def test_the_rule_of_the_wire_decides(kind: WireKind) -> None:
    seeds = Rule(births=frozenset({2}), survivals=frozenset())
    with open_wire(Experiment(wire=kind), seeds) as wire:
        asks = [partial(wire.ask, Question(0, 0, state, 2, 0.0, None)) for state in (ALIVE, EMPTY)]
        assert [ask(StopSignal()) for ask in asks] == [EMPTY, ALIVE]
        assert wire.ask_band(BandQuestion(bytes([2, 11]), 0.0, None), StopSignal()) == b"\1\0"
