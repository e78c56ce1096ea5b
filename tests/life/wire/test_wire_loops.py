import asyncio

from life.stop import StopSignal
from life.wire.loops import PerLoop


class Made:
    def __init__(self, stop: StopSignal) -> None:
        self.stop = stop
        self.loop = asyncio.get_running_loop()
        self.closed_in: list[bool] = []

    def close(self) -> None:
        self.closed_in.append(asyncio.get_running_loop() is self.loop)


def test_one_is_made_for_each_loop_and_signal() -> None:
    per_loop = PerLoop(Made, Made.close)
    stop, other_stop = StopSignal(), StopSignal()

    async def main() -> set[Made]:
        async def get(signal: StopSignal) -> Made:
            return per_loop.get(signal)

        return set(await asyncio.gather(get(stop), get(stop), get(other_stop)))

    made = [asyncio.run(main()) for _ in range(2)]
    assert [len(of_one_loop) for of_one_loop in made] == [2, 2]
    assert not made[0] & made[1]
    assert {one.stop for one in made[0]} == {stop, other_stop}


def test_it_is_closed_in_its_loop_and_forgotten_when_the_loop_ends() -> None:
    per_loop = PerLoop(Made, Made.close)

    async def at_once() -> Made:
        return per_loop.get(StopSignal())

    async def later() -> Made:
        made = per_loop.get(StopSignal())
        await asyncio.sleep(0)
        return made

    for main in (at_once, later):
        made = asyncio.run(main())
        assert made.closed_in == [True]
    assert per_loop._made == {}


def test_it_is_closed_when_the_loop_ends_with_an_error() -> None:
    per_loop = PerLoop(Made, Made.close)
    kept: list[Made] = []

    async def main() -> None:
        kept.append(per_loop.get(StopSignal()))
        raise ValueError

    try:
        asyncio.run(main())
    except ValueError:
        assert kept[0].closed_in == [True]
